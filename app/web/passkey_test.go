package web_test

import (
	"html"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/softkey"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/passkey"
	"laoqi/app/seal"
)

// openLocal is open under localhost, where browsers keep passkeys without HTTPS.
func openLocal(t testing.TB) *site {
	s := open(t)
	server := httptest.NewUnstartedServer(nil)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	s.must(err)
	base := "http://localhost:" + port
	s.handler = s.site(base, nil)
	server.Config.Handler = s.handler
	server.Start()
	t.Cleanup(server.Close)
	s.server, server.URL = server, base
	return s
}

// passkey gives the account one, and returns its id.
func (s *site) passkey(by app.Actor, who demo.Who) int64 {
	s.t.Helper()
	at := passkey.Site{Host: "office-pc.lan", Origin: "https://office-pc.lan"}
	s.Wait(identity.CodePause)
	n := identity.NewPasskey{Name: "我的手机", Proof: identity.Proof{Password: demo.Password, Code: s.SMSCode(by, who, identity.ForPasskey)}}
	options, err := s.Identity.AskNewPasskey(s.t.Context(), by, at, n)
	s.must(err)
	s.must(s.Identity.AddPasskey(s.t.Context(), by, at, n.Name, softkey.New(at.Host, at.Origin).Make(options)))
	list, err := s.Identity.Passkeys(s.t.Context(), by)
	s.must(err)
	return list[0].ID
}

var asked = regexp.MustCompile(`data-options="([^"]*)"`)

// options is what the page asks the device.
func (p page) options(t testing.TB) string {
	t.Helper()
	found := asked.FindStringSubmatch(p.Body)
	if found == nil {
		t.Fatalf("%s asks no device:\n%s", p.Path, p.text())
	}
	return html.UnescapeString(found[1])
}

// post answers the form that the page holds.
func (b browser) post(p page, to string, values url.Values) page {
	b.s.t.Helper()
	found := tokens.FindAllStringSubmatch(p.Body, -1)
	values.Set("_token", found[len(found)-1][1])
	return b.read(b.client.PostForm(b.s.server.URL+to, values))
}

// addsPasskey adds one as the pages ask.
func (b browser) addsPasskey(who demo.Who) *softkey.Key {
	b.s.t.Helper()
	b.s.Screen.Clear()
	b.sendFrom(link.MobilePasskeyAdd, link.MobilePasskeySMS, url.Values{}).shows(b.s.t, http.StatusOK, `data-wait="60"`)
	p := b.send(link.MobilePasskeyAdd, url.Values{"name": {"我的手机"}, "password": {demo.Password}, "code": {b.s.Code(who)}})
	p.shows(b.s.t, http.StatusOK, "在这台设备上创建", "暂不添加，返回")
	key := softkey.New("localhost", b.s.server.URL)
	b.post(p, link.MobilePasskeyMake, url.Values{"name": {"我的手机"}, "answer": {key.Make(p.options(b.s.t))}}).shows(b.s.t, http.StatusOK, "通行密钥已添加", "我的手机", "还没有使用过")
	return key
}

// logsInBy is 通行密钥登录 of the face; the script of the page does the same.
func (b browser) logsInBy(key *softkey.Key, login, ask, enter string) page {
	b.s.t.Helper()
	p := b.get(login)
	p.shows(b.s.t, http.StatusOK, "通行密钥登录")
	options := b.post(p, ask, url.Values{})
	return b.post(p, enter, url.Values{"answer": {key.Use(options.Body)}})
}

