package filing_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/filing"
)

func TestARenewalContinuesTheContractInForce(t *testing.T) {
	o := open(t)
	first := o.roster(sound())
	f, err := o.Filing.Start(t.Context(), o.clerk, app.FilingRenewal, first)
	if err != nil || f.Terms.Start != day(t, "2027-05-01") || f.Terms.Probation != 0 || f.Terms.Post != "装配工" {
		t.Fatalf("form %+v, %v", f, err)
	}
	f.Terms.End, f.Worker.Name = day(t, "2029-04-30"), "李四"
	id := o.submit(0, f)
	if got := o.get(id); got.Worker.Name != "王秀兰" || got.Previous != first {
		t.Errorf("renewal %+v", got)
	}
	_, err = o.Filing.Start(t.Context(), o.clerk, app.FilingTermination, first)
	refused(t, err, app.Conflict, "已经续签、解除或正在办理")
}

func TestATerminationTakesWorkerAndTermsFromTheContract(t *testing.T) {
	o := open(t)
	first := o.roster(sound())
	f := filing.Form{Kind: app.FilingTermination, Previous: first, Ending: app.Ending{Reason: "36-worker", On: day(t, "2026-05-31")}}
	id := o.submit(0, f)
	got := o.get(id)
	if got.Worker != sound().Worker || got.Terms != sound().Terms || got.Ending != f.Ending {
		t.Errorf("termination %+v", got)
	}
	if rows, err := o.Filing.InForce(t.Context(), o.clerk, contract.Filter{}, 0); len(rows) != 0 || err != nil {
		t.Errorf("in force %+v, %v", rows, err)
	}
}

func TestAnEndedContractLeavesItsDaysToTheNext(t *testing.T) {
	o := open(t)
	first := o.roster(sound())
	o.roster(filing.Form{Kind: app.FilingTermination, Previous: first, Ending: app.Ending{Reason: "36-worker", On: day(t, "2026-05-31")}})
	f := sound()
	f.Terms.Start, f.Terms.Probation, f.Terms.ProbationPay = day(t, "2026-06-01"), 0, 0
	o.submit(0, f)
}

func TestASecondProbationIsRefused(t *testing.T) {
	o := open(t)
	o.roster(sound())
	f := sound()
	f.Terms.Start, f.Terms.End = day(t, "2027-05-01"), day(t, "2028-04-30")
	_, _, err := o.Filing.Submit(t.Context(), o.clerk, 0, f)
	if got := app.FaultsOf(err).Of(app.FieldProbation); !strings.Contains(got, "第十九条第二款") {
		t.Errorf("fault %q, error %v", got, err)
	}
}

func TestARenewalThatTheWorkerDeclinedIsFiledAgain(t *testing.T) {
	o := open(t)
	first := o.roster(sound())
	f, err := o.Filing.Start(t.Context(), o.clerk, app.FilingRenewal, first)
	if err != nil {
		t.Fatal(err)
	}
	f.Terms.End = day(t, "2029-04-30")
	renewal := o.roster(f)
	o.Until("the contract", func() bool { return o.get(renewal).Document == app.DocumentUnsigned })
	document, err := o.Contract.OfContract(t.Context(), o.clerk, o.get(renewal).Contract)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = o.Filing.Submit(t.Context(), o.clerk, 0, f)
	refused(t, err, app.Conflict, "已经续签、解除或正在办理")
	if err := o.Contract.Decline(t.Context(), o.Actor(demo.WorkerA), document.ID, "工资不对"); err != nil {
		t.Fatal(err)
	}
	if rows, err := o.Filing.InForce(t.Context(), o.clerk, contract.Filter{}, 0); len(rows) != 1 || err != nil {
		t.Errorf("in force %+v, %v", rows, err)
	}
	f.Terms.Pay = 5000_00
	o.roster(f)
}

func TestAnElectronicFilingOnARosterGetsItsContract(t *testing.T) {
	o := open(t)
	id := o.roster(sound())
	o.Until("the contract", func() bool { return o.get(id).Document == app.DocumentUnsigned })
	if o.get(id).Contract == 0 {
		t.Error("the filing does not know its contract")
	}
}

func TestAFilingOnPaperIsPrintedOnceItIsOnARoster(t *testing.T) {
	o := open(t)
	if err := o.Enterprise.Close(t.Context(), o.clerk); err != nil {
		t.Fatal(err)
	}
	f := sound()
	f.Paper = true
	id := o.roster(f)
	file, err := o.Filing.Print(t.Context(), o.clerk, id)
	if err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, file)
	for _, want := range []string{"2026-000001-1", "王秀兰", f.Worker.IDNumber, "装配工", demo.EnterpriseName} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the printed contract:\n%s", want, text)
		}
	}
	_, err = o.Filing.Print(t.Context(), o.clerk, o.submit(0, other(f)))
	refused(t, err, app.Conflict, "生成名册后才能打印")
	if o.get(id).Contract != 0 {
		t.Error("an electronic contract was made of a filing on paper")
	}
}

// other is the same form for the second sample worker.
func other(f filing.Form) filing.Form {
	f.Worker = apptest.Form(demo.WorkerB).Worker
	return f
}

func pdfText(t *testing.T, file []byte) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-", "-")
	cmd.Stdin = bytes.NewReader(file)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
