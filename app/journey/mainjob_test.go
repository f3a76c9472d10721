package journey

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/law"
	"laoqi/app/link"

	"github.com/chromedp/chromedp"
)

// passphrase protects every certificate of the journey.
const passphrase = "Qianming2026"

// mainJob is the path from a filing to a sealed contract, and its people.
type mainJob struct {
	*site
	plain                              bool // without JavaScript
	phones                             phones
	hall, desk, worker, boss, operator *window
	pictures                           int
}

// at opens a window of one of the people.
func (j *mainJob) at(d device, path string) *window {
	j.t.Helper()
	d.noScript = j.plain
	return j.open(d, path)
}

// follow waits until the hall's page shows the words, by itself or, without
// JavaScript, by its link.
func (j *mainJob) follow(words ...string) {
	j.t.Helper()
	if j.plain {
		j.hall.click("刷新状态")
	}
	j.hall.sees(words...)
}

// shoot numbers the pictures in the order of the story.
func (j *mainJob) shoot(w *window, name string) {
	j.t.Helper()
	j.pictures++
	w.shoot(fmt.Sprintf("%02d-%s", j.pictures, name))
}

func TestMainJob(t *testing.T) { walk(t, false) }

// Without JavaScript the same path is walked by links, buttons and 刷新状态.
func TestMainJobWithJavaScriptOff(t *testing.T) { walk(t, true) }

func walk(t *testing.T, plain bool) {
	s := demoSite(t)
	j := &mainJob{site: s, plain: plain, phones: s.phones()}
	j.shoot(j.phones.window, "demo")
	j.fileNewContract()
	j.approveAndRoster()
	j.workerSigns()
	j.bossAddsSeal()
	j.bossGrants()
	j.operatorAuthorizes()
	j.bossReadsUsage()
	concluded := j.clerkDownloads()
	j.workerDownloads(concluded)
	j.anybodyChecks()
	root := s.fetch(link.Root)
	keep(t, "contract.pdf", concluded)
	keep(t, "ca.pem", root)
	checkWithForeignTools(t, concluded, root)
}

// fileNewContract is step 2: the clerk files 新签 with an electronic contract.
func (j *mainJob) fileNewContract() {
	w := j.at(desktop, link.Hall)
	j.hall = w
	j.shoot(w, "hall-login")
	w.logIn(demo.Agent)
	w.sees(demo.EnterpriseName)
	j.shoot(w, "hall-home")
	w.in("用工备案管理").click("新签")
	w.click("新增新签备案")
	w.sees("是否启用电子劳动合同")
	j.shoot(w, "enable")
	w.click("是")
	sample, _ := demo.Find(demo.WorkerA)
	start := app.DateOf(time.Now())
	for _, f := range [][2]string{
		{"姓名", sample.Name}, {"证件号码", sample.Number}, {"联系电话", sample.Mobile}, {"现住地址", "吉林省长春市南关区人民大街 8 号"},
		{"起始日期", start.String()}, {"岗位（工种）", "质检员"}, {"工作地点", "吉林省长春市"}, {"工作内容", "零件尺寸和外观检验"},
		{"月工资（元）", "5200"}, {"每月发薪日", "15"}, {"试用期（月）", "9"}, {"试用期月工资（元）", "4500"},
		{"社会保险", "按国家和吉林省规定参加社会保险"}, {"劳动保护", "提供劳动防护用品和安全培训"},
	} {
		w.fill(f[0], f[1])
	}
	w.choose("用工形式", "全日制用工")
	w.choose("合同期限类型", "固定期限")
	w.fill("终止日期", law.LastDay(start, 36).String())
	w.choose("工时制度", "标准工时制")
	w.choose("工资形式", "月薪制")
	w.click("提交备案")
	w.sees("请更正以下 1 处", "第十九条")
	w.fill("试用期（月）", "3")
	j.shoot(w, "filing-form")
	w.click("提交备案")
	w.sees("待审核", sample.Name)
	j.shoot(w, "filings")
}

