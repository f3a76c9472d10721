package boot_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/apptest/tool"
	"laoqi/app/boot"
	"laoqi/app/contract"
)

// imports runs laoqi tsa-import with the file of the holder.
func imports(t *testing.T, folder string, h tool.Holder) (code int, said string) {
	t.Helper()
	file, _ := tool.PKCS12(t, h)
	path := filepath.Join(t.TempDir(), "tsa.p12")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	password := func(name string) string { return map[string]string{"LAOQI_PASSWORD": tool.PKCS12Password}[name] }
	code = boot.Main(t.Context(), boot.World{Files: os.DirFS(apptest.Root()), Args: []string{"tsa-import", path, "-data", folder, "-tls", "off"}, Getenv: password, Out: &out, Err: &out})
	return code, out.String()
}

func TestAnImportedTimeStampAuthorityStampsTheDocumentsFromTheNextStart(t *testing.T) {
	folder := t.TempDir()
	authority := tool.Holder{Subject: "/C=CN/O=示例时间戳机构/CN=示例时间戳", Key: "RSA:2048", Usage: "critical,digitalSignature", Extensions: []string{"extendedKeyUsage=critical,timeStamping"}}
	t.Run("import", func(t *testing.T) {
		apptest.Open(t, folder)
		for says, change := range map[string]func(*tool.Holder){
			"不是时间戳证书":   func(h *tool.Holder) { h.Extensions = []string{"extendedKeyUsage=timeStamping"} },
			"没有直到根证书":   func(h *tool.Holder) { h.Alone = true },
			"没有私钥":      func(h *tool.Holder) { h.Keyless = true },
			"已经过期":      func(h *tool.Holder) { h.From, h.Until = "20200101000000Z", "20210101000000Z" },
			"不支持国密 SM2": func(h *tool.Holder) { h.SM2 = true },
		} {
			h := authority
			change(&h)
			if code, said := imports(t, folder, h); code != 1 || !strings.Contains(said, says) {
				t.Errorf("exit code %d, want one with %s:\n%s", code, says, said)
			}
		}
		if code, said := imports(t, folder, authority); code != 0 || !strings.Contains(said, "示例时间戳，由 签发证书（"+tool.Authority+"） 签发") {
			t.Fatalf("exit code %d\n%s", code, said)
		}
	})
	w := apptest.Open(t, folder)
	w.People()
	_, d := w.Conclude()
	found, err := w.Contract.ByCode(t.Context(), d.CheckCode)
	if err != nil || len(found.Signers) != 2 {
		t.Fatalf("%+v %v", found, err)
	}
	for _, s := range found.Signers {
		if !s.Proven || s.Cause != "" || s.Proof.Stamp != "示例时间戳，证书由 签发证书（"+tool.Authority+"） 签发" {
			t.Errorf("%s: proven %v, stamped by %q", s.Name, s.Proven, s.Proof.Stamp)
		}
	}
	if c := w.Cert.ImportedTSA(); c == nil || c.Subject.CommonName != "示例时间戳" {
		t.Error("the page has nothing to show")
	}
	path := filepath.Join(t.TempDir(), "contract.pdf")
	file, err := w.Contract.File(d)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := laoqi(t, "check", path, "-data", folder); code != 0 || !strings.Contains(said, "时间戳证明：示例时间戳，证书由 签发证书（"+tool.Authority) {
		t.Errorf("exit code %d, %s\n%s", code, contract.Conclusions[found.Verdict], said)
	}
	if _, said := laoqi(t, "doctor", "-data", folder, "-tls", "off"); !strings.Contains(said, "[正常] 导入的时间戳证书：示例时间戳") {
		t.Error(said)
	}
}
