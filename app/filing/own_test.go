package filing_test

import (
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/pdf/read"
)

func (o *office) clauses(base int64, texts ...string) {
	o.T.Helper()
	if _, err := o.Clause.Save(o.T.Context(), o.Actor(demo.Boss), base, texts); err != nil {
		o.T.Fatal(err)
	}
}

func TestAContractCarriesTheClausesOfTheDayItWasSubmitted(t *testing.T) {
	o := open(t)
	o.clauses(0, "【姓名】在【岗位】岗位享受每月【发薪日】发放的工作餐补贴。")
	id := o.submit(0, sound())
	o.clauses(1, "后来的条款。")
	if own := o.get(id).Own; own.Version != 1 || len(own.Texts) != 1 {
		t.Fatalf("the filing has %+v", own)
	}
	f := o.get(id)
	if err := o.Review.Approve(t.Context(), o.reviewer, id, f.Version); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Review.MakeRoster(t.Context(), o.reviewer, f.Enterprise); err != nil {
		t.Fatal(err)
	}
	o.Until("the contract is made", func() bool { return o.get(id).Contract != 0 && o.get(id).Document != app.DocumentNone })
	d, err := o.Contract.OfContract(t.Context(), o.clerk, o.get(id).Contract)
	if err != nil {
		t.Fatal(err)
	}
	file, err := o.Contract.File(d)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := read.Text(file)
	all := ""
	for _, p := range pages {
		all += strings.Join(p, "")
	}
	if err != nil || !strings.Contains(all, f.Worker.Name+"在"+f.Terms.Post+"岗位享受每月15日发放的工作餐补贴。") || strings.Contains(all, "后来的条款") {
		t.Errorf("error %v, text %s", err, all)
	}
}

func TestAFilingThatComesBackTakesTheNewestClauses(t *testing.T) {
	o := open(t)
	id := o.submit(0, sound())
	if own := o.get(id).Own; own.ID != 0 {
		t.Fatalf("the filing has %+v", own)
	}
	if err := o.Review.Return(t.Context(), o.reviewer, id, 1, "请补充"); err != nil {
		t.Fatal(err)
	}
	o.clauses(0, "新条款。")
	f := sound()
	f.Version = o.get(id).Version
	o.submit(id, f)
	if own := o.get(id).Own; own.Version != 1 {
		t.Errorf("the filing has %+v", own)
	}
}
