package contract_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/tool"
	"laoqi/app/apptest/upload"
	"laoqi/app/contract"
	"laoqi/app/demo"
)

// rostered is the contract of a filing that went through the desk.
func (w *world) rostered(who demo.Who) contract.Document {
	w.t.Helper()
	id, _ := w.Roster(w.clerk, w.Actor(demo.Reviewer), apptest.Form(who))
	var contractID int64
	w.Until("the contract", func() bool {
		page, err := w.Contract.Search(w.t.Context(), w.clerk.Enterprise, contract.Filter{}, 0)
		w.must(err)
		for _, r := range page.Rows {
			if r.Filing == id && r.State != app.DocumentNone {
				contractID = r.Contract
			}
		}
		return contractID != 0
	})
	return w.document(contractID)
}

// supplement uploads a file of two pages.
func (w *world) supplement(d contract.Document) contract.Document {
	w.t.Helper()
	return w.replaced(d, 0)
}

func (w *world) replaced(d contract.Document, old int64) contract.Document {
	w.t.Helper()
	id, err := w.Contract.AddSupplement(w.t.Context(), w.clerk, contract.Upload{Contract: d.Contract, Replaces: old, File: upload.Plain(2)})
	w.must(err)
	return w.read(id)
}

func (w *world) read(id int64) contract.Document {
	w.t.Helper()
	d, err := w.Contract.Supplement(w.t.Context(), w.clerk, id)
	w.must(err)
	return d
}

func (w *world) wantState(id int64, want app.DocumentState) {
	w.t.Helper()
	w.Until("the state "+want.Label(), func() bool { return w.read(id).State == want })
}

// newest reads the newest message of an account.
func (w *world) newest(by app.Actor) string {
	w.t.Helper()
	inbox, err := w.Notify.Inbox(w.t.Context(), by.Account, 0)
	w.must(err)
	if len(inbox) == 0 {
		return ""
	}
	return inbox[0].Text
}

func TestASupplementIsSignedConfirmedAndSealed(t *testing.T) {
	tool.Need(t, "pdfsig", "qpdf", "pdftotext")
	w := open(t)
	w.authorize()
	worker, operator := w.activated(demo.WorkerA), w.Actor(demo.Operator)
	main := w.rostered(demo.WorkerA)
	d := w.supplement(main)
	if d.Title != "补充条款（1）" || d.Pages != 3 || d.State != app.DocumentUnsigned || d.CheckCode == main.CheckCode {
		t.Fatalf("uploaded as %+v", d)
	}
	if text := w.newest(worker); !strings.Contains(text, "上传了劳动合同的补充条款（1）") {
		t.Errorf("the worker was told %q", text)
	}
	w.sign(worker, demo.WorkerA, d)
	w.wantState(d.ID, app.DocumentUnconfirmed)
	w.Until("the operator's message", func() bool { return strings.Contains(w.newest(operator), "请阅读后确认盖章") })
	if waiting, err := w.Contract.Unconfirmed(t.Context(), operator.Person); err != nil || len(waiting) != 1 || waiting[0].ID != d.ID {
		t.Errorf("waiting for the operator: %+v, %v", waiting, err)
	}
	w.confirm(operator, d.ID)
	w.wantState(d.ID, app.DocumentSigned)
	w.sound(w.read(d.ID))
	if n := count(w.purposes(), "补充条款（1） "+main.Number); n != 1 {
		t.Errorf("%d usage records", n)
	}
	if got := w.document(main.Contract); got.State != app.DocumentUnsigned {
		t.Errorf("the contract itself became %s", got.State.Label())
	}
	text, err := exec.Command("pdftotext", w.stored(w.read(d.ID)), "-").Output()
	w.must(err)
	for _, words := range []string{"补充条款签署页", main.Number, "王秀兰", demo.EnterpriseName, d.CheckCode, "第3页", "共3页"} {
		if !strings.Contains(strings.Join(strings.Fields(string(text)), ""), words) { // blanks are where the tool puts them
			t.Errorf("the page to sign on lacks %s:\n%s", words, text)
		}
	}
}

// confirm lets the operator confirm the file as it is now.
func (w *world) confirm(operator app.Actor, id int64) {
	w.t.Helper()
	w.must(w.Contract.Confirm(w.t.Context(), operator, contract.Confirming{Document: id, Hash: w.read(id).Hash, Passphrase: passphrase}))
}

