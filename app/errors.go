package app

import (
	"errors"
	"strings"
)

// Kind says what an error means to whoever asked; package web maps each kind
// to one HTTP status. The zero Kind is Internal.
type Kind int

const (
	Internal    Kind = iota // ours; the detail goes to the log only
	Invalid                 // the input has faults
	NotFound                // no such thing, or not this actor's
	Forbidden               // the role may not do this
	SignedOut               // nobody is logged in
	Conflict                // somebody else was faster, or the state forbids it
	TooMany                 // a limit of tries or of frequency
	Unavailable             // a part outside the product does not answer
)

// Error is an error that may be shown: Text is a whole Chinese sentence that
// says what to do. Faults is set for Invalid only.
type Error struct {
	Kind   Kind
	Text   string
	Faults Faults
}

func (e *Error) Error() string {
	if e.Text != "" {
		return e.Text
	}
	texts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		texts[i] = f.Field + ": " + f.Text
	}
	return strings.Join(texts, "; ")
}

// Fail makes an error of the kind with a sentence for the user.
func Fail(k Kind, text string) error { return &Error{Kind: k, Text: text} }

// KindOf returns the kind of err, Internal for an error that is not an *Error.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// FaultsOf returns the faults of input that err carries, nil if none.
func FaultsOf(err error) Faults {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Faults
	}
	return nil
}

// Fault is one thing wrong with an input: the field's name in the form and a
// Chinese sentence that says how to mend it. An empty Field means the form as a whole.
type Fault struct{ Field, Text string }

// Faults lists all that is wrong with an input, in the order of the form.
type Faults []Fault

// Add appends a fault, unless text is empty or the field already has one.
func (f *Faults) Add(field, text string) {
	if text != "" && f.Of(field) == "" {
		*f = append(*f, Fault{field, text})
	}
}

// Require adds a fault if the value is blank.
func (f *Faults) Require(field, value, text string) {
	if strings.TrimSpace(value) == "" {
		f.Add(field, text)
	}
}

// Of returns the sentence of a field, "" if it is sound.
func (f Faults) Of(field string) string {
	for _, x := range f {
		if x.Field == field {
			return x.Text
		}
	}
	return ""
}

// Err returns an Invalid error that carries the faults, nil if there are none.
func (f Faults) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Faults: f}
}

// Warning is a rule whose breach needs the user's confirmation, not a correction.
type Warning struct{ Field, Text string }
