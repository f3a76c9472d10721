package seal_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest/tool"
	"laoqi/app/demo"
	"laoqi/app/notify"
	"laoqi/app/seal"
)

const enterpriseSubject = "/C=CN/O=" + demo.EnterpriseName + "/CN=" + demo.EnterpriseName

// imports returns the form that brings the holder's certificate.
func imports(t *testing.T, h tool.Holder) seal.Replacement {
	t.Helper()
	file, _ := tool.PKCS12(t, h)
	return seal.Replacement{Source: seal.SourceImport, File: file, Password: tool.PKCS12Password}
}

func TestASealTakesTheCertificateOfAnotherAuthorityAndKeepsItsGrants(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealContract)
	c.Grant(c.boss, id, demo.Operator)
	c.Activate(c.operator, demo.Operator)
	c.Authorize(c.clerk, c.operator)
	before, err := c.Seal.Get(t.Context(), c.boss, id)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait(2 * time.Minute)
	form := imports(t, tool.Holder{Subject: enterpriseSubject, Key: "RSA:2048"})
	if err := c.Seal.Replace(t.Context(), c.boss, id, form, c.Proof(c.boss, demo.Boss)); err != nil {
		t.Fatal(err)
	}
	after, err := c.Seal.Get(t.Context(), c.boss, id)
	if err != nil || after.Serial == before.Serial || after.Issuer != "签发证书（"+tool.Authority+"）" || after.Grants != 1 || after.Void() {
		t.Fatalf("%+v %v", after, err)
	}
	if _, live, err := c.Seal.Live(t.Context(), c.boss.Enterprise); err != nil || live {
		t.Errorf("the authorization lives on, although the operator consented to another certificate: %v", err)
	}
	if why, err := c.Seal.WhyNone(t.Context(), c.boss.Enterprise); err != nil || !strings.Contains(why, "更换了证书") {
		t.Errorf("%q %v", why, err)
	}
	if got := messages(t, c.World, c.operator, notify.Authorized); len(got) != 2 || !strings.Contains(got[0], "已失效") {
		t.Errorf("the operator is told %q", got)
	}
	if got := messages(t, c.World, c.boss, notify.SealCertified); len(got) != 1 || !strings.Contains(got[0], tool.Authority) {
		t.Errorf("the boss is told %q", got)
	}
	if got := revokedIn(t, c); len(got) != 1 || got[0] != before.Serial {
		t.Errorf("revoked %v, want the earlier certificate %s", got, before.Serial)
	}
	c.Authorize(c.clerk, c.operator)
	use, err := c.Seal.Unlock(t.Context(), c.boss.Enterprise)
	if err != nil || !use.Imported || use.Chain[0].SerialNumber.Text(16) != after.Serial || len(use.Chain) != 2 {
		t.Fatalf("%+v %v", use, err)
	}
	c.Wait(2 * time.Minute)
	if err := c.Seal.Replace(t.Context(), c.boss, id, form, c.Proof(c.boss, demo.Boss)); err == nil {
		t.Error("the same certificate once more")
	}
	c.Wait(2 * time.Minute)
	if err := c.Seal.Replace(t.Context(), c.boss, id, seal.Replacement{Source: seal.SourceSelf}, c.Proof(c.boss, demo.Boss)); err != nil {
		t.Fatal(err)
	}
	if again, err := c.Seal.Get(t.Context(), c.boss, id); err != nil || again.Issuer != "" || again.Serial == before.Serial {
		t.Errorf("%+v %v", again, err)
	}
}

