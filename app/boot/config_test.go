package boot

import (
	"io"
	"strings"
	"testing"
)

func configOf(args ...string) (Config, error) {
	return readConfig(World{Args: args, Getenv: func(string) string { return "" }, Err: io.Discard}, ":8080")
}

func TestTheDeskDecidesUnlessTheConfigurationSaysOtherwise(t *testing.T) {
	if c, err := configOf(); c.Review != reviewDesk || err != nil {
		t.Errorf("review %q, %v", c.Review, err)
	}
	if c, err := configOf("-review", "auto"); c.Review != reviewAuto || err != nil {
		t.Errorf("review %q, %v", c.Review, err)
	}
	if _, err := configOf("-review", "nobody"); err == nil || !strings.Contains(err.Error(), "-review") {
		t.Errorf("error %v", err)
	}
}

func TestTheDemoNamesItsSampleHotlineAsOne(t *testing.T) {
	c, err := configOf("-qq-group", "123456789")
	if c.sample(); err != nil || c.QQGroup != "123456789" || !strings.Contains(c.Hotline, "演示") || !strings.Contains(c.Hours, "演示") {
		t.Errorf("%q, %q, %q, %v", c.Hotline, c.QQGroup, c.Hours, err)
	}
}

func TestQRCodesCarryTheAddressUnderWhichHTTPSAnswers(t *testing.T) {
	for _, c := range []struct {
		args        []string
		base, plain string
	}{
		{[]string{"-addr", "127.0.0.1:8080"}, "http://127.0.0.1:8080", "http://127.0.0.1:8080"},
		{[]string{"-addr", "10.0.0.7:8080"}, "https://10.0.0.7:8443", "http://10.0.0.7:8080"},
		{[]string{"-base-url", "https://office.lan:8443/"}, "https://office.lan:8443", "http://office.lan:8080"},
		{[]string{"-tls", "acme", "-tls-domain", "hr.example.cn", "-addr", ":80", "-tls-addr", ":443"}, "https://hr.example.cn", "http://hr.example.cn"},
		{[]string{"-tls", "off", "-base-url", "https://hr.example.cn"}, "https://hr.example.cn", "https://hr.example.cn"},
	} {
		if got, err := configOf(c.args...); got.BaseURL != c.base || got.PlainURL != c.plain || err != nil {
			t.Errorf("%v: %q, plain %q, %v", c.args, got.BaseURL, got.PlainURL, err)
		}
	}
	for _, args := range [][]string{{"-tls", "on"}, {"-tls", "acme"}, {"-tls", "files", "-tls-cert", "a.pem"}, {"-base-url", "http://office.lan"},
		{"-tls", "acme", "-tls-domain", "hr.example.cn", "-base-url", "https://office.example.cn"}, {"-tls-addr", "8443"}} {
		if _, err := configOf(args...); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}

func TestAFaceServiceOutsideNeedsASafeAddressASecretAndAName(t *testing.T) {
	good := []string{"-face-url", "https://faces.example.cn/read", "-face-secret", strings.Repeat("s", 32), "-face-provider", "云上识别有限公司，电话 0431-8000000"}
	if _, err := configOf(good...); err != nil {
		t.Error(err)
	}
	for flag, values := range map[string][]string{
		"-face-url":      {"http://faces.example.cn/read", "https://user:word@faces.example.cn", "https://faces.example.cn/?key=1", "faces.example.cn", "https://"},
		"-face-secret":   {"", "short"},
		"-face-provider": {"", " "},
	} {
		for _, v := range values {
			if _, err := configOf(append(good, flag, v)...); err == nil || !strings.Contains(err.Error(), flag) {
				t.Errorf("%s %q: %v", flag, v, err)
			}
		}
	}
}
