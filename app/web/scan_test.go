package web_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/seal"

	"github.com/skip2/go-qrcode"
)

// screenshot is a picture of a QR code that holds the text.
func (s *site) screenshot(text string) []byte {
	s.t.Helper()
	picture, err := qrcode.Encode(text, qrcode.Medium, 400)
	s.must(err)
	return picture
}

func (b browser) photo(file []byte) page {
	b.s.t.Helper()
	return b.uploadFrom(link.MobileScan, link.MobileScanPhoto, "photo", file)
}

func (b browser) typed(code string) page {
	b.s.t.Helper()
	return b.sendFrom(link.MobileScan, link.MobileScanCode, url.Values{"code": {code}})
}

var shownDigits = regexp.MustCompile(`class="typed">(\d{4} \d{4})<`)

// digits is the short code that the clerk's page shows.
func (b browser) digits() string {
	b.s.t.Helper()
	found := shownDigits.FindStringSubmatch(b.get(link.HallAuthorize).Body)
	if found == nil {
		b.s.t.Fatal("the hall shows no short code")
	}
	return found[1]
}

func TestAPhotoOfTheHallsCodeLeadsToTheAuthorization(t *testing.T) {
	s := authorizing(t)
	path := link.To(link.MobileTicket, s.Ticket(s.clerk))
	operator := s.as(demo.Operator)
	operator.get(link.MobileScan).shows(t, http.StatusOK, "扫一扫", "二维码照片", "数字码")
	for _, host := range []string{"http://laoqi.test", s.server.URL} {
		if got := operator.photo(s.screenshot(host + path)); got.Status != http.StatusOK || got.Path != path {
			t.Errorf("the photo of %s leads to %s: %d", host, got.Path, got.Status)
		}
	}
}

func TestAStrangeCodeIsNamedAndNotOpened(t *testing.T) {
	s := open(t)
	b := s.as(demo.Operator)
	for _, text := range []string{"https://evil.example/m/a/1", "http://laoqi.test@evil.example/m", "http://laoqi.test//evil.example", "http://laoqi.test/%2Fevil.example", `http://laoqi.test\@evil.example/m`,
		"http://laoqi.test.evil.example/m/a/1", "http://laoqi.test:81/m/a/1", "ftp://laoqi.test/m/a/1", "data:text/html,<script>alert(1)</script>", "javascript:alert(1)",
		"//laoqi.test/m", "laoqi.test/m", "HTTP://WEIXIN.QQ.COM/r/1", "你好"} {
		got := b.sendFrom(link.MobileScan, link.MobileScanText, url.Values{"text": {text}})
		got.shows(t, http.StatusUnprocessableEntity, "这不是本站的二维码，没有打开")
		if strings.Contains(got.Body, "data-start") || strings.Contains(got.Body, `href="`+text) {
			t.Errorf("the page scans on by itself, or links to %q", text)
		}
	}
	b.photo(s.screenshot("https://evil.example/"+strings.Repeat("x", 200))).shows(t, http.StatusUnprocessableEntity, "https://evil.example/", "…")
	b.sendFrom(link.MobileScan, link.MobileScanText, url.Values{"text": {"http://laoqi.test/check/ABCD"}}).shows(t, http.StatusNotFound)
}

func TestAPhotoWithoutACodeSaysWhatToDo(t *testing.T) {
	s := open(t)
	b := s.as(demo.Operator)
	var blank bytes.Buffer
	s.must(png.Encode(&blank, image.NewGray(image.Rect(0, 0, 300, 300))))
	b.photo(blank.Bytes()).shows(t, http.StatusUnprocessableEntity, "照片中没有找到二维码")
	b.photo([]byte("GIF89a")).shows(t, http.StatusUnprocessableEntity, "这不是 JPG 或 PNG 照片")
	b.photo(nil).shows(t, http.StatusUnprocessableEntity, "请选择拍有二维码的照片")
	b.photo(make([]byte, 21<<20)).shows(t, http.StatusUnprocessableEntity, "照片不能超过 20 MB")
}