// approveAndRoster is step 3: the reviewer approves and makes the roster.
func (j *mainJob) approveAndRoster() {
	sample, _ := demo.Find(demo.WorkerA)
	w := j.at(desktop, link.Desk)
	j.desk = w
	w.logIn(demo.Reviewer)
	w.click("用工备案审核")
	w.click("审核" + sample.Name + "的备案")
	j.shoot(w, "desk-filing")
	w.in("通过后进入").click("审核通过")
	w.sees("待生成名册")
	w.click("生成名册")
	w.sees("名册已生成", sample.Name)
	j.shoot(w, "desk-roster")
}

// workerSigns is step 4: a message, the contract, the certificate, the signature.
func (j *mainJob) workerSigns() {
	w := j.at(phone, link.Mobile)
	j.worker = w
	w.logIn(demo.WorkerA)
	j.shoot(w, "worker-home")
	w.click("我的合同")
	w.click("劳动合同")
	w.sees("签署前请了解", "合同全文")
	j.shoot(w, "worker-contract")
	w.readAll()
	w.click("已阅读，去签署")
	j.activate(w, demo.WorkerA, "worker-activate")
	w.sees("手写签名")
	if j.plain {
		sample, _ := demo.Find(demo.WorkerA)
		w.fill("您的姓名", sample.Name)
	} else {
		w.sign()
		j.shoot(w, "worker-handwriting")
	}
	w.click("获取验证码") // first: without JavaScript a password does not outlive it
	w.fill("短信验证码", j.phones.code(demo.WorkerA))
	w.fill("证书密码", passphrase)
	w.tick("我")
	j.shoot(w, "worker-sign")
	w.click("确认签署")
	w.sees("签署成功", "等待单位盖章")
	j.shoot(w, "worker-signed")
}

// activate fills 数字证书激活 on the page at hand.
func (j *mainJob) activate(w *window, who demo.Who, picture string) {
	w.sees("首次使用需要激活数字证书")
	if who == demo.WorkerA || who == demo.Operator { // on the way to something else the code is asked for
		w.click("获取验证码")
	}
	w.fill("短信验证码", j.phones.code(who))
	w.fill("证书密码", passphrase)
	w.fill("确认密码", passphrase)
	w.tick("我已阅读并同意")
	j.shoot(w, picture)
	w.click("激活")
}

// bossAddsSeal is step 5's first half.
func (j *mainJob) bossAddsSeal() {
	w := j.at(phone, link.Mobile)
	j.boss = w
	w.click("单位登录")
	w.logIn(demo.Boss)
	w.click("我的")
	w.click("我的印章")
	j.activate(w, demo.Boss, "boss-activate")
	w.click("电子印章管理")
	w.click("添加电子印章")
	w.choose("印章类型", app.SealName.Label())
	if !j.plain { // the name is composed at once
		w.sees(demo.EnterpriseName)
	}
	w.click("预览印章")
	w.look("picture", "印章预览：")
	j.shoot(w, "seal-preview")
	w.click("生成印章")
	w.sees("验证本人身份")
	w.click("获取验证码")
	w.fill("短信验证码", j.phones.code(demo.Boss))
	w.fill("登录密码", demo.Password)
	j.shoot(w, "seal-proof")
	w.click("确定生成")
	w.sees("使用中")
	j.shoot(w, "seal-added")
}

// bossGrants is step 5's second half: the operator may use the seal.
func (j *mainJob) bossGrants() {
	w := j.boss
	if w.path() == link.MobileSeals {
		w.click(app.SealName.Label())
	}
	w.click("授权")
	w.sees("授权他人使用印章")
	w.click("添加")
	sample, _ := demo.Find(demo.Operator)
	w.fill("被授权人姓名", sample.Name)
	w.fill("证件号码", sample.Number)
	w.fill("手机号码", sample.Mobile)
	today := app.DateOf(time.Now())
	w.fill("授权开始日期", today.String())
	w.fill("授权结束日期", today.AddYears(1).String())
	j.shoot(w, "grant-form")
	w.click("保存")
	w.sees(sample.Name)
	j.shoot(w, "grants")
}