func TestACertificateFileThatCannotBeUsedSaysSoAtItsField(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealContract)
	try := func(f seal.Replacement) error { return c.Seal.Replace(t.Context(), c.boss, id, f, seal.Proof{}) }
	wantFault(t, try(seal.Replacement{}), "source", "请选择证书来源")
	wantFault(t, try(seal.Replacement{Source: seal.SourceImport}), "file", "请选择证书文件")
	wantFault(t, try(seal.Replacement{Source: seal.SourceImport}), "password", "登录密码")
	wantFault(t, try(seal.Replacement{Source: seal.SourceImport, File: make([]byte, 200<<10)}), "file", "不能超过 100 KB")
	wantFault(t, try(seal.Replacement{Source: seal.SourceImport, File: []byte("%PDF-1.7")}), "file", "不是能读取的证书文件")
	wrong := imports(t, tool.Holder{Subject: enterpriseSubject})
	wrong.Password = "0"
	wantFault(t, try(wrong), "file_password", "密码不正确")
	for says, h := range map[string]tool.Holder{
		"没有私钥":      {Keyless: true},
		"不足 2048 位": {Key: "RSA:1024"},
		"不支持国密 SM2": {SM2: true},
		"已经过期":      {From: "20200101000000Z", Until: "20210101000000Z"},
		"还没有生效":     {From: "20990101000000Z", Until: "21000101000000Z"},
		"用途不合适":     {Usage: "critical,keyEncipherment"},
		"自己签发":      {SelfSigned: true},
		"没有本企业的名称":  {Subject: "/CN=另一家有限公司"},
		"与本企业的不同":   {Subject: enterpriseSubject + "/serialNumber=91330106MA2CFLDG4R"},
	} {
		if h.Subject == "" {
			h.Subject = enterpriseSubject
		}
		wantFault(t, try(imports(t, h)), "file", says)
	}
}

func TestOnlyWhoManagesALiveSealReplacesItsCertificate(t *testing.T) {
	c := newCast(t)
	form := imports(t, tool.Holder{Subject: enterpriseSubject})
	own := c.MakeSeal(c.boss, app.SealLegalRep)
	wantFault(t, c.Seal.Replace(t.Context(), c.boss, own, form, seal.Proof{}), "source", "请选择")
	if err := c.Seal.Replace(t.Context(), c.clerk, own, seal.Replacement{Source: seal.SourceSelf}, seal.Proof{}); app.KindOf(err) != app.Forbidden {
		t.Errorf("an agent and the seal of the legal rep's name: %v", err)
	}
	c.Wait(2 * time.Minute)
	if err := c.Seal.Void(t.Context(), c.boss, own, c.Proof(c.boss, demo.Boss)); err != nil {
		t.Fatal(err)
	}
	wantConflict(t, c.Seal.Replace(t.Context(), c.boss, own, seal.Replacement{Source: seal.SourceSelf}, seal.Proof{}), "已经作废")
	other := c.boss
	other.Enterprise++
	if err := c.Seal.Replace(t.Context(), other, own, form, seal.Proof{}); app.KindOf(err) != app.NotFound {
		t.Errorf("another enterprise: %v", err)
	}
}

func TestTheEndOfAnImportedCertificateIsToldAndStopsTheSeal(t *testing.T) {
	c := newCast(t)
	end := c.Now().Add(40 * 24 * time.Hour).UTC()
	id, _ := c.Certified(c.boss, app.SealContract, tool.Holder{Until: end.Format("20060102150405Z")})
	c.Grant(c.boss, id, demo.Operator)
	c.Activate(c.operator, demo.Operator)
	c.Authorize(c.clerk, c.operator)
	live, ok, err := c.Seal.Live(t.Context(), c.boss.Enterprise)
	if err != nil || !ok || live.EndsAt.After(end) {
		t.Fatalf("the authorization outlives the certificate: %+v %v", live, err)
	}
	told := func(want int, says string) {
		t.Helper()
		for range 2 {
			if err := c.Seal.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		got := messages(t, c.World, c.boss, notify.SealCertified)
		if len(got) != want || !strings.Contains(got[0], says) {
			t.Fatalf("%q, want %d with %q", got, want, says)
		}
		x, err := c.Seal.Get(t.Context(), c.boss, id)
		if err != nil || want > 1 && !strings.Contains(x.Ending(c.Now()), says[:6]) {
			t.Errorf("%q %v", x.Ending(c.Now()), err)
		}
	}
	told(1, "更换了印章")
	c.Wait(11 * 24 * time.Hour)
	told(2, "将于")
	if _, err := c.Seal.Unlock(t.Context(), c.boss.Enterprise); err != nil {
		t.Fatal(err)
	}
	c.Wait(30 * 24 * time.Hour)
	told(3, "已于")
	_, err = c.Seal.Unlock(t.Context(), c.boss.Enterprise)
	wantConflict(t, err, "合同等待盖章")
	if why, err := c.Seal.WhyNone(t.Context(), c.boss.Enterprise); err != nil || !strings.Contains(why, "证书已于") {
		t.Errorf("%q %v", why, err)
	}
	if _, live, err := c.Seal.Live(t.Context(), c.boss.Enterprise); err != nil || live {
		t.Errorf("an authorization lives on: %v", err)
	}
}