func TestAPasskeyIsAddedUsedAndRemoved(t *testing.T) {
	s := openLocal(t)
	b := s.as(demo.WorkerA)
	b.get(link.MobilePasskeys).shows(t, http.StatusOK, "还没有通行密钥", "添加通行密钥")
	b.send(link.MobilePasskeyAdd, url.Values{"name": {""}}).shows(t, http.StatusUnprocessableEntity, "请输入 1 到 20 个字的名称", "请输入登录密码", "请输入短信验证码")
	key := b.addsPasskey(demo.WorkerA)
	b.get(link.MobileSecurity).shows(t, http.StatusOK, "1 个")
	b.get(link.MobileInfo).shows(t, http.StatusOK, "我的手机，个人账号")
	other := s.visitor()
	other.logsInBy(key, link.MobileLogin, link.MobilePasskeyAsk, link.MobilePasskey).shows(t, http.StatusOK, "王秀兰")
	other.get(link.MobilePasskeys).shows(t, http.StatusOK, "最近使用")
	s.visitor().logsInBy(key, link.HallLogin, link.HallPasskeyAsk, link.HallPasskey).shows(t, http.StatusOK, "这个通行密钥属于个人账号", "单位登录")
	list, err := s.Identity.Passkeys(t.Context(), s.Actor(demo.WorkerA))
	s.must(err)
	remove := link.To(link.MobilePasskeyRemove, list[0].ID)
	b.get(remove).shows(t, http.StatusOK, "我的手机", "删除后立即不能再用它登录")
	b.send(remove, url.Values{}).shows(t, http.StatusOK, "通行密钥已删除", "还没有通行密钥")
	s.visitor().logsInBy(key, link.MobileLogin, link.MobilePasskeyAsk, link.MobilePasskey).shows(t, http.StatusOK, "通行密钥没有通过验证", "用户登录")
}

func TestAnAnswerFromAnotherOriginIsRefused(t *testing.T) {
	s := openLocal(t)
	key := s.as(demo.WorkerA).addsPasskey(demo.WorkerA)
	own := key.Origin
	for _, origin := range []string{"https://evil.example", "http://localhost:1", strings.Replace(own, "localhost", "127.0.0.1", 1), strings.Replace(own, "http", "https", 1)} {
		key.Origin = origin
		s.visitor().logsInBy(key, link.MobileLogin, link.MobilePasskeyAsk, link.MobilePasskey).shows(t, http.StatusOK, "通行密钥没有通过验证", "用户登录")
	}
	key.Origin = own
	s.Wait(identity.CodePause)
	key.Host = "evil.example"
	s.visitor().logsInBy(key, link.MobileLogin, link.MobilePasskeyAsk, link.MobilePasskey).shows(t, http.StatusOK, "用户登录")
}

func TestAnAnswerIsNotTakenTwice(t *testing.T) {
	s := openLocal(t)
	key := s.as(demo.WorkerA).addsPasskey(demo.WorkerA)
	b := s.visitor()
	p := b.get(link.MobileLogin)
	answer := url.Values{"answer": {key.Use(b.post(p, link.MobilePasskeyAsk, url.Values{}).Body)}}
	b.post(p, link.MobilePasskey, answer).shows(t, http.StatusOK, "王秀兰")
	thief := s.visitor()
	thief.post(thief.get(link.MobileLogin), link.MobilePasskey, answer).shows(t, http.StatusOK, "这次设备验证已失效", "用户登录")
}

func TestASealIsVoidedByPasskeyAndPassword(t *testing.T) {
	s := openLocal(t)
	boss := s.as(demo.Boss)
	boss.enter(demo.Boss)
	id := s.MakeSeal(s.Actor(demo.Boss), app.SealContract)
	key := boss.addsPasskey(demo.Boss)
	void := link.To(link.MobileSealVoid, id)
	boss.get(void).shows(t, http.StatusOK, "设备验证（通行密钥）")
	question := boss.send(void, url.Values{"by": {"passkey"}})
	question.shows(t, http.StatusOK, "使用通行密钥", "改用短信验证码")
	boss.post(question, void, url.Values{"by": {"passkey"}, "show": {"1"}, "other": {"1"}}).shows(t, http.StatusOK, "获取验证码")
	wrong := softkey.New("localhost", s.server.URL)
	boss.post(question, void, url.Values{"by": {"passkey"}, "show": {"1"}, "answer": {wrong.Use(question.options(t))}}).shows(t, http.StatusUnprocessableEntity, "通行密钥没有通过验证")
	question = boss.send(void, url.Values{"by": {"passkey"}})
	proved := boss.post(question, void, url.Values{"by": {"passkey"}, "show": {"1"}, "answer": {key.Use(question.options(t))}})
	proved.shows(t, http.StatusOK, "设备验证已通过")
	pass := regexp.MustCompile(`name="pass" value="([^"]+)"`).FindStringSubmatch(proved.Body)[1]
	form := url.Values{"by": {"passkey"}, "pass": {pass}, "password": {"Wrong2026"}}
	boss.post(proved, void, form).shows(t, http.StatusUnprocessableEntity, "登录密码不正确", "设备验证已通过")
	form.Set("password", demo.Password)
	boss.send(void, form).shows(t, http.StatusOK, "已作废")
	seals, err := s.Seal.List(t.Context(), s.Actor(demo.Boss))
	s.must(err)
	for _, x := range seals {
		if x.ID == id && !x.Void() {
			t.Error("the seal lives")
		}
	}
	if seal.VoidIntent(id) == seal.VoidIntent(id+1) {
		t.Error("one intent for two seals")
	}
}