var ticketAddress = regexp.MustCompile(`https?://[^ ]+(/m/a/[\w-]+)`)

// operatorAuthorizes is step 6: the hall's page follows the phone by itself.
func (j *mainJob) operatorAuthorizes() {
	h := j.hall
	h.click("电子合同签章授权")
	if j.plain {
		h.click("生成授权二维码")
	}
	h.sees("请操作员用手机扫一扫")
	j.shoot(h, "qr")
	var text string
	h.do(h.ctx, chromedp.Evaluate(`document.getElementById('authorize').innerText`, &text))
	found := ticketAddress.FindStringSubmatch(text)
	if found == nil {
		h.fatal("the page names no address to open")
	}
	w := j.at(phone, found[1])
	j.operator = w
	w.logIn(demo.Operator)
	if j.plain {
		w.click("继续")
	}
	w.sees("授权内容")
	j.follow("已扫描")
	j.shoot(h, "scanned")
	w.click("激活数字证书")
	j.activate(w, demo.Operator, "operator-activate")
	w.sees("授权内容")
	w.fill("证书密码", "Wrong2026")
	w.click("确认授权")
	w.sees("请更正以下 1 处")
	w.fill("证书密码", passphrase)
	j.shoot(w, "operator-authorize")
	w.click("确认授权")
	w.sees("授权成功")
	j.shoot(w, "operator-done")
	j.follow("授权成功", "查看合同")
	j.shoot(h, "authorized")
}

// bossReadsUsage: the authorization and the sealing each left a record.
func (j *mainJob) bossReadsUsage() {
	w := j.boss
	w.visit(link.MobileSealHome)
	w.click("印章使用记录")
	operator, _ := demo.Find(demo.Operator)
	w.sees(operator.Name, app.SealName.Label())
	j.shoot(w, "usage")
	w.in("劳动合同").click(demo.EnterpriseName + app.SealName.Label())
	w.sees("盖章文件", "依据的电子合同签章授权")
	j.shoot(w, "use")
	w.click("核验这份文件")
	w.sees("签名有效，签署后内容没有被改动。")
}

// clerkDownloads is step 7: the contract is sealed without any more ado.
func (j *mainJob) clerkDownloads() []byte {
	h := j.hall
	h.click("查看合同")
	sample, _ := demo.Find(demo.WorkerA)
	h.in(sample.Name).sees("已签署", "新订")
	j.shoot(h, "contracts")
	return h.download(func() { h.click("电子劳动合同下载") })
}

func (j *mainJob) workerDownloads(concluded []byte) {
	w := j.worker
	w.click("查看合同")
	w.sees("已签署")
	j.shoot(w, "worker-concluded")
	if got := w.download(func() { w.click("下载合同") }); string(got) != string(concluded) {
		j.t.Error("the worker downloads another file than the clerk")
	}
}

// anybodyChecks opens the check page as the QR code on the contract does.
func (j *mainJob) anybodyChecks() {
	j.worker.click("核验合同")
	j.worker.sees("签名")
	w := j.at(desktop, j.worker.path())
	w.sees("签名有效，签署后内容没有被改动。", demo.EnterpriseName, "乙方（劳动者）签名有效", "甲方（用人单位）盖章有效")
	j.shoot(w, "check")
	w.in("甲方（用人单位）盖章").click("证书、时间戳和覆盖范围")
	w.sees("覆盖范围")
	j.shoot(w, "check-details")
	w.click("信任本系统的根证书")
	w.sees("指纹（SHA-256）", "受信任的根证书颁发机构")
	j.shoot(w, "trust")
}
