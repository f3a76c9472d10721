package pades_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest/tool"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/pdf/pades/syntax"
	"laoqi/app/pdf/read"
	"laoqi/app/pdf/stamp"
)

// realPages is how many pages the real contract has.
const realPages = 4

// realContract is a contract as the product makes it, unsigned.
func realContract(t testing.TB) []byte { return realDocument(t, app.FilingNew) }

// realDocument is the contract of a new filing, or the sheet of a renewal.
func realDocument(t testing.TB, kind app.FilingKind) []byte {
	t.Helper()
	day := func(y int, m time.Month, d int) app.Date { return app.Date{Year: y, Month: m, Day: d} }
	data, err := pdf.Contract(pdf.ContractDoc{
		Record:     pdf.Record{Number: "HT-2026-000042", CheckURL: "https://hr.example.cn/check/7F3K", CheckCode: "7F3K", MadeOn: day(2026, 11, 23), Demo: true},
		Enterprise: pdf.Enterprise{Name: "杭州云栖智造科技有限公司", USCC: "91330106MA2CFLDG4T", Address: "浙江省杭州市西湖区飞天路8号", LegalRep: "欧阳建国", Phone: "0571-87654321"},
		Worker:     app.Worker{Name: "张𠮷𬎆", IDType: app.IDResident, IDNumber: "330106199203154417", Mobile: "13800138000", Domicile: "四川省成都市武侯区", Address: "浙江省杭州市余杭区"},
		Terms: app.Terms{
			Kind: app.TermFixed, Start: day(2026, 12, 1), End: day(2029, 11, 30), Probation: 6, Post: "高级工程师", Duties: "平台的开发与维护",
			Workplace: "浙江省杭州市西湖区", Hours: app.HoursStandard, PayKind: app.PayBonus, PayRule: "按季度考核", Pay: 1200000, ProbationPay: 960050, PayDay: 15,
			Insurance: "养老、医疗、失业、工伤、生育保险", Protection: "办公场所符合国家安全卫生标准",
			Clauses: strings.Repeat("甲方每月提供300元通信补贴，乙方对商业秘密负有保密义务。\r\n", 8),
		},
		ProbationEnd: day(2027, 5, 31), Kind: kind, Previous: "HT-2023-000007",
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := read.Pages(data); err != nil || n != realPages {
		t.Fatalf("the contract has %d pages: %v", n, err)
	}
	return data
}

func whole(p *stamp.Picture, d *pades.Drawing) *pades.Appearance {
	return &pades.Appearance{Drawing: d, W: p.W, H: p.H}
}

// realWorkerRequest signs with the worker's name.
func (o *office) realWorkerRequest(t testing.TB) pades.Request {
	t.Helper()
	name, err := stamp.Typed("张𠮷𬎆", app.Date{Year: 2026, Month: 11, Day: 24})
	if err != nil {
		t.Fatal(err)
	}
	r := o.workerRequest()
	r.Appearance = whole(name, pades.NewDrawing(name.Content()))
	return r
}

// realSealRequest seals with the enterprise's seal and its slices.
func (o *office) realSealRequest(t testing.TB) pades.Request {
	t.Helper()
	seal, err := stamp.Seal{Kind: app.SealContract, Enterprise: "杭州云栖智造科技有限公司"}.Draw()
	if err != nil {
		t.Fatal(err)
	}
	r := o.sealRequest()
	drawing := pades.NewDrawing(seal.Content())
	r.Appearance, r.Fill = whole(seal, drawing), map[string]pades.Appearance{}
	for i := 1; i <= realPages; i++ {
		w := seal.Slice(i, realPages)
		r.Fill[pdf.SeamField(i)] = pades.Appearance{Drawing: drawing, X: w.X, Y: w.Y, W: w.W, H: w.H}
	}
	return r
}

// realTermination is a certificate of ending, on one page and sealed alone.
func realTermination(t *testing.T) []byte {
	t.Helper()
	data, err := pdf.Termination(pdf.TerminationDoc{
		Record:     pdf.Record{Number: "HT-2026-000043", CheckURL: "https://hr.example.cn/check/7F3L", CheckCode: "7F3L", MadeOn: app.Date{Year: 2026, Month: 11, Day: 23}},
		Enterprise: pdf.Enterprise{Name: "杭州云栖智造科技有限公司", USCC: "91330106MA2CFLDG4T"}, Worker: app.Worker{Name: "张𠮷𬎆", IDType: app.IDResident, IDNumber: "330106199203154417"},
		Ending: app.Ending{On: app.Date{Year: 2026, Month: 11, Day: 30}}, Reason: "双方协商一致", Article: "第三十六条"})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEveryKindOfTheProductsOwnDocumentsIsAcceptedByEveryTool(t *testing.T) {
	o := newOffice(t)
	b := newCourt(t, o)
	alone := o.realSealRequest(t)
	alone.Fill = nil
	for kind, signed := range map[string][]byte{
		"contract.pdf": sign(t, realContract(t), o.realWorkerRequest(t), o.realSealRequest(t)),
		"renewal.pdf":  sign(t, realDocument(t, app.FilingRenewal), o.realWorkerRequest(t), o.realSealRequest(t)),
		"ending.pdf":   sign(t, realTermination(t), alone),
	} {
		b.accept(o, kind, signed)
	}
}

func TestSignedAndSealedDocumentsAreStillPDFA(t *testing.T) {
	o := newOffice(t)
	alone := o.realSealRequest(t)
	alone.Fill = nil
	for kind, signed := range map[string][]byte{
		"contract": sign(t, realContract(t), o.realWorkerRequest(t), o.realSealRequest(t)),
		"ending":   sign(t, realTermination(t), alone),
		"stamped":  o.stamped(t, o.withDSS(t, sign(t, realContract(t), o.realWorkerRequest(t), o.realSealRequest(t)), o.now)),
	} {
		path := filepath.Join(t.TempDir(), kind+".pdf")
		if err := os.WriteFile(path, signed, 0o600); err != nil {
			t.Fatal(err)
		}
		if complaints := tool.Preflight(t, path); complaints != "" {
			t.Errorf("%s: %s", kind, complaints)
		}
	}
}

// seamOf finds the button that shows the seam on the first page of a file.
func seamOf(t *testing.T, f *syntax.File) (syntax.Ref, syntax.Dict) {
	t.Helper()
	_, catalog, err := f.Root()
	if err != nil {
		t.Fatal(err)
	}
	form, _ := f.Dict(catalog["AcroForm"])
	fields, _ := f.Array(form["Fields"])
	for _, one := range fields {
		group, _ := f.Dict(one)
		kids, _ := f.Array(group["Kids"])
		if len(kids) == 0 {
			continue
		}
		ref, _ := kids[0].(syntax.Ref)
		button, err := f.Dict(ref)
		if err != nil {
			t.Fatal(err)
		}
		return ref, button
	}
	t.Fatal("no seam")
	return syntax.Ref{}, nil
}

func TestASeamIsFilledOnceByTheSealAndNeverAfterIt(t *testing.T) {
	o := newOffice(t)
	sealed := sign(t, realContract(t), o.realWorkerRequest(t), o.realSealRequest(t))
	wantVerdicts(t, check(t, sealed, o.trust()), pades.Intact, pades.Intact, pades.Intact)
	f, err := syntax.Open(sealed)
	if err != nil {
		t.Fatal(err)
	}
	ref, button := seamOf(t, f)
	u := syntax.NewUpdate(f, 1<<10)
	other := u.Add(&syntax.Stream{Dict: syntax.Dict{"Type": syntax.Name("XObject"), "Subtype": syntax.Name("Form"), "BBox": syntax.Array{0, 0, 1, 1}}, Raw: []byte("0 0 1 1 re f")})
	u.Put(ref, button.With("AP", syntax.Dict{"N": syntax.Dict{pades.ButtonState: other}}))
	wantVerdicts(t, check(t, u.Finish(), o.trust()), pades.Changed, pades.Changed, pades.Changed)
}
