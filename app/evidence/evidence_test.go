package evidence_test

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/tool"
	"laoqi/app/apptest/tsa"
	"laoqi/app/apptest/upload"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/enterprise"
	"laoqi/app/evidence"
	"laoqi/app/identity"
)

// concluded is a world with a sealed contract of WorkerA. Days lie between its steps
// and their anchors.
func concluded(t *testing.T) (w *apptest.World, clerk app.Actor, pack func(app.Actor) evidence.Pack) {
	t.Helper()
	return concludedIn(t, apptest.New(t))
}

func concludedIn(t *testing.T, w *apptest.World) (_ *apptest.World, clerk app.Actor, pack func(app.Actor) evidence.Pack) {
	t.Helper()
	w.People()
	if err := w.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Wait(24 * time.Hour)
	if _, err := w.Clause.Save(t.Context(), w.Actor(demo.Boss), 0, []string{"甲方为【姓名】提供工作餐。"}); err != nil {
		t.Fatal(err)
	}
	clerk, d := w.Conclude()
	return w, clerk, func(by app.Actor) evidence.Pack {
		t.Helper()
		p, err := w.Evidence.Make(t.Context(), by, d)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}

// unpacked is the folder into which a package was unpacked.
func unpacked(t *testing.T, p evidence.Pack) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(p.Zip), int64(len(p.Zip)))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, z); err != nil {
		t.Fatal(err)
	}
	return folder
}

func read(t *testing.T, folder, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// followed does what the guide in the folder says, command after command, and
// returns all that was said, and whether everything was in order.
func followed(t *testing.T, folder string) (said string, ok bool) {
	t.Helper()
	script := "set -e\n"
	for line := range strings.Lines(read(t, folder, "核验说明.txt")) {
		if strings.HasPrefix(line, "    ") {
			script += line
		}
	}
	cmd := exec.Command("sh")
	cmd.Dir, cmd.Stdin = folder, strings.NewReader(script)
	out, err := cmd.CombinedOutput()
	said = string(out)
	for _, bad := range []string{"不符", "FAILED", "verify failure"} {
		if strings.Contains(said, bad) {
			return said, false
		}
	}
	return said, err == nil
}

func TestAPackageIsCheckedByWhatItsGuideSays(t *testing.T) {
	tool.Need(t, "sh", "openssl", "sha256sum")
	w, clerk, pack := concluded(t)
	for who, by := range map[string]app.Actor{"worker": w.Actor(demo.WorkerA), "clerk": clerk} {
		folder := unpacked(t, pack(by))
		said, ok := followed(t, folder)
		if !ok {
			t.Fatalf("%s: %s\n%s", who, read(t, folder, "核验说明.txt"), said)
		}
		for words, count := range map[string]int{"CMS Verification successful": 3, "Verification: OK": 5, "Response verify OK": 3, ": good": 3, "contract.pdf: OK": 1, ".pem: OK": 3} {
			if strings.Count(said, words) < count {
				t.Errorf("%s: less than %d of %q\n%s", who, count, words, said)
			}
		}
	}
}

func TestAPackageWithTimestampsFromOutsideHoldsTheirRoot(t *testing.T) {
	tool.Need(t, "sh", "openssl", "sha256sum")
	a := tsa.Start(t, 30)
	_, clerk, pack := concludedIn(t, apptest.Stamped(t, a))
	folder := unpacked(t, pack(clerk))
	said, ok := followed(t, folder)
	if !ok || strings.Count(said, "Verification: OK") < 5 || !strings.Contains(said, "测试时间戳根证书") {
		t.Fatalf("%s\n%s", read(t, folder, "核验说明.txt"), said)
	}
	other := tsa.Start(t, 30)
	root, err := os.ReadFile(other.RootsFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "tsa-root-1.pem"), root, 0o600); err != nil {
		t.Fatal(err)
	}
	renewSums(t, folder)
	if said, ok := followed(t, folder); ok {
		t.Errorf("another root of the same name: not found\n%s", said)
	}
}

