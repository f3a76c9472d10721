package pades_test

import (
	"crypto/ecdsa"
	"crypto/x509"
	"fmt"
	"testing"
	"time"

	"laoqi/app/pdf/pades"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
)

// A contract is a PDF as the product generates them: signature fields worker and seal, a button seam.N on each page.
type contract struct {
	pages int
}

// objects are numbered: 1 catalog, 2 pages, 3 form, 4 Info, 5 font, 6 nothing, 7 worker, 8 seal, 9 parent of the
// seams; then page, content and seam of each page.
func (c contract) objects() []string {
	kids, seams := "", ""
	for i := range c.pages {
		kids += fmt.Sprintf("%d 0 R ", 10+3*i)
		seams += fmt.Sprintf("%d 0 R ", 12+3*i)
	}
	last := 10 + 3*(c.pages-1)
	all := []string{
		"<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>",
		fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", c.pages, kids),
		"<</Fields[7 0 R 8 0 R 9 0 R]/SigFlags 3>>",
		"<</Title(contract)>>",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"null",
		fmt.Sprintf("<</Type/Annot/Subtype/Widget/FT/Sig/T(worker)/F 4/Rect[330 400 460 470]/P %d 0 R>>", last),
		fmt.Sprintf("<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/F 4/Rect[130.00 390.50 243.00 503.50]/P %d 0 R>>", last),
		fmt.Sprintf("<</T(seam)/FT/Btn/Ff 65537/Kids[%s]>>", seams),
	}
	for i := range c.pages {
		extra := ""
		if 10+3*i == last {
			extra = "7 0 R 8 0 R "
		}
		all = append(all,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[%s%d 0 R]>>", 11+3*i, extra, 12+3*i),
			stream("", fmt.Sprintf("BT /F 24 Tf 80 700 Td (Labour contract, page %d) Tj ET", i+1)),
			fmt.Sprintf("<</Type/Annot/Subtype/Widget/Parent 9 0 R/T(%d)/F 4/MK<<>>/Rect[567 360 595 473]/P %d 0 R>>", i+1, 10+3*i))
	}
	return all
}

func stream(dict, body string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(body), body)
}

func (c contract) build() []byte { return assemble(c.objects(), "/Info 4 0 R") }

// An office has an authority, a worker and an enterprise with a seal.
type office struct {
	authority    *pki.Authority
	worker, seal cms.Signer
	now          time.Time
}

func newOffice(t testing.TB) *office {
	t.Helper()
	now := time.Now().Truncate(time.Second)
	a, err := pki.New("示例人力资源服务中心", now)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{authority: a, now: now}
	terms := pki.Terms{Now: now, Until: now.AddDate(1, 0, 0)}
	o.worker.Key, o.seal.Key = newKey(t), newKey(t)
	worker, err := a.IssuePerson(pki.Person{Name: "张䶮", Reference: "p-1"}, o.worker.Key.Public(), terms)
	if err != nil {
		t.Fatal(err)
	}
	seal, err := a.IssueSeal(pki.Seal{Enterprise: "杭州云栖智造科技有限公司", USCC: "91330106MA2CFLDG4T", Name: "合同专用章"}, o.seal.Key.Public(), terms)
	if err != nil {
		t.Fatal(err)
	}
	o.worker.Chain, o.seal.Chain = a.Chain(worker), a.Chain(seal)
	return o
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := pki.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (o *office) trust() pades.Trust { return pades.Trust{Self: o.authority.Roots()} }

var (
	pen  = pades.NewDrawing([]byte("0.05 0.05 0.35 RG 1.6 w 1 J 1 j 10 30 m 20 60 30 10 45 40 c 55 60 60 15 75 35 c S"))
	ring = pades.NewDrawing([]byte("0.8 0 0 RG 3 w 5 56 m 5 110 108 110 108 56 c 108 2 5 2 5 56 c S 0.8 0 0 rg 40 40 33 33 re f"))
)

func (o *office) workerRequest() pades.Request {
	return pades.Request{
		Field: "worker", Signer: o.worker.Key, Chain: o.worker.Chain, TSA: o.authority.TSA(func() time.Time { return o.now }),
		Name: "张䶮", Reason: "乙方签署劳动合同", Location: "杭州", Time: o.now,
		Appearance: &pades.Appearance{Drawing: pen, W: 130, H: 70},
	}
}

// sealRequest draws the seal and one slice of it on each of four pages.
func (o *office) sealRequest() pades.Request {
	r := pades.Request{
		Field: "seal", Signer: o.seal.Key, Chain: o.seal.Chain, TSA: o.authority.TSA(func() time.Time { return o.now }),
		Name: "杭州云栖智造科技有限公司", Reason: "甲方盖章", Time: o.now,
		Appearance: &pades.Appearance{Drawing: ring, W: 113, H: 113}, Fill: map[string]pades.Appearance{},
	}
	for i := range 4 {
		r.Fill[fmt.Sprintf("seam.%d", i+1)] = pades.Appearance{Drawing: ring, X: float64(i) * 113 / 4, W: 113.0 / 4, H: 113}
	}
	return r
}

func sign(t testing.TB, pdf []byte, requests ...pades.Request) []byte {
	t.Helper()
	for _, r := range requests {
		var err error
		if pdf, err = pades.Sign(pdf, r); err != nil {
			t.Fatal(err)
		}
	}
	return pdf
}

// concluded returns a contract signed by the worker and sealed.
func (o *office) concluded(t testing.TB) []byte {
	return sign(t, contract{pages: 4}.build(), o.workerRequest(), o.sealRequest())
}

// withDSS adds the certificates and a revocation list with these entries, made at the given time.
func (o *office) withDSS(t testing.TB, pdf []byte, at time.Time, revoked ...pki.Revoked) []byte {
	t.Helper()
	crl, err := o.authority.CRL(revoked, 1, at, at.AddDate(0, 0, 7))
	if err != nil {
		t.Fatal(err)
	}
	out, err := pades.AddDSS(pdf, pades.DSS{Certs: [][]byte{o.authority.Root().Raw, o.authority.Issuing().Raw}, CRLs: [][]byte{crl}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// answers say of each certificate that it was not revoked.
func (o *office) answers(t testing.TB, certs ...*x509.Certificate) (all [][]byte) {
	t.Helper()
	for _, c := range certs {
		der, err := o.authority.Answer(pki.Status{Serial: c.SerialNumber, Now: o.now})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, der)
	}
	return all
}
