package cert_test

import (
	"crypto/sha256"
	"testing"
	"time"

	"laoqi/app/apptest"
	"laoqi/app/pki/cms"
)

func TestTheTimeStampAuthorityIsMadeAnewInItsLastYearAndTheOldOneStaysProven(t *testing.T) {
	folder, data := t.TempDir(), []byte("合同")
	digest := sha256.Sum256(data)
	var token []byte
	until := func(t *testing.T, w *apptest.World) time.Time {
		end, err := w.Cert.StampsUntil(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return end
	}
	for _, c := range []struct {
		name string
		at   time.Time
		ends int
	}{
		{"first start", apptest.Start, 5},
		{"long before its end", apptest.Start.AddDate(3, 11, 0), 5},
		{"in its last year", apptest.Start.AddDate(4, 1, 0), 9},
		{"after that", apptest.Start.AddDate(4, 2, 0), 9},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := apptest.OpenAt(t, folder, c.at)
			if end := until(t, w); end.Year() != apptest.Start.Year()+c.ends {
				t.Errorf("it ends at %v", end)
			}
			if token == nil {
				var err error
				if token, err = w.Cert.TSA()(digest[:]); err != nil {
					t.Fatal(err)
				}
			}
			stamp, err := cms.VerifyToken(token, data)
			if err != nil || stamp.VouchedBy(w.Cert.Roots()) != nil {
				t.Errorf("the token of the first start: %v", err)
			}
		})
	}
}