func TestTheDigitsBesideTheCodeLeadToTheAuthorizationOnce(t *testing.T) {
	s := authorizing(t)
	clerk, operator := s.as(demo.Agent), s.as(demo.Operator)
	clerk.send(link.HallAuthorize, url.Values{})
	code, path := clerk.digits(), link.To(link.MobileTicket, s.token(demo.Agent))
	if got := operator.typed(code); got.Path != path {
		t.Fatalf("the digits lead to %s", got.Path)
	}
	operator.sendFrom(path, path+"/scan", url.Values{})
	operator.typed(code).shows(t, http.StatusUnprocessableEntity, "没有这个数字码")
	clerk.send(link.HallAuthorize, url.Values{})
	code, path = clerk.digits(), link.To(link.MobileTicket, s.token(demo.Agent))
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", " ", "－").Replace(code)
	if got := operator.typed(wide); got.Path != path {
		t.Errorf("full-width digits lead to %s", got.Path)
	}
	s.Wait(seal.TicketLife)
	operator.typed(code).shows(t, http.StatusUnprocessableEntity, "没有这个数字码")
}

func TestWrongDigitsLockTheAccountAndNoOther(t *testing.T) {
	s := authorizing(t)
	clerk, guesser := s.as(demo.Agent), s.as(demo.WorkerA)
	clerk.send(link.HallAuthorize, url.Values{})
	code := clerk.digits()
	guesser.typed("123").shows(t, http.StatusUnprocessableEntity, "8 位数字")
	wrong := strings.Map(func(r rune) rune {
		if r == ' ' {
			return r
		}
		return '9' - (r - '0')
	}, code)
	for range 5 {
		guesser.typed(wrong).shows(t, http.StatusUnprocessableEntity, "没有这个数字码", `value="`+wrong+`"`)
	}
	guesser.typed(code).shows(t, http.StatusUnprocessableEntity, "连续输错 5 次，已锁定")
	s.as(demo.Operator).typed(code).shows(t, http.StatusOK)
}

func TestOnlyTheScannersPageMayRunWebAssemblyAndUseTheCamera(t *testing.T) {
	s := open(t)
	b := s.as(demo.Operator)
	for path, want := range map[string]bool{link.MobileScan: true, link.Mobile: false, link.MobileMe: false} {
		r, err := b.client.Get(s.server.URL + path)
		s.must(err)
		r.Body.Close()
		if got := strings.Contains(r.Header.Get("Content-Security-Policy"), "'wasm-unsafe-eval'"); got != want {
			t.Errorf("%s: %v", path, got)
		}
		if got := strings.Contains(r.Header.Get("Permissions-Policy"), "camera=(self)"); got != want {
			t.Errorf("%s: camera %v", path, got)
		}
	}
}

func TestACodeOpenedByThePhonesOwnCameraSurvivesTheLogIn(t *testing.T) {
	s := authorizing(t)
	path := link.To(link.MobileTicket, s.Ticket(s.clerk))
	phone := s.visitor()
	door := phone.get(path)
	if want := link.With(link.MobileLogin, "next", path); door.Path != want {
		t.Fatalf("the code leads to %s, want %s", door.Path, want)
	}
	register := link.With(link.MobileRegister, "next", path)
	door.shows(t, http.StatusOK, `href="`+register+`"`)
	phone.get(register).shows(t, http.StatusOK, `name="next" value="`+path+`"`)
	sample, _ := demo.Find(demo.Operator)
	c := sample.Credentials()
	wrong := url.Values{"way": {string(c.Way)}, "name": {c.Name}, "password": {"wrong-1"}, "next": {path}}
	phone.sendFrom(door.Path, link.MobileLogin, wrong).shows(t, http.StatusUnprocessableEntity, `name="next" value="`+path+`"`)
	wrong.Set("password", c.Password)
	if got := phone.sendFrom(door.Path, link.MobileLogin, wrong); got.Path != path {
		t.Errorf("log-in leads to %s", got.Path)
	}
	if got := s.visitor().get(link.Mobile); !strings.Contains(got.Body, `href="`+link.MobileRegister+`"`) {
		t.Error("the way to register from the first page has an aim of its own")
	}
}
