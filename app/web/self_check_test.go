package web_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"laoqi/app/demo"
	"laoqi/app/link"
)

var reachPath = regexp.MustCompile(`/reach/[A-Za-z0-9_-]+`)

// from opens a page as a device at the address does.
func (s *site) from(address, path, scheme string) page {
	r := httptest.NewRequest(http.MethodGet, scheme+"://laoqi.test"+path, nil)
	r.RemoteAddr = address + ":40000"
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return page{Status: w.Code, Path: path, Body: w.Body.String()}
}

func TestTheSelfCheckTellsWhichPhoneOpensTheSite(t *testing.T) {
	s := open(t)
	desk, other := s.as(demo.Reviewer), s.as(demo.Reviewer)
	first := desk.get(link.DeskSelfCheck)
	first.shows(t, http.StatusOK, "磁盘空间", "待处理", "请清理磁盘", "用连着单位网络的手机扫描二维码")
	path := reachPath.FindString(first.Body)

	s.from("127.0.0.1", path, "https").shows(t, http.StatusOK, "请用手机扫描二维码")
	desk.get(link.DeskSelfCheck).shows(t, http.StatusOK, "由这台电脑自己打开")
	s.from("192.0.2.7", path, "http").shows(t, http.StatusOK, "连接没有加密")
	desk.get(link.DeskSelfCheck).shows(t, http.StatusOK, "来自 192.0.2.7", "连接没有加密")
	s.from("192.0.2.7", path, "https").shows(t, http.StatusOK, "连接成功，并且是安全的")
	desk.get(link.DeskSelfCheck).shows(t, http.StatusOK, "来自 192.0.2.7", "连接是安全的")
	if body := other.get(link.DeskSelfCheck).Body; strings.Contains(body, "192.0.2.7") || reachPath.FindString(body) == path {
		t.Error("another session shares the code")
	}

	s.from("192.0.2.7", "/reach/unknown", "https").shows(t, http.StatusNotFound, "已过期")
	s.Wait(10 * time.Minute)
	s.from("192.0.2.7", path, "https").shows(t, http.StatusNotFound, "已过期")
	if reachPath.FindString(desk.get(link.DeskSelfCheck).Body) == path {
		t.Error("an old code is shown")
	}
}

func TestATestMessageGoesOutAtOnceAndItsNumberIsNotKept(t *testing.T) {
	s := open(t)
	desk := s.as(demo.Reviewer)
	s.Screen.Clear()
	try := func(mobile string) page {
		r, err := http.NewRequest(http.MethodPost, s.server.URL+link.DeskTrySMS, strings.NewReader(url.Values{"_token": {desk.token(link.DeskSelfCheck)}, "mobile": {mobile}}.Encode()))
		s.must(err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return desk.read(desk.client.Do(r))
	}
	try("1380000").shows(t, http.StatusUnprocessableEntity, "1380000", "手机号")
	try("13900007788").shows(t, http.StatusOK, "短信接口收下了测试短信")
	if sent := s.Screen.Messages(); len(sent) != 1 || sent[0].Mobile != "13900007788" || !strings.Contains(sent[0].Text, "测试短信") {
		t.Errorf("sent %v", sent)
	}
	for _, name := range []string{"laoqi.db", "laoqi.db-wal"} {
		content, err := os.ReadFile(filepath.Join(s.Folder, name))
		s.must(err)
		if bytes.Contains(content, []byte("13900007788")) {
			t.Errorf("the number is kept in %s", name)
		}
	}
}
