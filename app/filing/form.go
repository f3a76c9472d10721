package filing

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/law"
	"laoqi/app/pdf/font"
)

// Form is what the clerk fills in.
type Form struct {
	Kind      app.FilingKind
	Paper     bool  // asked for a contract on paper; electronic contracts, once on, beat it
	Previous  int64 // of a renewal or termination
	Version   int64 // of the filing that the form was filled from, 0 for a new one
	Worker    app.Worker
	Terms     app.Terms
	Ending    app.Ending
	Unread    app.Faults // of fields whose text is no date or number
	Confirmed []string   // texts of the warnings that the clerk confirmed
}

// Limits of the free texts in characters: they fit a page of the contract.
const (
	MaxName = 50
	MaxLine = 100
	MaxRule = 300
	MaxText = 2000
)

// checkDraft adds what keeps the form from being stored even as a draft.
func (f *Form) checkDraft(faults *app.Faults) {
	for _, x := range f.Unread {
		faults.Add(x.Field, x.Text)
	}
	for _, x := range fields {
		x.checkDraft(f, faults)
	}
	if f.Worker.IDType.Label() == "" {
		faults.Add(app.FieldIDType, "请选择证件类型。")
	}
	f.forgetTold()
	if p := f.Terms.Probation; p < 0 || p > 6 {
		faults.Add(app.FieldProbation, "试用期请填写 0 至 6 个月（《劳动合同法》第十九条）。")
	}
	if d := f.Terms.PayDay; d < 0 || d > 31 {
		faults.Add(app.FieldPayDay, law.PayDays)
	}
}

// forgetTold empties what the ID number tells by itself.
func (f *Form) forgetTold() {
	w := &f.Worker
	if app.Sex(w.IDType, w.IDNumber) != "" {
		w.Sex = ""
	}
	if !app.BirthDate(w.IDType, w.IDNumber).IsZero() {
		w.Birth = app.Date{}
	}
}

// checkDraft tidies a text, and adds a fault if it is too long or a choice is none.
func (x Field) checkDraft(f *Form, faults *app.Faults) {
	switch {
	case x.text != nil:
		text := strings.TrimSpace(strings.ReplaceAll(*x.text(f), "\r\n", "\n"))
		*x.text(f) = text
		if n := utf8.RuneCountInString(text); n > x.Max {
			faults.Add(x.Name, fmt.Sprintf("%s最多 %d 个字，现在是 %d 个，请缩短。", x.Label, x.Max, n))
		}
	case x.Kind == FieldChoice && x.show(f) != "" && app.LabelOf(x.Options, x.show(f)) == "":
		faults.Add(x.Name, x.Label+"请从列出的选项中选择。")
	}
}

// checkCharacters refuses what the contract's fonts cannot draw, by name.
func (f *Form) checkCharacters(faults *app.Faults) {
	for _, x := range fields {
		if x.text != nil {
			faults.Add(x.Name, font.Refusal(x.Label, *x.text(f)))
		}
	}
}

// inOrder puts faults in the order of the form.
func inOrder(faults app.Faults) app.Faults {
	place := func(of app.Fault) int {
		return slices.IndexFunc(fields, func(x Field) bool { return x.Name == of.Field })
	}
	slices.SortStableFunc(faults, func(a, b app.Fault) int { return place(a) - place(b) })
	return faults
}
