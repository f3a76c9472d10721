package contract_test

import (
	"fmt"
	"testing"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
)

// found lists the names that a search finds, over all pages.
func (w *world) found(f contract.Filter) (names []string) {
	w.t.Helper()
	for from := int64(0); ; {
		page, err := w.Contract.Search(w.t.Context(), w.clerk.Enterprise, f, from)
		w.must(err)
		for _, r := range page.Rows {
			names = append(names, r.Name)
		}
		if from = page.Next; from == 0 {
			return names
		}
	}
}

func TestFilingsAreFoundByNumberNameAndState(t *testing.T) {
	w := open(t)
	a, b := w.made(demo.WorkerA), w.made(demo.WorkerB)
	w.draft(form(demo.WorkerB))
	worker := w.activated(demo.WorkerA)
	w.sign(worker, demo.WorkerA, a)
	numberA, _ := demo.Find(demo.WorkerA)
	for _, c := range []struct {
		name   string
		filter contract.Filter
		want   string
	}{
		{"all, the newest first", contract.Filter{}, "[李建国 李建国 王秀兰]"},
		{"one character of a name", contract.Filter{Name: "秀"}, "[王秀兰]"},
		{"a whole name", contract.Filter{Name: "李建国"}, "[李建国 李建国]"},
		{"a longer name", contract.Filter{Name: "李建国强"}, "[]"},
		{"an ID number", contract.Filter{IDNumber: numberA.Number}, "[王秀兰]"},
		{"number and another's name", contract.Filter{IDNumber: numberA.Number, Name: "李"}, "[]"},
		{"documents that wait for the seal", contract.Filter{Document: app.DocumentUnsealed}, "[王秀兰]"},
		{"name and document", contract.Filter{Name: "李", Document: app.DocumentUnsigned}, "[李建国]"},
		{"drafts", contract.Filter{Filing: app.FilingDraft}, "[李建国 李建国 王秀兰]"},
		{"a document of a filing that has none", contract.Filter{Filing: app.FilingDraft, Document: app.DocumentUnsigned}, "[]"},
	} {
		if got := fmt.Sprint(w.found(c.filter)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if b.State != app.DocumentUnsigned {
		t.Errorf("the other contract is %s", b.State.Label())
	}
}

func TestPagesOfAListFollowEachOtherWithoutGapOrRepetition(t *testing.T) {
	w := open(t)
	for i := range 2*contract.PageSize + 5 {
		f := form(demo.WorkerA)
		f.Worker.Name = fmt.Sprintf("王%c", '一'+rune(i))
		w.must(w.Contract.Make(t.Context(), w.draft(f)))
	}
	for _, f := range []contract.Filter{{}, {Name: "王"}, {Document: app.DocumentUnsigned}, {Filing: app.FilingDraft}} {
		names, seen := w.found(f), map[string]bool{}
		for _, n := range names {
			seen[n] = true
		}
		if len(names) != 45 || len(seen) != 45 {
			t.Errorf("%+v: %d rows, %d different", f, len(names), len(seen))
		}
	}
}

func TestAMistypedIDNumberIsNotSearchedFor(t *testing.T) {
	sample, _ := demo.Find(demo.WorkerA)
	for number, wrong := range map[string]bool{sample.Number: false, "E12345678": false, sample.Number[:17]: true, sample.Number[:17] + "A": true} {
		if faults := (contract.Filter{IDNumber: number}).Check(day(2026, 5, 6)); (faults != nil) != wrong {
			t.Errorf("%s: faults %v", number, faults)
		}
	}
}

func TestAnotherEnterpriseFindsNothing(t *testing.T) {
	w := open(t)
	w.made(demo.WorkerA)
	page, err := w.Contract.Search(t.Context(), w.clerk.Enterprise+1, contract.Filter{}, 0)
	if err != nil || len(page.Rows) != 0 {
		t.Errorf("%d rows, %v", len(page.Rows), err)
	}
}

func TestAContractWhoseTermIsOverMovesToTheLastShelf(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	shelf := func() contract.Shelf {
		for _, s := range []contract.Shelf{contract.ToSign, contract.Signed, contract.Over} {
			held, err := w.Contract.List(t.Context(), worker.Person, s, 0)
			w.must(err)
			if len(held.List) > 0 {
				return s
			}
		}
		return "none"
	}
	if got := shelf(); got != contract.ToSign {
		t.Errorf("before signing on shelf %q", got)
	}
	w.sign(worker, demo.WorkerA, d)
	if got := shelf(); got != contract.Signed {
		t.Errorf("after signing on shelf %q", got)
	}
	w.Wait(366 * 24 * 60 * 60e9)
	if got := shelf(); got != contract.Over {
		t.Errorf("after the term on shelf %q", got)
	}
}

func TestALongShelfIsReadPageByPage(t *testing.T) {
	w := open(t)
	for range contract.PageSize + 1 {
		w.made(demo.WorkerA)
	}
	person := w.Actor(demo.WorkerA).Person
	first, err := w.Contract.List(t.Context(), person, contract.ToSign, 0)
	w.must(err)
	second, err := w.Contract.List(t.Context(), person, contract.ToSign, first.Next)
	w.must(err)
	if len(first.List) != contract.PageSize || len(second.List) != 1 || second.Next != 0 || second.List[0].ID >= first.List[contract.PageSize-1].ID {
		t.Errorf("pages of %d and %d, then %d", len(first.List), len(second.List), second.Next)
	}
}
