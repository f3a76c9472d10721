package web_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
)

func TestTheManifestNamesTheAppAndItsIcons(t *testing.T) {
	s := open(t)
	b := s.visitor()
	b.get(link.MobileLogin).shows(t, http.StatusOK, `rel="manifest" href="`+link.MobileManifest+`"`, `rel="apple-touch-icon"`, `name="theme-color"`)
	p := b.get(link.MobileManifest)
	if p.Kind != "application/manifest+json" {
		t.Errorf("it is %s", p.Kind)
	}
	var m struct {
		Start string `json:"start_url"`
		Scope string
		Icons []struct{ Src, Sizes, Purpose string }
	}
	s.must(json.Unmarshal([]byte(p.Body), &m))
	if m.Start != link.Mobile || m.Scope != link.Mobile || len(m.Icons) != 3 || m.Icons[2].Purpose != "maskable" {
		t.Errorf("%+v", m)
	}
	for _, i := range m.Icons {
		picture, err := png.DecodeConfig(bytes.NewReader([]byte(b.get(i.Src).Body)))
		if want := strings.Split(i.Sizes, "x")[0]; err != nil || want != map[int]string{192: "192", 512: "512"}[picture.Width] || picture.Width != picture.Height {
			t.Errorf("%s is %dx%d, not %s: %v", i.Src, picture.Width, picture.Height, i.Sizes, err)
		}
	}
}

// The page without a connection is kept in the browser, so it must not know who asks.
func TestTheOfflinePageIsTheSameForEverybody(t *testing.T) {
	s := open(t)
	worker := s.as(demo.WorkerA)
	sample, _ := demo.Find(demo.WorkerA)
	p := worker.get(link.MobileOffline)
	p.shows(t, http.StatusOK, "连接不上服务器", "重新连接")
	for _, private := range []string{sample.Name, sample.Mobile, "退出", "hx-get", "sse-connect"} {
		if strings.Contains(p.Body, private) {
			t.Errorf("it shows %s", private)
		}
	}
	script := worker.get(link.MobileWorker)
	kept := regexp.MustCompile(`"([^"]+)"`).FindAllStringSubmatch(strings.SplitN(script.Body, "\n", 2)[0], -1)
	if len(kept) < 5 || kept[0][1] != link.MobileOffline {
		t.Fatalf("the worker keeps %v", kept)
	}
	for _, url := range kept {
		s.visitor().get(url[1]).shows(t, http.StatusOK)
		if url[1] != link.MobileOffline && !strings.HasPrefix(url[1], "/static/") {
			t.Errorf("the worker keeps %s", url[1])
		}
	}
}

func TestTheServicePageIsOpenToEverybodyOnBothFaces(t *testing.T) {
	s := open(t)
	for _, p := range []page{s.visitor().get(link.MobileService), s.visitor().get(link.HallService), s.as(demo.WorkerA).get(link.MobileService), s.as(demo.Agent).get(link.HallService)} {
		p.shows(t, http.StatusOK, "客服中心", "怎样办理电子合同签章授权？", "还没有设置客服电话")
	}
	s.visitor().get(link.MobileLogin).shows(t, http.StatusOK, `href="`+link.MobileService+`"`)
	s.visitor().get(link.HallLogin).shows(t, http.StatusOK, `href="`+link.HallService+`"`)
}
