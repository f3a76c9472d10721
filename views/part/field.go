package part

import (
	"strings"
	"unicode/utf8"

	"laoqi/app"
)

// Field is one labelled control of a form.
type Field struct {
	Name         string
	Label        string // as printed in the guide, without star and colon
	Value        string // kept when the form comes back with faults
	Required     bool
	Hint         string // one line below the control
	Placeholder  string
	Autocomplete string // a token of the HTML standard, such as "name" or "tel"
	InputMode    string // keyboard of a phone: numeric, decimal, tel
	Max          int    // characters, 0 for no limit; a text area shows a counter
	ReadOnly     bool
	Faults       app.Faults // of the whole form; the field shows its own
}

// ControlID is the id of the control of a named field, the target of its label
// and of the error summary.
func ControlID(name string) string { return "f-" + name }

func (f Field) id() string      { return ControlID(f.Name) }
func (f Field) hintID() string  { return f.id() + "-hint" }
func (f Field) faultID() string { return f.id() + "-fault" }
func (f Field) fault() string   { return f.Faults.Of(f.Name) }

// long reports whether the label leaves a phone no room for the control beside it.
func (f Field) long() bool { return utf8.RuneCountInString(f.Label) > 7 }

// describedBy lists the ids of the hint and the fault that stand with the control.
func (f Field) describedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.hintID())
	}
	if f.fault() != "" {
		ids = append(ids, f.faultID())
	}
	return strings.Join(ids, " ")
}

// Span offers the usual validities of an identity document beside its end date.
// Without JavaScript the choice is posted under Name; with it the end date is
// filled in as well. SpanLong is the only value that stands for no end.
type Span struct {
	Name     string
	Value    string
	From, To string // names of the start and end date fields
}

// SpanLong is the value of 长期有效.
const SpanLong = "long"

var spans = []app.Option{{Value: "5", Label: "5年"}, {Value: "10", Label: "10年"}, {Value: "20", Label: "20年"}, {Value: SpanLong, Label: "长期有效"}}
