package pades

import "laoqi/app/pdf/pades/syntax"

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
	dss := syntax.Dict{"Type": syntax.Name("DSS")}
	for key, all := range map[syntax.Name][][]byte{"Certs": d.Certs, "CRLs": d.CRLs, "OCSPs": d.OCSPs} {
		if len(all) > 0 {
			dss[key] = addStreams(u, all)
		}
	}
	u.Put(root, catalog.With("DSS", u.Add(dss)))
	return u.Finish(), nil
}

func addStreams(u *syntax.Update, all [][]byte) syntax.Array {
	refs := syntax.Array{}
	for _, der := range all {
		refs = append(refs, u.Add(&syntax.Stream{Raw: der}))
	}
	return refs
}
