package boot

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/https"
	"laoqi/app/store"
)

// mend are the findings that ask for something, by what they are about.
func mend(list []app.Finding) map[string]string {
	m := map[string]string{}
	for _, f := range list {
		if f.Mend != "" {
			m[f.What] = f.State
		}
	}
	return m
}

func TestTheDoctorFindsWhatIsWrongAndNothingElse(t *testing.T) {
	w := apptest.New(t)
	w.People()
	now, files := w.Now(), os.DirFS(apptest.Root())
	put(t, filepath.Join(w.Folder, lastBackup), []byte(now.Add(-time.Hour).UTC().Format(time.RFC3339)+"\n"))
	address := elsewhere(t)
	certificate, key := certified(t, now, "localhost", "0.0.0.0")
	good, err := configOf("-data", w.Folder, "-tls", "files", "-tls-cert", certificate, "-tls-key", key, "-base-url", "https://"+address, "-sms-url", "http://sms.test")
	if err != nil {
		t.Fatal(err)
	}
	if found := mend(findings(t.Context(), files, good, now)); len(found) > 0 {
		t.Fatalf("a sound installation: %v", found)
	}
	cloud := apptest.FaceCloud(t, time.Now)
	outside := good
	outside.FaceURL, outside.FaceSecret = cloud.URL, apptest.FaceSecret
	if f := faceReader(t.Context(), outside); f.Mend != "" || !strings.Contains(f.State, "应答正常") {
		t.Errorf("a face service: %+v", f)
	}
	key = filepath.Join(w.Folder, "key")
	right, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		cfg   func(*Config)
		spoil func()
		after time.Duration
		about string
		says  string
	}{
		"no messages":          {cfg: func(c *Config) { c.SMSURL = "" }, about: "短信接口", says: "没有配置"},
		"a local address":      {cfg: func(c *Config) { c.BaseURL = "https://localhost:8443" }, about: "二维码里的地址", says: "只有这台电脑"},
		"nobody listens":       {cfg: func(c *Config) { c.BaseURL = "https://0.0.0.0:1" }, about: "二维码里的地址", says: "连接不上"},
		"no face service":      {cfg: func(c *Config) { c.FaceURL, c.FaceSecret = cloud.URL, "another secret" }, about: "人脸验证", says: "没有正确应答"},
		"no HTTPS":             {cfg: func(c *Config) { c.TLS = tlsOff; c.BaseURL = "http" + strings.TrimPrefix(c.BaseURL, "https") }, about: "安全连接（off）", says: "没有加密"},
		"another's name":       {cfg: func(c *Config) { c.TLSCert, c.TLSKey = certified(t, now, "hr.example.cn") }, about: "安全连接（files）", says: "证书里没有 0.0.0.0"},
		"no certificate":       {cfg: func(c *Config) { c.TLS, c.TLSDomain = tlsACME, "hr.example.cn" }, about: "安全连接（acme）", says: "没有可用的证书"},
		"an old backup":        {after: 8 * 24 * time.Hour, about: "最近备份", says: "7 天"},
		"a clock that is slow": {after: -30 * time.Minute, about: "系统时间", says: "早于"},
		"a readable key":       {spoil: func() { os.Chmod(key, 0o644) }, about: "密钥文件", says: "0644"},
		"another key":          {spoil: func() { put(t, key, bytes.Repeat([]byte{7}, 32)) }, about: "密钥文件", says: "不匹配"},
		"no key":               {spoil: func() { os.Remove(key) }, about: "密钥文件", says: "找不到"},
	} {
		cfg := good
		if c.cfg != nil {
			c.cfg(&cfg)
		}
		if c.spoil != nil {
			c.spoil()
		}
		if found := mend(findings(t.Context(), files, cfg, now.Add(c.after))); len(found) != 1 || !strings.Contains(found[c.about], c.says) {
			t.Errorf("%s: %v", what, found)
		}
		os.Remove(key)
		put(t, key, right)
	}
}

func TestTheDoctorFindsAChangedStepOfTheLog(t *testing.T) {
	w := apptest.New(t)
	w.People()
	files := os.DirFS(apptest.Root())
	if list := stored(t.Context(), files, w.Folder, w.Now()); !strings.Contains(list[1].State, "连续") || list[1].What != "操作记录" || list[1].Mend != "" {
		t.Errorf("a sound log: %+v", list)
	}
	w.Alter("DROP TRIGGER audit_fixed; UPDATE audit SET at = at + 1 WHERE id = 2")
	if found := mend(stored(t.Context(), files, w.Folder, w.Now())); len(found) != 1 || !strings.Contains(found["操作记录"], "audit row 2") {
		t.Errorf("a changed log: %v", found)
	}
}

