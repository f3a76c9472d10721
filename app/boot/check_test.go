package boot_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/apptest/tsa"
	"laoqi/app/boot"
	"laoqi/app/pdf/pades"
)

// laoqi runs the program and returns its exit code and all that it said.
func laoqi(t *testing.T, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	code = boot.Main(t.Context(), boot.World{Files: os.DirFS(apptest.Root()), Args: args, Getenv: func(string) string { return "" }, Out: &out, Err: &out})
	return code, out.String()
}

func TestTheCommandLineKnowsTheTimestampsFromOutsideOfAnInstallation(t *testing.T) {
	w := apptest.Stamped(t, tsa.Start(t, 30))
	w.People()
	_, d := w.Conclude()
	file, err := w.Contract.File(d)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "contract.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := laoqi(t, "check", path, "-data", w.Folder); code != 0 || strings.Count(said, "（时间戳证明："+tsa.Name+"，证书由 "+tsa.Issuer) != 2 {
		t.Errorf("exit code %d\n%s", code, said)
	}
	if code, said := laoqi(t, "archive-stamp", "-data", w.Folder, "-within", "1"); code != 0 || said != "没有需要续期的时间戳。\n" {
		t.Errorf("exit code %d\n%s", code, said)
	}
}

func TestTheCommandLineChecksWhatTheCheckPageChecks(t *testing.T) {
	w := apptest.New(t)
	w.People()
	_, d := w.Conclude()
	file, err := w.Contract.File(d)
	if err != nil {
		t.Fatal(err)
	}
	forged := bytes.Clone(file)
	forged[len(forged)/4] ^= 1
	stamped, err := pades.AddTimestamp(file, pades.DSS{}, w.Cert.TSA(), 0)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		file []byte
		args []string
		code int
		says []string
	}{
		"a contract of a trusted installation": {file, []string{"-data", w.Folder}, 0, []string{"签名有效", "签名 2：有效", "王秀兰", "合同专用章（", "劳契自签发证书机构", "本系统自签发",
			"时间戳证明：本系统自签发", "只增加了后面的签名", "只附加了供长期核验"}},
		"a contract with a timestamp over it": {stamped, []string{"-data", w.Folder}, 0, []string{"签名有效", "只附加了供长期核验的时间戳", "文件时间戳：有效\n", "  时间戳：本系统自签发\n"}},
		"a contract of nobody known":          {file, nil, 3, []string{"签名 1：身份不明", "不被信任", "没有认识的机构担保"}},
		"a contract with another byte":        {forged, []string{"-data", w.Folder}, 1, []string{"签名 1：无效", "被签名的内容已被改动"}},
		"a contract that goes on":             {append(bytes.Clone(file), "more"...), []string{"-data", w.Folder}, 1, []string{"签名 1：无法读取"}},
		"what is no PDF":                      {[]byte("hello"), nil, 1, []string{"这不是 PDF 文件"}},
		"a folder without installation":       {file, []string{"-data", t.TempDir()}, 1, []string{"laoqi.db"}},
	}
	for what, c := range cases {
		path := filepath.Join(t.TempDir(), "contract.pdf")
		if err := os.WriteFile(path, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		code, said := laoqi(t, append([]string{"check", path}, c.args...)...)
		if code != c.code {
			t.Errorf("%s: exit code %d\n%s", what, code, said)
		}
		for _, words := range c.says {
			if !strings.Contains(said, words) {
				t.Errorf("%s: nothing of %s\n%s", what, words, said)
			}
		}
	}
}
