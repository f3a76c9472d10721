package journey

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/chromedp"
)

// lanName stands for the office machine in journeys over HTTPS.
const lanName = "laoqi-office.local"

// secureSite starts the program with HTTPS under lanName, and a browser that finds
// it there and trusts its root certificate as a colleague's does once installed.
// Its windows are a secure context, with camera and passkeys.
func secureSite(t *testing.T, ready string, env []string, args ...string) *site {
	t.Helper()
	port := freePort()
	s := start(t, ready, env, append(args, "-tls", "lan", "-tls-addr", fmt.Sprintf("127.0.0.1:%d", port),
		"-base-url", fmt.Sprintf("https://%s:%d", lanName, port))...)
	s.trust(lanName)
	s.plain = strings.Replace(s.address, "127.0.0.1", lanName, 1)
	s.address = fmt.Sprintf("https://%s:%d", lanName, port)
	return s
}

// trust gives the site a browser of its own that maps the name to this machine and
// has the root certificate in its store.
func (s *site) trust(name string, more ...chromedp.ExecAllocatorOption) {
	s.t.Helper()
	home := browserFolder(s.t)
	root := filepath.Join(home, "laoqi.cer")
	if err := os.WriteFile(root, s.fetch(link.ConnectCert), 0o600); err != nil {
		s.t.Fatal(err)
	}
	store := filepath.Join(home, ".pki", "nssdb")
	if err := os.MkdirAll(store, 0o700); err != nil {
		s.t.Fatal(err)
	}
	for _, args := range [][]string{{"-N", "--empty-password"}, {"-A", "-n", "laoqi", "-t", "C,,", "-i", root}} {
		if out, err := exec.Command("certutil", append(args, "-d", "sql:"+store)...).CombinedOutput(); err != nil {
			s.t.Fatalf("certutil: %v\n%s", err, out)
		}
	}
	browser, end, err := startChromium(filepath.Join(home, "profile"), append(more, chromedp.Env("HOME="+home),
		chromedp.Flag("host-resolver-rules", "MAP "+name+" 127.0.0.1"))...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(end)
	s.browser = browser
}

// eval is what an expression of the page comes to, as text.
func (w *window) eval(expression string) (text string) {
	w.t.Helper()
	w.do(w.ctx, chromedp.Evaluate("String("+expression+")", &text))
	return text
}

func TestAnOfficeWorksOverHTTPSUnderItsOwnAuthority(t *testing.T) {
	folder := prepare(t, func(s *staff) {
		s.leave(1)
		s.operator()
	})
	s := secureSite(t, "劳契已启动：", nil, "-data", folder)
	if printed := s.printed.after("劳契已启动："); printed != s.address {
		t.Errorf("printed %s", printed)
	}
	operator := s.open(phone, link.MobileLogin)
	operator.logIn(demo.Operator)
	operator.sees("您好")
	for expression, want := range map[string]string{
		"isSecureContext": "true", "typeof navigator.mediaDevices.getUserMedia": "function", "typeof navigator.serviceWorker.register": "function",
	} {
		if have := operator.eval(expression); have != want {
			t.Errorf("%s is %s", expression, have)
		}
	}
	hall := s.open(desktop, link.HallLogin)
	hall.logIn(demo.Agent)
	hall.in("用工备案管理").click("电子合同签章授权")
	hall.sees("请操作员用手机扫一扫")
	operator.visit(hall.ticket())
	operator.fill("证书密码", apptest.Passphrase)
	operator.click("确认授权")
	operator.sees("授权成功")
	hall.sees("授权成功") // told by the live stream

	desk := s.open(desktop, link.DeskLogin)
	desk.logIn(demo.Reviewer)
	desk.click("设置自检")
	desk.sees("检查结果", "安全连接（lan）", "还没有备份过", "用连着单位网络的手机扫描二维码")
	operator.visit(strings.TrimPrefix(desk.eval("document.querySelector('.half .hash').textContent"), s.address))
	operator.sees("请用手机扫描二维码")
	desk.sees("由这台电脑自己打开") // told by the live stream
	desk.shoot("self-check")
	operator.shoot("self-check-phone")

	visitor := s.open(phone, link.Home) // by plain HTTP, as before the certificate is installed
	visitor.address = s.plain
	visitor.visit(link.Connect)
	visitor.sees("安装安全连接证书", "安卓手机", "苹果手机")
	visitor.shoot("connect-phone")
	visitor.visit(link.Check)
	if at := visitor.eval("location.origin"); at != s.address {
		t.Errorf("plain HTTP led to %s", at)
	}
	s.open(desktop, link.Connect).shoot("connect")
}
