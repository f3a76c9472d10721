package contract_test

import (
	"testing"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
)

// recounted counts the rows themselves, in place of the numbers kept.
func (w *world) recounted() map[string]int64 {
	w.t.Helper()
	rows, err := w.Raw().Query(`SELECT 'filing ' || state, count(*) FROM filing GROUP BY 1 UNION ALL SELECT kind || ' ' || state, count(*) FROM document GROUP BY 1`)
	w.must(err)
	defer rows.Close()
	counts := map[string]int64{}
	for rows.Next() {
		var key string
		var n int64
		w.must(rows.Scan(&key, &n))
		counts[key] = n
	}
	w.must(rows.Err())
	return counts
}

func (w *world) counted() map[string]int64 {
	w.t.Helper()
	c, err := w.Contract.Counts(w.t.Context(), w.clerk.Enterprise)
	w.must(err)
	counts := map[string]int64{}
	add := func(key string, n int64) {
		if n != 0 {
			counts[key] = n
		}
	}
	for s, n := range c.Filings {
		add("filing "+string(s), n)
	}
	for s, n := range c.Contracts {
		add("main "+string(s), n)
	}
	for s, n := range c.Supplements {
		add("supplement "+string(s), n)
	}
	return counts
}

func TestTheNumbersKeptAreThoseOfTheRowsThroughEveryChangeOfState(t *testing.T) {
	w := open(t)
	same := func(after string) {
		t.Helper()
		want, got := w.recounted(), w.counted()
		if len(got) != len(want) {
			t.Errorf("after %s: %v, counted anew %v", after, got, want)
		}
		for key, n := range want {
			if got[key] != n {
				t.Errorf("after %s: %d %s, counted anew %d", after, got[key], key, n)
			}
		}
	}
	same("nothing")
	draft := w.draft(form(demo.WorkerB))
	same("a draft")
	id := w.Submit(w.clerk, 0, form(demo.WorkerA))
	same("a submission")
	w.must(w.Filing.Withdraw(t.Context(), w.clerk, id))
	same("a withdrawal")
	w.must(w.Filing.Delete(t.Context(), w.clerk, id))
	same("a deletion")
	d := w.make(draft)
	w.must(w.Contract.Decline(t.Context(), w.Actor(demo.WorkerB), d.ID, "工资不对"))
	same("a refusal to sign")
	ended := w.endings(2)
	same("two endings")
	w.authorize()
	for _, id := range ended {
		w.concluded(id)
	}
	same("the seals")
	c, err := w.Contract.Counts(t.Context(), w.clerk.Enterprise)
	w.must(err)
	if n, known := c.Of(contract.Filter{Document: app.DocumentSigned}); n != 2 || !known {
		t.Errorf("%d signed, known %v", n, known)
	}
	if _, known := c.Of(contract.Filter{Name: "李"}); known {
		t.Error("the number of a search by name is known without searching")
	}
}
