package web

import (
	"strconv"
	"strings"

	"laoqi/app"
	"laoqi/app/filing"
)

// readFiling reads the form of a filing.
func (q *request) readFiling(kind app.FilingKind) filing.Form {
	f := filing.Form{Kind: kind, Paper: q.form("paper") != ""}
	f.Previous, _ = strconv.ParseInt(q.form("previous"), 10, 64)
	f.Version, _ = strconv.ParseInt(q.form("version"), 10, 64)
	f.Read(q.entered)
	if q.checked("confirmed") {
		f.Confirmed = q.Request().Form["warned"]
	}
	return f
}

// entered is what stands in a field; the boxes ticked of a set are joined by commas.
func (q *request) entered(name string) string {
	return strings.TrimSpace(strings.Join(q.Request().Form[name], ","))
}

// filingValues is what stands in the fields of a form.
func filingValues(f filing.Form) map[string]string {
	values := f.Values()
	if f.Kind == app.FilingRenewal {
		values[app.FieldIDType], values[app.FieldIDNumber] = f.Worker.IDType.Label(), app.MaskID(f.Worker.IDNumber)
	}
	return values
}
