package evidence

import (
	"crypto/x509"

	"laoqi/app/pdf/pades"
	"laoqi/app/pki/cms"
)

// trusted names the roots of the timestamps in one package.
type trusted struct {
	pades.Trust
	own     root
	outside []root // in use, of authorities outside
}

// of returns who vouches for a timestamp.
func (t *trusted) of(stamp *cms.Stamp) (root, error) {
	if stamp.VouchedBy(t.Self) == nil {
		return t.own, nil
	}
	cert, err := stamp.Root(t.Stamping)
	if err != nil {
		return root{}, err
	}
	return t.add(cert), nil
}

func (t *trusted) add(cert *x509.Certificate) root {
	for _, known := range t.outside {
		if known.cert.Equal(cert) {
			return known
		}
	}
	t.outside = append(t.outside, root{"tsa-root-" + itoa(int64(len(t.outside)+1)) + ".pem", cert})
	return t.outside[len(t.outside)-1]
}