func TestTheCheckPageKnowsASupplementByItsOwnCodeAndByItsFile(t *testing.T) {
	w := open(t)
	main := w.rostered(demo.WorkerA)
	d := w.supplement(main)
	byCode, err := w.Contract.ByCode(t.Context(), d.CheckCode)
	w.must(err)
	file, err := w.Contract.File(d)
	w.must(err)
	byFile, err := w.Contract.ByFile(t.Context(), file)
	w.must(err)
	for _, c := range []contract.Checked{byCode, byFile} {
		if !c.Known || c.Title != d.Title || c.Number != main.Number || !c.Unsigned() {
			t.Errorf("checked %+v", c)
		}
	}
}

func TestASupplementIsOnlyForNewContractsThatWentThroughTheDesk(t *testing.T) {
	w := open(t)
	unfiled := w.made(demo.WorkerA)
	_, err := w.Contract.AddSupplement(t.Context(), w.clerk, contract.Upload{Contract: unfiled.Contract, File: upload.Plain(1)})
	refused(t, err, app.Conflict, "只有新签备案")
	_, err = w.Contract.Template(t.Context(), w.clerk, unfiled.Contract)
	refused(t, err, app.Conflict, "只有新签备案")

	worker := w.Actor(demo.WorkerB)
	d := w.rostered(demo.WorkerB)
	if may, err := w.Contract.MaySupplement(t.Context(), w.clerk, d.Contract); !may || err != nil {
		t.Errorf("a new contract may have none: %v", err)
	}
	stranger := w.clerk
	stranger.Enterprise++
	_, err = w.Contract.AddSupplement(t.Context(), stranger, contract.Upload{Contract: d.Contract, File: upload.Plain(1)})
	refused(t, err, app.Conflict, "只有新签备案")
	w.must(w.Contract.Decline(t.Context(), worker, d.ID, "另谋高就"))
	_, err = w.Contract.AddSupplement(t.Context(), w.clerk, contract.Upload{Contract: d.Contract, File: upload.Plain(1)})
	refused(t, err, app.Conflict, "没有拒签")
}

