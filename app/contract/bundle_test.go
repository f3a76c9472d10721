package contract_test

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
)

// unzip reads a bundle as the browser would get it.
func (w *world) unzip(b contract.Bundle) (names []string, content map[string][]byte) {
	w.t.Helper()
	var out bytes.Buffer
	w.must(b.Write(&out))
	if int64(out.Len()) != b.Size {
		w.t.Errorf("%d bytes where %d were announced", out.Len(), b.Size)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	w.must(err)
	content = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		w.must(err)
		content[f.Name], err = io.ReadAll(r)
		w.must(err)
		names = append(names, f.Name)
	}
	return names, content
}

// wrote counts the rows of a kind in the audit log.
func (w *world) wrote(kind string, want int) {
	w.t.Helper()
	rows, err := w.DB.AuditFrom(w.t.Context(), 0)
	w.must(err)
	n := 0
	for _, r := range rows {
		if r.Kind == kind {
			n++
		}
	}
	if n != want {
		w.t.Errorf("%d audit rows of %s, want %d", n, kind, want)
	}
}

// filings lists those of the contracts.
func (w *world) filings(contracts []int64) (ids []int64) {
	for _, id := range contracts {
		ids = append(ids, w.document(id).Filing)
	}
	return ids
}

func TestABundleHoldsTheSignedContractsUnderTheirWorkersAndNumbers(t *testing.T) {
	w := open(t)
	ids := w.endings(3)
	_, err := w.Contract.Pick(t.Context(), w.clerk, w.filings(ids))
	refused(t, err, app.Conflict, "没有可以下载的合同")
	w.authorize()
	for _, id := range ids {
		w.concluded(id)
	}
	unsigned := w.make(w.draft(form(demo.WorkerA)))
	b, err := w.Contract.Pick(t.Context(), w.clerk, append(w.filings(ids[:2]), unsigned.Filing))
	w.must(err)
	names, content := w.unzip(b)
	for _, id := range ids[:2] {
		d := w.document(id)
		file, err := w.Contract.File(d)
		w.must(err)
		if got := content["李建国-"+d.Title+"-"+d.Number+".pdf"]; !bytes.Equal(got, file) {
			t.Errorf("contract %s: %d bytes of %d in %v", d.Number, len(got), len(file), names)
		}
	}
	all, err := w.Contract.PickAll(t.Context(), w.clerk, contract.Filter{Name: "李"})
	w.must(err)
	if names, _ := w.unzip(all); len(names) != 3 || all.Count != 3 {
		t.Errorf("all that the filter finds: %v", names)
	}
	_, err = w.Contract.PickAll(t.Context(), w.clerk, contract.Filter{Document: app.DocumentUnsigned})
	refused(t, err, app.Conflict, "没有可以下载的合同")
	w.wrote("documents.downloaded", 2)
}

func TestABundleOfAnotherEnterprisesContractsIsEmpty(t *testing.T) {
	w := open(t)
	ids := w.endings(1)
	w.authorize()
	w.concluded(ids[0])
	stranger := w.clerk
	stranger.Enterprise++
	_, err := w.Contract.Pick(t.Context(), stranger, w.filings(ids))
	refused(t, err, app.Conflict, "没有可以下载的合同")
}

func TestABundleNamesTheFileThatIsMissing(t *testing.T) {
	w := open(t)
	ids := w.endings(2)
	w.authorize()
	for _, id := range ids {
		w.concluded(id)
	}
	lost := w.document(ids[0])
	w.must(w.Contract.Files.Remove(lost.Hash))
	_, err := w.Contract.Pick(t.Context(), w.clerk, w.filings(ids))
	refused(t, err, app.Conflict, "找不到合同 "+lost.Number)
}
