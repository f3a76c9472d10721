package pades

import (
	"bytes"
	"slices"

	"laoqi/app/pdf/pades/syntax"
)

// A DSS is the data that a later check needs, all in DER: certificates, revocation lists and answers about single
// certificates (OCSP, RFC 6960).
type DSS struct {
	Certs, CRLs, OCSPs [][]byte
}

// AddDSS appends data for checking (PAdES B-LT; ETSI EN 319 142-1, 5.4). Signatures stay valid, but the last one no
// longer covers the end of the file.
func AddDSS(pdf []byte, d DSS) ([]byte, error) {
	f, err := syntax.Open(pdf)
	if err != nil {
		return nil, err
	}
	root, catalog, err := f.Root()
	if err != nil {
		return nil, err
	}
	u := syntax.NewUpdate(f, 8<<10)
	added, err := d.add(f, u, catalog)
	if err != nil {
		return nil, err
	}
	u.Put(root, catalog.With("DSS", added))
	return u.Finish(), nil
}

// add writes what the file holds already and, where it is new, what d holds.
func (d DSS) add(f *syntax.File, u *syntax.Update, catalog syntax.Dict) (syntax.Ref, error) {
	dss, err := f.Dict(catalog["DSS"])
	if err != nil {
		return syntax.Ref{}, err
	}
	dss = dss.With("Type", syntax.Name("DSS"))
	for key, all := range map[syntax.Name][][]byte{"Certs": d.Certs, "CRLs": d.CRLs, "OCSPs": d.OCSPs} {
		refs, err := f.Array(dss[key])
		if err != nil {
			return syntax.Ref{}, err
		}
		refs = slices.Clone(refs)
		known := readStreams(f, dss[key])
		for _, der := range all {
			if !slices.ContainsFunc(known, func(old []byte) bool { return bytes.Equal(old, der) }) {
				refs = append(refs, u.Add(&syntax.Stream{Raw: der}))
			}
		}
		if len(refs) > 0 {
			dss[key] = refs
		}
	}
	return u.Add(dss), nil
}