func TestAWorkerSignsByPasskeyAndPassphrase(t *testing.T) {
	s := openLocal(t)
	s.Activate(s.Actor(demo.WorkerA), demo.WorkerA)
	d := s.contract(demo.WorkerA)
	worker := s.as(demo.WorkerA)
	key := worker.addsPasskey(demo.WorkerA)
	sign := link.To(link.MobileSign, d.ID)
	form := url.Values{contract.FieldDocument: {d.Reading().String()}, contract.FieldWay: {string(contract.Typed)}, contract.FieldTyped: {"王秀兰"}, contract.FieldConsent: {"on"}, "by": {"passkey"}}
	question := worker.send(sign, form)
	question.shows(t, http.StatusOK, "使用通行密钥", `value="王秀兰"`)
	form.Set("show", "1")
	form.Set("answer", key.Use(question.options(t)))
	proved := worker.post(question, sign, form)
	proved.shows(t, http.StatusOK, "设备验证已通过", `value="王秀兰"`)
	form.Del("show")
	form.Del("answer")
	form.Set("pass", regexp.MustCompile(`name="pass" value="([^"]+)"`).FindStringSubmatch(proved.Body)[1])
	form.Set(contract.FieldPassphrase, apptest.Passphrase)
	worker.post(proved, sign, form).shows(t, http.StatusOK, "签署成功")
	logged, err := s.DB.AuditFrom(t.Context(), 0)
	s.must(err)
	for _, row := range logged {
		if row.Kind == "document.signed" && !strings.Contains(row.Facts, `"factor":"passkey"`) {
			t.Errorf("logged %s", row.Facts)
		}
	}
}

func TestOnlyWhereKeysServeIsAPasskeyOffered(t *testing.T) {
	s := open(t) // by an address, without HTTPS
	b := s.as(demo.WorkerA)
	p := b.get(link.MobilePasskeys)
	p.shows(t, http.StatusOK, "通行密钥只能在安全连接（https）和域名下使用")
	if strings.Contains(p.Body, "添加通行密钥") || strings.Contains(b.get(link.HallLogin).Body, "通行密钥登录") {
		t.Error("a passkey is offered where none can serve")
	}
	b.get(link.MobilePasskeyAdd).shows(t, http.StatusOK, "现在打开的地址不行")
	b.sendFrom(link.MobileMe, link.MobilePasskeyMake, url.Values{"name": {"手机"}, "answer": {"{}"}}).shows(t, http.StatusOK, "现在打开的地址不行")

	for _, c := range []struct {
		base, host string
		tls, want  bool
	}{
		{"https://office-pc.lan:8443", "office-pc.lan:8443", true, true},
		{"https://office-pc.lan", "office-pc.lan", true, true},
		{"https://office-pc.lan", "OFFICE-PC.lan:443", true, true},
		{"https://office-pc.lan:8443", "office-pc.lan:8443", false, false},
		{"https://office-pc.lan:8443", "office-pc.lan:9999", true, false},
		{"https://office-pc.lan:8443", "evil.example:8443", true, false},
		{"https://office-pc.lan:8443", "192.168.1.5:8443", true, false},
		{"https://192.168.1.5:8443", "192.168.1.5:8443", true, false},
		{"http://office-pc.lan:8080", "office-pc.lan:8080", false, false},
		{"http://127.0.0.1:8080", "localhost:8080", false, true},
		{"http://127.0.0.1:8080", "localhost:8081", false, false},
	} {
		r := httptest.NewRequest(http.MethodGet, map[bool]string{true: "https", false: "http"}[c.tls]+"://"+c.host+link.HallLogin, nil)
		w := httptest.NewRecorder()
		s.site(c.base, nil).ServeHTTP(w, r)
		offered := strings.Contains(w.Body.String(), "通行密钥登录")
		if offered != c.want || strings.Contains(w.Header().Get("Permissions-Policy"), "publickey-credentials-get=(self)") != c.want {
			t.Errorf("%s under %s, TLS %v: offered %v, %s", c.base, c.host, c.tls, offered, w.Header().Get("Permissions-Policy"))
		}
	}
}
