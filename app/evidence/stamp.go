package evidence

import (
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"time"

	"laoqi/app/pki/cms"
)

// A fileStamp is a timestamp over the PDF as it was then, with what openssl needs to
// check it.
type fileStamp struct {
	name   string // of its file
	token  []byte // RFC 3161
	covers [4]int // of the PDF
	tsa    *x509.Certificate
	by     root // who vouches for tsa
	at     time.Time
}

// over returns the timestamps over the PDF, in the order in which they were made.
func (c *collection) over() (list []fileStamp, err error) {
	for i, one := range c.report.Stamps {
		var outer asn1.RawValue
		if _, err := asn1.Unmarshal(one.Token, &outer); err != nil {
			return nil, err
		}
		stamp, err := cms.VerifyTokenOf(outer.FullBytes, func(h crypto.Hash) []byte {
			w := h.New()
			w.Write(c.file[:one.Covers[1]])
			w.Write(c.file[one.Covers[2]:][:one.Covers[3]])
			return w.Sum(nil)
		})
		if err != nil {
			return nil, err
		}
		by, err := c.trust.of(stamp)
		if err != nil {
			return nil, err
		}
		list = append(list, fileStamp{"file-stamp-" + itoa(int64(i+1)), outer.FullBytes, one.Covers, stamp.Authority(), by, stamp.Time})
	}
	return list, nil
}