func TestAPackageWithAnImportedCertificateNamesItsIssuer(t *testing.T) {
	tool.Need(t, "sh", "openssl", "sha256sum")
	for _, alone := range []bool{false, true} {
		w := apptest.New(t)
		w.People()
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		seal, _ := w.Certified(w.Actor(demo.Boss), app.SealContract, tool.Holder{Key: "RSA:2048", Alone: alone})
		clerk, d := w.ConcludeBy(seal)
		pack, err := w.Evidence.Make(t.Context(), clerk, d)
		if err != nil {
			t.Fatal(err)
		}
		folder := unpacked(t, pack)
		said, ok := followed(t, folder)
		if guide := read(t, folder, "核验说明.txt"); !ok || !strings.Contains(said, tool.Authority) || !strings.Contains(guide, "由用人单位导入本系统") || strings.Contains(guide, "signature-seal.ors") ||
			strings.Contains(guide, "signature-seal-issuers.pem") == alone {
			t.Fatalf("%s\n%s", said, guide)
		}
	}
}

func TestAPackageHoldsTheTimestampThatWasAddedLater(t *testing.T) {
	tool.Need(t, "sh", "openssl", "sha256sum", "pdftotext")
	a := tsa.Start(t, 30)
	w := apptest.Stamped(t, a)
	a.Fail(tsa.Down)
	_, clerk, _ := concludedIn(t, w)
	a.Mend()
	w.Rest()
	w.Until("the timestamp over the file", func() bool {
		w.Wait(time.Minute)
		n, err := w.Contract.StampsOwed(t.Context(), clerk.Enterprise)
		return err == nil && n == 0
	})
	held, err := w.Contract.List(t.Context(), w.Actor(demo.WorkerA).Person, contract.Signed, 0)
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.Contract.Mine(t.Context(), w.Actor(demo.WorkerA), held.List[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Evidence.Make(t.Context(), clerk, d)
	if err != nil {
		t.Fatal(err)
	}
	folder := unpacked(t, p)
	said, ok := followed(t, folder)
	if !ok || strings.Count(said, "Verification: OK") < 6 || !strings.Contains(read(t, folder, "核验说明.txt"), "-in file-stamp-1.tst -token_in -CAfile tsa-root-1.pem") {
		t.Fatalf("%s\n%s", read(t, folder, "核验说明.txt"), said)
	}
	eventOf(t, folder, "document.stamped")
	cmd := exec.Command("pdftotext", "-layout", "证据报告.pdf", "-")
	cmd.Dir = folder
	if out, err := cmd.Output(); err != nil || !strings.Contains(string(out), "加盖文件时间戳") {
		t.Errorf("%v\n%s", err, out)
	}
	if dir := os.Getenv("ARTIFACTS"); dir != "" {
		if err := os.CopyFS(dir, os.DirFS(folder)); err != nil {
			t.Error(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "file-stamp-1.tst"), []byte(read(t, folder, "chain-1.tst")), 0o600); err != nil {
		t.Fatal(err)
	}
	renewSums(t, folder)
	if said, ok := followed(t, folder); ok {
		t.Errorf("another timestamp: not found\n%s", said)
	}
}

func TestThePackageOfASupplementHoldsTheOperatorsConfirmation(t *testing.T) {
	tool.Need(t, "sh", "openssl", "sha256sum")
	w, clerk, _ := concluded(t)
	d := supplement(t, w, clerk)
	p, err := w.Evidence.Make(t.Context(), w.Actor(demo.WorkerA), d)
	if err != nil {
		t.Fatal(err)
	}
	folder := unpacked(t, p)
	said, ok := followed(t, folder)
	if !ok || strings.Count(said, "CMS Verification successful") != 4 {
		t.Errorf("%s\n%s", read(t, folder, "核验说明.txt"), said)
	}
	if statement := read(t, folder, "confirmation.json"); !strings.Contains(statement, contract.Confirmed) {
		t.Error(statement)
	}
}

// supplement adds one to the only contract, signed and sealed.
func supplement(t *testing.T, w *apptest.World, clerk app.Actor) contract.Document {
	t.Helper()
	worker, operator := w.Actor(demo.WorkerA), w.Actor(demo.Operator)
	worker.Device.Agent = "phone \U0001F600\a\xff" // what no font draws
	held, err := w.Contract.List(t.Context(), worker.Person, contract.Signed, 0)
	must(t, err)
	main, err := w.Contract.Mine(t.Context(), worker, held.List[0].ID)
	must(t, err)
	id, err := w.Contract.AddSupplement(t.Context(), clerk, contract.Upload{Contract: main.Contract, File: upload.Plain(2)})
	must(t, err)
	now := func() contract.Document {
		d, err := w.Contract.Mine(t.Context(), worker, id)
		must(t, err)
		return d
	}
	w.Sign(worker, demo.WorkerA, now())
	must(t, w.Contract.Confirm(t.Context(), operator, contract.Confirming{Document: id, Hash: now().Hash, Passphrase: apptest.Passphrase}))
	w.Until("the seal", func() bool { return now().State == app.DocumentSigned })
	return now()
}

func TestThePackageOfAProofOfEndingHoldsItsReceipt(t *testing.T) {
	tool.Need(t, "sh", "openssl", "sha256sum", "pdftotext")
	w, clerk, _ := concluded(t)
	worker := w.Actor(demo.WorkerA)
	held, err := w.Contract.List(t.Context(), worker.Person, contract.Signed, 0)
	must(t, err)
	d, err := w.Contract.Mine(t.Context(), worker, held.List[0].ID)
	must(t, err)
	proof := w.End(clerk, d)
	pack := func() string {
		t.Helper()
		d, err := w.Contract.Mine(t.Context(), worker, proof.ID)
		must(t, err)
		p, err := w.Evidence.Make(t.Context(), worker, d)
		must(t, err)
		return unpacked(t, p)
	}
	if folder := pack(); strings.Contains(read(t, folder, "核验说明.txt"), "签收") || !strings.Contains(reported(t, folder), "尚未签收") {
		t.Errorf("before the receipt: %s", reported(t, folder))
	}
	must(t, w.Contract.Receive(t.Context(), worker, proof.ID))
	folder := pack()
	event := read(t, folder, filepath.Join("events", filepath.Base(eventOf(t, folder, "document.received"))))
	if !strings.Contains(event, proof.Hash) {
		t.Errorf("the receipt is of another file: %s", event)
	}
	if report := reported(t, folder); strings.Contains(report, "尚未签收") || strings.Count(report, "劳动者签收") < 2 {
		t.Error(report)
	}
	if said, ok := followed(t, folder); !ok {
		t.Errorf("%s\n%s", read(t, folder, "核验说明.txt"), said)
	}
	if err := os.WriteFile(filepath.Join(folder, "contract.pdf"), []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	script := "grep -qx document.received"
	for line := range strings.Lines(read(t, folder, "核验说明.txt")) {
		if strings.Contains(line, script) {
			cmd := exec.Command("sh", "-c", line)
			cmd.Dir = folder
			if out, _ := cmd.Output(); !strings.Contains(string(out), "不符") {
				t.Errorf("another file passes as received: %s", out)
			}
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// reported is the text of the report in the folder.
func reported(t *testing.T, folder string) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-layout", "证据报告.pdf", "-")
	cmd.Dir = folder
	out, err := cmd.Output()
	must(t, err)
	return string(out)
}

func TestWhatWasChangedInAPackageIsFoundByItsGuide(t *testing.T) {
	tool.Need(t, "sh", "openssl", "sha256sum")
	w, _, pack := concluded(t)
	p := pack(w.Actor(demo.WorkerA))
	for what, change := range map[string]struct {
		file string
		do   func(string) string
	}{
		"a byte of the contract": {"contract.pdf", func(s string) string { return strings.Replace(s, "/Title", "/Titel", 1) }},
		"another consent":        {"consent-signing.txt", func(s string) string { return s + "！" }},
		"another authorization":  {"authorization.json", func(s string) string { return strings.Replace(s, "版", "", 1) + " " }},
		"a row out of order": {"chain-1.txt", func(s string) string {
			lines := strings.SplitAfter(s, "\n")
			lines[1], lines[2] = lines[2], lines[1]
			return strings.Join(lines, "")
		}},
		"a row left out": {"chain-1.txt", func(s string) string {
			lines := strings.SplitAfter(s, "\n")
			return strings.Join(slices.Delete(lines, 1, 2), "")
		}},
		"another signature's timestamp": {"signature-worker.tst", func(string) string { return read(t, unpacked(t, p), "signature-seal.tst") }},
	} {
		folder := unpacked(t, p)
		path := filepath.Join(folder, change.file)
		if err := os.WriteFile(path, []byte(change.do(read(t, folder, change.file))), 0o600); err != nil {
			t.Fatal(err)
		}
		if said, ok := followed(t, folder); ok {
			t.Errorf("%s: not found by the sums\n%s", what, said)
		}
		renewSums(t, folder)
		if said, ok := followed(t, folder); ok {
			t.Errorf("%s: not found once the sums were made anew\n%s", what, said)
		}
	}
}

// renewSums makes SHA256SUMS fit the folder again, as a forger would.
func renewSums(t *testing.T, folder string) {
	t.Helper()
	cmd := exec.Command("sh", "-c", "cut -c 67- SHA256SUMS | while read -r f; do sha256sum \"$f\"; done > new && mv new SHA256SUMS")
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
}

func TestAPackageTellsTheWholeWayFromFilingToSeal(t *testing.T) {
	w, clerk, pack := concluded(t)
	worker := w.Actor(demo.WorkerA)
	folder := unpacked(t, pack(worker))
	events, err := filepath.Glob(filepath.Join(folder, "events", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, e := range events {
		all += read(t, folder, filepath.Join("events", filepath.Base(e)))
	}
	for _, kind := range []string{"enterprise.admitted", "identity.accepted", "seal.made", "grant.added", "authorization.given", "clauses.saved", "filing.submitted", "filing.approved",
		"roster.made", "document.made", "contract.bound", "certificate.activated", "document.signed", "document.sealed"} {
		if !strings.Contains(all, "\n"+kind+"\n") {
			t.Errorf("nothing of %s", kind)
		}
	}
	if details := read(t, folder, "details/"+filepath.Base(eventOf(t, folder, "document.signed"))); !strings.Contains(details, "192.0.2.1") {
		t.Errorf("the worker's own device: %s", details)
	}
	if _, err := os.Stat(filepath.Join(folder, "details", filepath.Base(eventOf(t, folder, "filing.submitted")))); err == nil {
		t.Error("the worker reads the clerk's address")
	}
	theirs := unpacked(t, pack(clerk))
	if _, err := os.Stat(filepath.Join(theirs, "details", filepath.Base(eventOf(t, theirs, "document.signed")))); err == nil {
		t.Error("the clerk reads the worker's address")
	}
}

// eventOf is the file of the last event of a kind.
func eventOf(t *testing.T, folder, kind string) (found string) {
	t.Helper()
	events, err := filepath.Glob(filepath.Join(folder, "events", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if strings.Contains(read(t, folder, filepath.Join("events", filepath.Base(e))), "\n"+kind+"\n") {
			found = e
		}
	}
	if found == "" {
		t.Fatalf("no event %s", kind)
	}
	return found
}

func TestTheReportIsReadable(t *testing.T) {
	tool.Need(t, "pdftotext")
	w, _, pack := concluded(t)
	out := reported(t, unpacked(t, pack(w.Actor(demo.WorkerA))))
	for _, words := range []string{"电子劳动合同证据报告", "签名有效，签署后内容没有被改动。", "劳动者签名", "企业盖章", "王秀兰", "已隐去", "192.0.2.1", "chain-1"} {
		if !strings.Contains(out, words) {
			t.Errorf("nothing of %s\n%s", words, out)
		}
	}
	if number := apptest.Known(demo.WorkerA).IDNumber; strings.Contains(out, number) {
		t.Error("the whole ID number stands in the report")
	}
}

func TestAPackageTellsThatTheWorkerLoggedInWhereStaffDo(t *testing.T) {
	tool.Need(t, "pdftotext")
	for _, shared := range []bool{false, true} {
		w := apptest.New(t)
		w.People()
		if w.SameDevice(demo.Agent); shared {
			w.SameDevice(demo.Agent, demo.WorkerA)
		}
		clerk, d := w.Conclude()
		p, err := w.Evidence.Make(t.Context(), clerk, d)
		must(t, err)
		folder := unpacked(t, p)
		if got := strings.Contains(read(t, "", eventOf(t, folder, "document.signed")), `"shared_device":true`); got != shared {
			t.Errorf("the event says %v, want %v", got, shared)
		}
		if got := strings.Contains(reported(t, folder), "同一设备"); got != shared {
			t.Errorf("the report says %v, want %v", got, shared)
		}
	}
}

// What the legal rep before did stays in the evidence, as done by the legal rep.
func TestThePackageStaysWhenTheLegalRepChanges(t *testing.T) {
	tool.Need(t, "pdftotext")
	w, clerk, pack := concluded(t)
	_, err := w.Enterprise.ApplyAsLegalRep(t.Context(), w.Actor(demo.WorkerB), enterprise.LegalRepForm{USCC: demo.EnterpriseUSCC,
		Licence: []byte("\x89PNG\r\n\x1a\n"), Password: "Xinfaren26", Again: "Xinfaren26"})
	must(t, err)
	changes, err := w.Enterprise.LegalRepChanges(t.Context())
	must(t, err)
	must(t, w.Enterprise.DecideLegalRep(t.Context(), w.Actor(demo.Reviewer), changes[0].ID, "", w.Cert.Revoke, w.Seal.LegalRepReplaced))
	boss := w.LogIn(identity.FaceHall, identity.Credentials{Way: identity.AsEnterprise, USCC: demo.EnterpriseUSCC, Password: "Xinfaren26"})
	for _, by := range []app.Actor{clerk, boss} {
		report := reported(t, unpacked(t, pack(by)))
		for _, step := range []string{"企业登记入驻", "生成电子印章", "授权使用印章"} {
			if !regexp.MustCompile(step + ` +法定代表人`).MatchString(report) {
				t.Errorf("%s is not the legal rep's:\n%s", step, report)
			}
		}
	}
}

func TestAnUnconcludedContractHasNoPackage(t *testing.T) {
	w, clerk, _ := concluded(t)
	w.Roster(clerk, w.Actor(demo.Reviewer), apptest.Form(demo.WorkerB))
	w.Until("the contract", func() bool {
		n, err := w.Contract.Unsigned(t.Context(), w.Actor(demo.WorkerB).Person)
		return err == nil && n == 1
	})
	worker := w.Actor(demo.WorkerB)
	held, err := w.Contract.List(t.Context(), worker.Person, contract.ToSign, 0)
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.Contract.Mine(t.Context(), worker, held.List[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Evidence.Make(t.Context(), worker, d); app.KindOf(err) != app.Conflict {
		t.Error(err)
	}
}

func TestTheChainIsAnchoredOnceADay(t *testing.T) {
	w := apptest.New(t)
	w.People()
	sweep := func() {
		t.Helper()
		if err := w.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	newest := func() (id int64) {
		found, err := w.DB.NewestAnchor(t.Context())
		if err != nil {
			return 0
		}
		return found.AuditID
	}
	sweep()
	w.Until("the first anchor", func() bool { return newest() != 0 })
	first := newest()
	w.Actor(demo.WorkerA)
	sweep()
	time.Sleep(50 * time.Millisecond)
	if newest() != first {
		t.Error("a second anchor on the same day")
	}
	w.Wait(24 * time.Hour)
	sweep()
	w.Until("the next day's anchor", func() bool { return newest() > first })
}
