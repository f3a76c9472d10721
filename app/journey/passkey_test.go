package journey

import (
	"context"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// keys is the authenticator of a window's device.
type keys struct {
	w  *window
	id webauthn.AuthenticatorID
}

// keys gives the window's device passkeys, which its holder unlocks.
func (w *window) keys() keys {
	w.t.Helper()
	k := keys{w: w}
	w.do(w.ctx, webauthn.Enable(), chromedp.ActionFunc(func(ctx context.Context) (err error) {
		k.id, err = webauthn.AddVirtualAuthenticator(&webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}).Do(ctx)
		return err
	}))
	return k
}

// unlocks says whether whoever holds the device from now on can unlock it.
func (k keys) unlocks(can bool) {
	k.w.t.Helper()
	k.w.do(k.w.ctx, webauthn.SetUserVerified(k.id, can))
}

// passkeys is the legal rep's phone, over HTTPS under a name.
type passkeys struct {
	*site
	phones phones
	keys   keys
	boss   *window
}

// TestPasskeyIsAddedAndUsed walks what a passkey does: it is added by password and
// code, logs in, voids a seal, does nothing for who cannot unlock the device, and is
// gone after a password reset.
func TestPasskeyIsAddedAndUsed(t *testing.T) {
	s := secureSite(t, "劳契演示：", nil, "demo")
	p := &passkeys{site: s, phones: s.phones(), boss: s.open(phone, link.Mobile)}
	p.keys = p.boss.keys()
	p.adds()
	p.logsIn()
	p.voidsSeal()
	p.strangerDoesNotUnlock()
	p.isRemoved()
	p.isGoneAfterAReset()
}

func (p *passkeys) adds() {
	w := p.boss
	w.click("单位登录")
	w.shoot("login")
	w.logIn(demo.Boss)
	w.sees("您好")
	w.visit(link.MobileSecurity)
	w.sees("设备验证（通行密钥）", "未添加")
	w.shoot("security")
	w.click("通行密钥")
	w.sees("还没有通行密钥")
	w.shoot("none")
	w.click("添加通行密钥")
	w.click("添加通行密钥")
	w.sees("请输入登录密码")
	w.shoot("faults")
	p.add("我的手机")
	w.sees("通行密钥已添加", "我的手机", "还没有使用过")
	w.shoot("added")
}

// add fills the form and lets the device make the passkey.
func (p *passkeys) add(name string) {
	w := p.boss
	w.fill("名称", name)
	w.fill("登录密码", demo.Password)
	w.click("获取验证码")
	w.fill("短信验证码", p.phones.code(demo.Boss))
	w.shoot("form")
	w.click("添加通行密钥")
	w.sees("密码和验证码已通过")
	w.shoot("create")
	w.click("在这台设备上创建")
}

func (p *passkeys) logsIn() {
	w := p.boss
	w.visit(link.MobileMe)
	w.click("退出登录")
	w.click("通行密钥登录")
	w.sees("孙庆国，您好") // the enterprise's account, although 个人登录 was open
	w.visit(link.HallLogin)
	w.click("通行密钥登录")
	w.sees("法定代表人：孙庆国")
	p.open(desktop, link.HallLogin).shoot("hall")
	w.visit(link.MobilePasskeys)
	w.sees("最近使用")
	w.click("我的")
	w.click("我的印章")
	w.sees("首次使用需要激活数字证书", "登录密码") // a passkey is no password
	w.shoot("activate")
}

func (p *passkeys) voidsSeal() {
	w := p.boss
	w.fill("登录密码", demo.Password)
	j := &mainJob{site: p.site, phones: p.phones}
	j.activate(w, demo.Boss, "activated")
	w.sees("电子印章管理")
	w.visit(link.MobileSealAdd)
	w.choose("印章类型", app.SealHR.Label())
	w.sees(demo.EnterpriseName)
	w.click("生成印章")
	w.sees("验证方式", "设备验证（通行密钥）")
	w.click("设备验证（通行密钥）")
	w.shoot("ways")
	w.click("确定生成")
	w.sees("请由您本人完成")
	w.shoot("device")
	w.click("使用通行密钥")
	w.sees("设备验证已通过")
	w.shoot("passed")
	w.fill("登录密码", demo.Password)
	w.click("确定生成")
	w.sees("印章已生成")
	w.click("作废")
	w.click("设备验证（通行密钥）")
	w.click("作废")
	w.click("使用通行密钥")
	w.sees("设备验证已通过")
	w.fill("登录密码", demo.Password)
	w.click("作废")
	w.sees("已作废")
}

// strangerDoesNotUnlock: who holds the phone but cannot unlock it gets nowhere, and
// the other ways stand.
func (p *passkeys) strangerDoesNotUnlock() {
	w := p.boss
	w.visit(link.MobileMe)
	w.click("退出登录")
	p.keys.unlocks(false)
	w.click("通行密钥登录")
	w.sees("没有完成验证")
	w.shoot("locked")
	p.keys.unlocks(true)
	w.click("通行密钥登录")
	w.sees("您好")
}

func (p *passkeys) isRemoved() {
	w := p.boss
	w.visit(link.MobilePasskeys)
	w.click("删除我的手机")
	w.sees("删除后立即不能再用它登录")
	w.shoot("remove")
	w.click("删除")
	w.sees("通行密钥已删除", "还没有通行密钥")
}

func (p *passkeys) isGoneAfterAReset() {
	w := p.boss
	w.click("添加通行密钥")
	p.add("新手机") // takes the place of the one that the device still holds
	w.sees("通行密钥已添加")
	w.visit(link.MobileMe)
	w.click("退出登录")
	w.click("单位登录")
	w.click("忘记密码")
	w.fill("统一社会信用代码", demo.EnterpriseUSCC)
	w.click("获取验证码")
	w.fill("短信验证码", p.phones.code(demo.Boss))
	w.fill("新密码", "Xinmima26")
	w.fill("确认密码", "Xinmima26")
	w.click("重置密码")
	w.sees("用户登录")
	w.click("通行密钥登录")
	w.sees("通行密钥没有通过验证")
	w.shoot("gone")
	w.fill("统一社会信用代码", demo.EnterpriseUSCC)
	w.fill("密码", "Xinmima26")
	w.click("账号密码登录")
	w.sees("您好")
	w.visit(link.MobilePasskeys)
	w.sees("还没有通行密钥", "刚刚变更")
	w.shoot("blocked")
}

// TestPasskeyIsNotOfferedWhereNoneServes: by an address, without HTTPS, and in a
// browser without JavaScript nothing is dead, and the page says why.
func TestPasskeyIsNotOfferedWhereNoneServes(t *testing.T) {
	s := demoSite(t)
	w := s.open(phone, link.Mobile)
	w.logIn(demo.WorkerA)
	w.sees("您好")
	w.visit(link.MobilePasskeys)
	w.sees("通行密钥只能在安全连接（https）和域名下使用", "请继续使用登录密码和短信验证码")
	w.shoot("nowhere")
}