func TestAFileThatCannotBeSignedIsRefusedWithTheReason(t *testing.T) {
	tool.Need(t, "qpdf")
	w := open(t)
	w.authorize()
	d := w.rostered(demo.WorkerA)
	concluded := w.concluded(w.endings(1)[0])
	signed, err := w.Contract.File(concluded)
	w.must(err)
	for name, test := range map[string]struct {
		file []byte
		want string
	}{
		"nothing":   {nil, "请选择"},
		"a picture": {[]byte("\x89PNG\r\n"), "这不是 PDF 文件"},
		"too large": {append(upload.Plain(1), make([]byte, contract.MaxUpload)...), "不能超过 10 MB"},
		"cut off":   {upload.Plain(1)[:200], "不完整或已损坏"},
		"encrypted": {qpdf(t, upload.Plain(1), "--encrypt", "", "owner", "256", "--"), "加了密码"},
		"signed":    {signed, "已经有电子签名"},
		"51 pages":  {upload.Plain(51), "有 51 页"},
		"a script":  {upload.PDF(make([]upload.Page, 1), "/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "脚本"},
		"layers":    {upload.PDF(make([]upload.Page, 1), "/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]>>>>", "<</Type/OCG/Name(x)>>"), "打印为 PDF"},
		"a form": {upload.PDF([]upload.Page{{Extra: "/Annots[4 0 R]"}}, "/AcroForm<</Fields[4 0 R]/DA(/F 12 Tf)/NeedAppearances true>>",
			"<</Type/Annot/Subtype/Widget/FT/Tx/T(pay)/V(300)/Rect[50 50 90 70]/F 4/DA(/F 12 Tf)>>"), "表单"},
	} {
		id, err := w.Contract.AddSupplement(t.Context(), w.clerk, contract.Upload{Contract: d.Contract, File: test.file})
		if id != 0 || fields(err) != contract.FieldFile || !strings.Contains(app.FaultsOf(err)[0].Text, test.want) {
			t.Errorf("%s: document %d, %v", name, id, err)
		}
	}
	if list, err := w.Contract.Supplements(t.Context(), w.clerk, d.Contract); err != nil || len(list) != 0 {
		t.Errorf("%d supplements, %v", len(list), err)
	}
}

// qpdf passes a file through the tool.
func qpdf(t *testing.T, file []byte, args ...string) []byte {
	t.Helper()
	return tool.Filter(t, file, "qpdf", args...)
}

func TestFilesOfEveryShapeAreSignedAndSealed(t *testing.T) {
	tool.Need(t, "qpdf", "pdfsig")
	w := open(t)
	w.authorize()
	worker, operator := w.activated(demo.WorkerA), w.Actor(demo.Operator)
	d := w.rostered(demo.WorkerA)
	turned := []upload.Page{{Rotate: 90}, {Rotate: 180, Box: "0 0 842 1191"}, {Rotate: 270, Box: "-10 -20 400 300"}, {Box: "0 0 90 60"}, {Rotate: -90, Extra: "/CropBox[100 100 400 500]"}}
	for name, test := range map[string]struct {
		file  []byte
		pages int
	}{
		"object streams": {qpdf(t, upload.Plain(3), "--object-streams=generate"), 4},
		"linearized":     {qpdf(t, upload.Plain(3), "--linearize"), 4},
		"turned":         {upload.PDF(turned, ""), 6},
		"50 pages":       {upload.Plain(50), 51},
	} {
		id, err := w.Contract.AddSupplement(t.Context(), w.clerk, contract.Upload{Contract: d.Contract, File: test.file})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		w.sign(worker, demo.WorkerA, w.read(id))
		w.confirm(operator, id)
		w.wantState(id, app.DocumentSigned)
		w.sound(w.read(id))
		if got := w.read(id).Pages; got != test.pages {
			t.Errorf("%s: %d pages, want %d", name, got, test.pages)
		}
	}
}

func TestASupplementIsReplacedOrWithdrawnBeforeTheWorkerSigns(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	main := w.rostered(demo.WorkerA)
	first := w.supplement(main)
	second := w.replaced(main, first.ID)
	if got := w.read(first.ID); got.State != app.DocumentWithdrawn || second.Title != "补充条款（2）" {
		t.Errorf("the first is %s, the second %s", got.State.Label(), second.Title)
	}
	f := signing(first, "123456")
	refused(t, w.Contract.Sign(t.Context(), worker, f), app.Conflict, "重新查看")
	_, err := w.Contract.AddSupplement(t.Context(), w.clerk, contract.Upload{Contract: main.Contract, Replaces: first.ID, File: upload.Plain(1)})
	refused(t, err, app.Conflict, "不能再撤回或替换")

	w.sign(worker, demo.WorkerA, second)
	refused(t, w.Contract.WithdrawSupplement(t.Context(), w.clerk, second.ID), app.Conflict, "不能再撤回或替换")
	third := w.supplement(main)
	w.must(w.Contract.WithdrawSupplement(t.Context(), w.clerk, third.ID))
	if text := w.newest(worker); !strings.Contains(text, "撤回了补充条款（3）") {
		t.Errorf("the worker was told %q", text)
	}
	list, err := w.Contract.Supplements(t.Context(), w.clerk, main.Contract)
	if err != nil || len(list) != 3 {
		t.Errorf("%d supplements are kept, %v", len(list), err)
	}
	if w.Contract.WithdrawSupplement(t.Context(), w.clerk, main.ID) == nil {
		t.Error("the contract itself was withdrawn")
	}
}

func TestTheTemplateIsAWordFileOfTheParties(t *testing.T) {
	tool.Need(t, "unzip")
	w := open(t)
	d := w.rostered(demo.WorkerA)
	file, err := w.Contract.Template(t.Context(), w.clerk, d.Contract)
	w.must(err)
	path := filepath.Join(t.TempDir(), "template.docx")
	w.must(os.WriteFile(path, file, 0o600))
	text := run(t, "unzip", "-p", path, "word/document.xml")
	worker, _ := demo.Find(demo.WorkerA)
	for _, words := range []string{d.Number, demo.EnterpriseName, worker.Name, worker.Number} {
		if !strings.Contains(text, words) {
			t.Errorf("the template lacks %s", words)
		}
	}
}
