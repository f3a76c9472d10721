package journey

import (
	"bytes"
	"cmp"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
)

// gateway stands for an SMS provider: it keeps what the program posts to it.
type gateway struct {
	*httptest.Server
	mu    sync.Mutex
	texts map[string][]string // by mobile
}

func newGateway(t *testing.T) *gateway {
	g := &gateway{texts: map[string][]string{}}
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct{ Mobile, Text string }
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil || r.Header.Get("Authorization") != "Bearer secret" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		g.texts[m.Mobile] = append(g.texts[m.Mobile], m.Text)
	}))
	t.Cleanup(g.Close)
	return g
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// code waits for a code sent to the mobile that was not read before.
func (g *gateway) code(s *site, mobile string) (code string) {
	s.t.Helper()
	s.until("a code on "+mobile, func() bool {
		g.mu.Lock()
		defer g.mu.Unlock()
		for _, text := range g.texts[mobile] {
			code = cmp.Or(sixDigits.FindString(text), code)
		}
		delete(g.texts, mobile)
		return code != ""
	})
	return code
}

// install starts the real thing on an empty folder and makes its desk account.
func install(t *testing.T, g *gateway) (*site, *window) {
	t.Helper()
	s := start(t, "劳契已启动：", []string{"LAOQI_DATA=" + t.TempDir(), "LAOQI_SMS_URL=" + g.URL, "LAOQI_SMS_TOKEN=secret"})
	desk := s.open(desktop, link.Home)
	desk.sees("首次使用")
	desk.fill("一次性安装码", "wrong")
	desk.fill("审核账号名", "赵审核")
	desk.fill("密码", demo.Password)
	desk.fill("确认密码", demo.Password)
	desk.click("创建审核账号")
	desk.sees("安装码不正确")
	desk.fill("一次性安装码", s.printed.after("输入一次性安装码："))
	desk.fill("密码", demo.Password)
	desk.fill("确认密码", demo.Password)
	desk.shoot("first-run")
	desk.click("创建审核账号")
	desk.sees("审核账号已创建，请登录。")
	desk.fill("账号名", "赵审核")
	desk.fill("密码", demo.Password)
	desk.click("账号密码登录")
	desk.sees("身份核验", "企业入驻")
	return s, desk
}

// register takes a new person from the log-in page to a registered account.
func (w *window) register(g *gateway, s *site, who demo.Sample) {
	w.t.Helper()
	w.sees("用户登录")
	w.click("注册统一身份认证")
	w.fill("姓名", who.Name)
	w.fill("证件号码", who.Number)
	w.fill("证件有效期开始日期", "2024-03-01")
	w.click("10年")
	w.fill("手机号码", who.Mobile)
	w.click("获取验证码")
	w.fill("短信验证码", g.code(s, who.Mobile))
	w.fill("密码", demo.Password)
	w.fill("确认密码", demo.Password)
	w.tick("我已阅读并同意")
	w.click("注册账号")
	w.sees("注册成功", "身份核验")
}

func TestAPersonAndAnEnterpriseComeIntoANewInstallation(t *testing.T) {
	g := newGateway(t)
	s, desk := install(t, g)
	boss := s.open(phone, link.Mobile)
	sample, _ := demo.Find(demo.Boss)
	boss.register(g, s, sample)

	boss.click("提交证件照片")
	boss.sees("请更正以下 2 处")
	boss.upload("证件人像面照片", "card.png", card(t))
	boss.click("同意将证件照片用于核验本人身份；照片加密保存，核验后立即删除")
	boss.click("提交证件照片")
	boss.sees("正在等待审核人员核验")

	desk.click("身份核验")
	desk.click("核验" + sample.Name)
	desk.sees(sample.Number)
	desk.shoot("desk-identity")
	desk.click("核验通过")
	desk.sees("已处理，并已通知本人。", "没有等待核验的身份")

	boss.visit(link.MobileEnterprise)
	boss.fill("单位名称", demo.EnterpriseName)
	boss.fill("统一社会信用代码", "91220101MA0Y4K2X00")
	boss.fill("单位地址", "吉林省长春市高新区硅谷大街 100 号")
	boss.fill("联系电话", "0431-80001000")
	boss.upload("营业执照照片", "licence.png", card(t))
	boss.fill("单位登录密码", demo.Password)
	boss.fill("确认密码", demo.Password)
	boss.click("提交入驻申请")
	boss.sees("请更正以下")
	boss.fill("统一社会信用代码", demo.EnterpriseUSCC)
	boss.upload("营业执照照片", "licence.png", card(t))
	boss.fill("单位登录密码", demo.Password)
	boss.fill("确认密码", demo.Password)
	boss.click("提交入驻申请")
	boss.sees("入驻申请已提交")

	desk.click("企业入驻")
	desk.click("审核" + demo.EnterpriseName)
	desk.sees(demo.EnterpriseUSCC)
	desk.click("同意入驻")
	desk.sees("没有等待入驻的企业")

	hall := s.open(desktop, link.Hall)
	hall.logIn(demo.Boss)
	hall.sees(demo.EnterpriseName, "法定代表人："+sample.Name)
}

func TestAPersonRegistersWithJavaScriptOff(t *testing.T) {
	g := newGateway(t)
	s, _ := install(t, g)
	w := s.open(phonePlain, link.Mobile)
	sample, _ := demo.Find(demo.WorkerA)
	right := sample.Name
	sample.Name = "王秀芝"
	w.register(g, s, sample)
	w.click("提交证件照片")
	w.sees("请更正以下 2 处")
	w.click("更正身份信息")
	w.fill("姓名", right)
	w.fill("证件号码", sample.Number[:17])
	w.click("确认更正")
	w.sees("请更正以下 1 处")
	w.shoot("correct")
	w.fill("证件号码", sample.Number)
	w.click("确认更正")
	w.sees("身份信息已更正", right, "2024-03-01 至 2034-03-01")
	w.shoot("corrected")
}

// card is a picture such as a phone takes of a document.
func card(t *testing.T) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 640, 400))
	for i := range m.Pix {
		m.Pix[i] = 0xe8
	}
	for x := 40; x < 600; x++ {
		m.Set(x, 200, color.Black)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
