package boot

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"laoqi/app/apptest"
	"laoqi/app/https"
)

func TestAStartWaitsForTheNetworkAMinuteAtMostAndSaysSoOnce(t *testing.T) {
	for what, c := range map[string]struct {
		joins, ends, waited time.Duration
	}{
		"in time": {joins: 20 * time.Second, ends: time.Hour, waited: 20 * time.Second},
		"never":   {joins: time.Hour, ends: time.Hour, waited: time.Minute},
		"stopped": {joins: time.Hour, ends: 5 * time.Second, waited: 5 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			ctx, stop := context.WithTimeout(t.Context(), c.ends)
			defer stop()
			var out bytes.Buffer
			join(ctx, &out, func() bool { return time.Since(began) >= c.joins })
			if waited := time.Since(began); waited != c.waited || strings.Count(out.String(), "还没有连上网络") != 1 {
				t.Errorf("%s: after %s it says %s", what, waited, &out)
			}
		})
	}
}

func TestOnlyAnAddressThatTheMachineChoseCanBeStale(t *testing.T) {
	for _, c := range []struct {
		args []string
		own  bool
	}{
		{nil, true}, {[]string{"-tls", "off"}, true}, {[]string{"-addr", "0.0.0.0:8080"}, true},
		{[]string{"-addr", "127.0.0.1:8080"}, false}, {[]string{"-addr", "127.0.0.1:8080", "-tls", "lan"}, false}, {[]string{"-addr", "10.0.0.7:8080"}, false},
		{[]string{"-base-url", "https://localhost:8443"}, false}, {[]string{"-tls", "acme", "-tls-domain", "hr.example.cn"}, false},
	} {
		cfg, err := configOf(c.args...)
		if err != nil {
			t.Fatal(err)
		}
		cfg.BaseURL = "https://10.9.9.9:8443"
		if today, want := cfg.today(), "https://"+https.LanAddress()+":8443"; (today == want) != c.own {
			t.Errorf("%v: now %s", c.args, today)
		}
		cfg.BaseURL = "https://127.0.0.1:8443"
		if cfg.adrift() != c.own {
			t.Errorf("%v on no network: waits %v", c.args, cfg.adrift())
		}
	}
}

func TestTheDoctorSeesTheAddressThatTheRunningSystemGives(t *testing.T) {
	folder, files := t.TempDir(), os.DirFS(apptest.Root())
	ctx, stop := context.WithCancel(t.Context())
	out := &printed{until: "劳契已启动", then: stop}
	args := []string{"-data", folder, "-addr", "127.0.0.1:0", "-face", "off"}
	if code := Main(ctx, World{Files: files, Args: args, Getenv: func(string) string { return "" }, Out: out, Err: io.Discard}); code != 0 {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	said := func(args ...string) string {
		cfg, err := configOf(append(args, "-data", folder)...)
		if err != nil {
			t.Fatal(err)
		}
		return mend(findings(t.Context(), files, cfg, time.Now()))["二维码里的地址"]
	}
	if s := said(args...); s != "http://127.0.0.1:0 只有这台电脑能打开" {
		t.Errorf("the same address: %s", s)
	}
	if s := said("-addr", "10.0.0.7:8080", "-tls", "off"); s != "系统启动时用的是 http://127.0.0.1:0，按现在的网络和设置应是 http://10.0.0.7:8080" {
		t.Errorf("another address: %s", s)
	}
	put(t, filepath.Join(folder, lastAddress), []byte("http://0.0.0.0:1\n"))
	if s := said(args...); s != "http://0.0.0.0:1 连接不上" {
		t.Errorf("off the network: %s", s)
	}
}

// printed calls then once the words were printed.
type printed struct {
	bytes.Buffer
	until string
	then  func()
}

func (p *printed) Write(b []byte) (int, error) {
	if strings.Contains(string(b), p.until) {
		p.then()
	}
	return p.Buffer.Write(b)
}
