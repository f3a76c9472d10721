package pades

import "laoqi/app/pdf/pades/syntax"

// AddDSS appends the DER certificates and revocation lists that a later check needs (PAdES B-LT; ETSI EN 319 142-1, 5.4).
// Signatures stay valid, but the last one no longer covers the end of the file.
func AddDSS(pdf []byte, certs, crls [][]byte) ([]byte, error) {
	f, err := syntax.Open(pdf)
	if err != nil {
		return nil, err
	}
	root, catalog, err := f.Root()
	if err != nil {
		return nil, err
	}
	u := syntax.NewUpdate(f, 8<<10)
	dss := u.Add(syntax.Dict{"Type": syntax.Name("DSS"), "Certs": addStreams(u, certs), "CRLs": addStreams(u, crls)})
	u.Put(root, catalog.With("DSS", dss))
	return u.Finish(), nil
}

func addStreams(u *syntax.Update, all [][]byte) syntax.Array {
	refs := syntax.Array{}
	for _, der := range all {
		refs = append(refs, u.Add(&syntax.Stream{Raw: der}))
	}
	return refs
}
