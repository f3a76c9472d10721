package journey

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laoqi/app/apptest/upload"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// TestGuide1_5 walks 电子劳动合同补充条款: template, upload, the worker's signature,
// the operator's confirmation, the seal.
func TestGuide1_5(t *testing.T) {
	s := demoSite(t)
	j := &mainJob{site: s, phones: s.phones()}
	j.fileNewContract()
	j.approveAndRoster()
	j.bossAddsSeal()
	j.bossGrants()
	j.operatorAuthorizes()
	template := j.clerkGetsTemplate()
	j.clerkUploads(savedAsPDF(t, template))
	j.clerkWithdrawsWithoutScript()
	j.workerSignsSupplement()
	j.operatorConfirms()
	concluded := j.supplementConcluded()
	keep(t, "supplement.docx", template)
	keep(t, "supplement.pdf", concluded)
	checkWithForeignTools(t, concluded, s.fetch(link.Root))
}

// clerkGetsTemplate finds the worker by number and name, and downloads the template.
func (j *mainJob) clerkGetsTemplate() []byte {
	h, sample := j.hall, worker()
	h.visit(link.Hall)
	h.in("用工备案管理").click("电子劳动合同生成")
	h.fill("姓名", sample.Name)
	h.fill("身份证号", sample.Number)
	h.click("查询")
	h.in(sample.Name).sees("新订")
	j.shoot(h, "supplement-list")
	h.click("补充条款：" + sample.Name)
	h.sees("还没有补充条款")
	j.shoot(h, "supplement-contract")
	return h.saved("*.docx", func() { h.click("电子劳动合同补充条款模板下载") })
}

func worker() demo.Sample {
	sample, _ := demo.Find(demo.WorkerA)
	return sample
}

// savedAsPDF is the template as LibreOffice saves it, or any PDF without LibreOffice.
func savedAsPDF(t *testing.T, template []byte) []byte {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		return upload.Plain(2)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "supplement.docx"), template, 0o600); err != nil {
		t.Fatal(err)
	}
	convert := exec.Command("soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", "pdf", "supplement.docx")
	convert.Dir = folder
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	saved, err := os.ReadFile(filepath.Join(folder, "supplement.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

// clerkUploads tries the Word file first.
func (j *mainJob) clerkUploads(saved []byte) {
	h := j.hall
	h.upload("补充条款文件", "supplement.docx", []byte("PK\x03\x04"))
	h.click("电子合同补充条款模板上传")
	h.sees("请更正以下 1 处", "这不是 PDF 文件")
	j.shoot(h, "supplement-refused")
	h.upload("补充条款文件", "supplement.pdf", saved)
	h.click("电子合同补充条款模板上传")
	h.sees("上传电子劳动合同补充条款模板成功", "待个人签名", "文件预览")
	j.shoot(h, "supplement-uploaded")
}

// clerkWithdrawsWithoutScript uploads a second one in a browser without
// JavaScript, replaces it and takes it back.
func (j *mainJob) clerkWithdrawsWithoutScript() {
	w := j.open(desktopPlain, link.HallContracts)
	w.logIn(demo.Agent)
	w.click("补充条款：" + worker().Name)
	w.upload("补充条款文件", "second.pdf", upload.Plain(51))
	w.click("电子合同补充条款模板上传")
	w.sees("有 51 页，超过 50 页")
	w.upload("补充条款文件", "second.pdf", upload.Plain(1))
	w.click("电子合同补充条款模板上传")
	w.sees("上传电子劳动合同补充条款模板成功", "补充条款（2）")
	w.upload("补充条款文件", "third.pdf", upload.Plain(2))
	w.click("电子合同补充条款模板上传")
	w.sees("补充条款（3）", "3 页（含签署页）")
	w.click("撤回")
	w.sees("撤回后劳动者不能再签署这份文件")
	w.click("确认撤回")
	w.sees("已撤回补充条款")
	w.click("返回合同")
	w.in("补充条款（2）").sees("已撤回")
	w.in("补充条款（1）").sees("待个人签名")
}

func (j *mainJob) workerSignsSupplement() {
	w := j.open(phone, link.Mobile)
	j.worker = w
	w.logIn(demo.WorkerA)
	w.click("我的合同")
	w.click("劳动合同")
	w.sees("第 1 份，共 2 份", "请先读完全文")
	w.readAll()
	w.click("放大")
	w.sees("150%")
	j.shoot(w, "supplement-zoomed")
	w.click("已阅读，读下一份：补充条款（1）")
	w.sees("第 2 份，共 2 份", "请先阅读全文", "以下是文件原样")
	j.shoot(w, "supplement-worker")
	w.readAll()
	w.click("已阅读，去签署")
	j.activate(w, demo.WorkerA, "supplement-activate")
	w.sees("手写签名")
	w.tick("劳动合同")
	w.tick("补充条款（1）")
	w.click("横屏手写")
	w.signAcross()
	j.shoot(w, "supplement-wide")
	time.Sleep(time.Second) // a tap too soon after a stroke is taken for its end
	w.click("写好了")
	w.sees("横屏手写")
	j.shoot(w, "supplement-sign")
	w.fill("证书密码", passphrase)
	w.click("获取验证码")
	w.fill("短信验证码", j.phones.code(demo.WorkerA))
	w.tick("我")
	w.click("确认签署")
	w.sees("签署成功", "劳动合同", "补充条款（1）", "待操作员确认")
	j.shoot(w, "supplement-signed")
	j.hall.sees("待操作员确认")
	j.shoot(j.hall, "supplement-unconfirmed")
}

// operatorConfirms reads the file and enters the passphrase, wrong at first.
func (j *mainJob) operatorConfirms() {
	w := j.operator
	w.visit(link.Mobile)
	w.click(worker().Name + "的补充条款（1）等您确认盖章")
	w.sees("待操作员确认", "文件 SHA-256", demo.EnterpriseName)
	w.fill("证书密码", "Wrong2026")
	w.click("确认盖章")
	w.sees("请更正以下 1 处", "证书密码不正确")
	w.fill("证书密码", passphrase)
	j.shoot(w, "supplement-confirm")
	w.click("确认盖章")
	w.sees("已确认")
	j.shoot(w, "supplement-confirmed")
}

// supplementConcluded is seen by everybody; both parties have the same file.
func (j *mainJob) supplementConcluded() []byte {
	h, w := j.hall, j.worker
	h.sees("已签署")
	j.shoot(h, "supplement-concluded")
	concluded := h.download(func() { h.click("下载补充条款") })
	w.click("补充条款（1）")
	w.sees("补充条款已订立")
	if got := w.download(func() { w.click("下载补充条款") }); string(got) != string(concluded) {
		j.t.Error("the worker downloads another file than the clerk")
	}
	h.click("核验补充条款")
	h.sees("签名有效，签署后内容没有被改动。", "补充条款（1）")
	if !strings.HasPrefix(h.path(), "/check/") {
		j.t.Errorf("checked at %s", h.path())
	}
	j.shoot(h, "supplement-check")
	return concluded
}