func TestTheDoctorTellsOfTextsThatWereGivenUp(t *testing.T) {
	w := apptest.New(t)
	ctx := t.Context()
	err := w.DB.Write(ctx, func(tx *store.Tx) error {
		if err := w.Notify.SMS(ctx, tx, "13800002041", "合同待签"); err != nil {
			return err
		}
		job, err := tx.LeaseJob(ctx, store.LeaseJobParams{NowAt: tx.Now, Kinds: `["sms"]`})
		return errors.Join(err, tx.GiveUpJob(ctx, store.GiveUpJobParams{ID: job.ID, DoneAt: tx.Now, Problem: "status 400"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	for days, says := range map[int]string{0: "1 条短信", 8: ""} {
		if found := mend(stored(ctx, os.DirFS(apptest.Root()), w.Folder, w.Now().AddDate(0, 0, days))); !strings.Contains(found["短信发送"], says) || len(found) > len(says) {
			t.Errorf("after %d days: %v", days, found)
		}
	}
}

func TestTheDoctorSeesADamagedDatabaseAndTheEndOfACertificate(t *testing.T) {
	w := apptest.New(t)
	w.People()
	files, copied := os.DirFS(apptest.Root()), t.TempDir()
	path := filepath.Join(copied, "laoqi.db")
	if err := w.DB.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	middle := whole[len(whole)/2&^4095:]
	clear(middle[:8*4096])
	put(t, path, whole)
	if found := mend(stored(t.Context(), files, copied, w.Now())); !strings.Contains(found["数据库"], "无法读取") {
		t.Errorf("a damaged database: %v", found)
	}
	if found := mend(stored(t.Context(), files, t.TempDir(), w.Now())); !strings.Contains(found["数据库"], "找不到") {
		t.Errorf("no database: %v", found)
	}
	if _, err := https.OpenLan(filepath.Join(copied, tlsFolder), w.Vault, https.Machine(), w.Now); err != nil {
		t.Fatal(err)
	}
	cfg := Config{TLS: tlsLan, Data: copied, BaseURL: "https://office.lan:8443"}
	for years, says := range map[int]string{9: "", 10: "天到期", 11: "已过期"} {
		at := w.Now().AddDate(years, 0, -1)
		f := certificate(cfg, at)
		if (f.Mend != "") != (says != "") || !strings.Contains(f.State, says) {
			t.Errorf("after %d years: %+v", years, f)
		}
	}
}

func TestTheDoctorAndTheStartTellThatTheCertificateMayNotNameTheSite(t *testing.T) {
	w := apptest.New(t)
	if _, err := https.OpenLan(filepath.Join(w.Folder, tlsFolder), w.Vault, func() https.Names { return https.Names{DNS: []string{"old-pc"}} }, w.Now); err != nil {
		t.Fatal(err)
	}
	const anew = "文件夹再启动"
	for host, mend := range map[string]string{"old-pc": "", "OFFICE.lan": "", "new-pc.local": "", "192.168.1.5": "", "[fd00::5]": "",
		"new-pc": anew, "hr.example.cn": anew, "8.8.8.8": "只能用于", "劳契.lan": "只能用于", "office_pc.lan": "只能用于"} {
		cfg, err := configOf("-data", w.Folder, "-tls", "lan", "-base-url", "https://"+host+":8443")
		if err != nil {
			t.Fatal(err)
		}
		f := certificate(cfg, w.Now())
		if (f.Mend == "") != (mend == "") || !strings.Contains(f.Mend, mend) || mend != "" && !strings.Contains(f.State, host) {
			t.Errorf("%s: %+v", host, f)
		}
		s := site{cfg: cfg}
		if err := s.connection.certify(cfg, w.Vault, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		if vouched := s.connection.lan.VouchesFor(cfg.host()); vouched != (mend == "") {
			t.Errorf("%s: the certificate names it: %v", host, vouched)
		}
		var out bytes.Buffer
		if s.explain(&out); strings.Contains(out.String(), "注意") != (mend != "") || !strings.Contains(out.String(), f.Mend) {
			t.Errorf("%s: the start says\n%s", host, &out)
		}
	}
	again, err := configOf("-data", w.Folder, "-tls", "lan", "-base-url", "https://hr.example.cn:8443")
	if err = errors.Join(err, os.RemoveAll(filepath.Join(w.Folder, tlsFolder)), new(connection).certify(again, w.Vault, nil)); err != nil {
		t.Fatal(err)
	}
	if f := certificate(again, w.Now()); f.Mend != "" {
		t.Errorf("after what the doctor asked: %+v", f)
	}
}

func TestTheDoctorAsksForRoomOnAFullDisk(t *testing.T) {
	for free, full := range map[uint64]bool{0: true, littleSpace - 1: true, littleSpace: false, 1 << 40: false} {
		if f := room(free); (f.Mend != "") != full {
			t.Errorf("%d bytes: %+v", free, f)
		}
	}
}

func TestTheDoctorPrintsALineAFindingAndFails(t *testing.T) {
	w := apptest.New(t)
	var out bytes.Buffer
	code := Main(t.Context(), World{Files: os.DirFS(apptest.Root()), Args: []string{"doctor", "-data", w.Folder, "-addr", "127.0.0.1:1"},
		Getenv: func(string) string { return "" }, Out: &out, Err: &out})
	for _, line := range []string{"[正常] 数据库：完整\n", "[正常] 密钥文件：与数据库匹配\n", "[待处理] 短信接口：没有配置。请用 -sms-url", "[待处理] 最近备份：还没有备份过。请运行 laoqi backup"} {
		if code != 1 || !strings.Contains(out.String(), line) {
			t.Errorf("exit code %d, nothing of %q in\n%s", code, line, out.String())
		}
	}
}

// elsewhere is an address of this machine, not its loopback one, that answers.
func elsewhere(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

// certified writes a certificate of its own for the hosts, and its key.
func certified(t *testing.T, now time.Time, hosts ...string) (certificate, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	profile := x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: now, NotAfter: now.AddDate(1, 0, 0)}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			profile.IPAddresses = append(profile.IPAddresses, ip)
		} else {
			profile.DNSNames = append(profile.DNSNames, h)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, &profile, &profile, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	certificate, key = filepath.Join(folder, "site.pem"), filepath.Join(folder, "site.key")
	put(t, certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	put(t, key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: plain}))
	return certificate, key
}

func put(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
