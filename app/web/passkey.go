package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// passkeys is 设备验证（通行密钥）: those of the account, and the way to a new one.
func (s *Server) passkeys(q *request) error {
	ctx := q.Request().Context()
	list, err := s.Identity.Passkeys(ctx, q.actor)
	if err != nil {
		return err
	}
	site, here := q.passkeySite()
	p := mobile.Passkeys{Shell: q.mobile("设备验证（通行密钥）", link.MobileSecurity, layout.MineTab), Here: here, Elsewhere: s.passkeyElsewhere()}
	p.Scripts = []string{layout.PasskeyScript}
	for _, k := range list {
		p.Keys = append(p.Keys, passkeyItem(k, site.Host))
	}
	switch err := s.Identity.MayAddPasskey(ctx, q.actor); app.KindOf(err) {
	case app.Conflict:
		p.Blocked = err.Error()
	default:
		if err != nil {
			return err
		}
	}
	return q.page(mobile.PasskeysPage(p))
}

func passkeyItem(k identity.Passkey, host string) mobile.PasskeyItem {
	item := mobile.PasskeyItem{Name: k.Name, Lines: []string{"添加于 " + k.MadeAt.Local(), "还没有使用过"}, RemoveURL: link.To(link.MobilePasskeyRemove, k.ID)}
	if !k.UsedAt.IsZero() {
		item.Lines[1] = "最近使用 " + k.UsedAt.Local()
	}
	if k.Host != host {
		item.Lines = append(item.Lines, "只在用 "+k.Host+" 打开本站时可用")
	}
	return item
}

// passkeyAddPage is 添加通行密钥.
func (s *Server) passkeyAddPage(q *request) error { return s.passkeyAddView(q, nil) }

func (s *Server) passkeyAddView(q *request, faults app.Faults) (err error) {
	if _, err := q.mustPasskeySite(); err != nil {
		return q.after(err, link.MobilePasskeys, "")
	}
	if err := s.Identity.MayAddPasskey(q.Request().Context(), q.actor); err != nil {
		return q.after(err, link.MobilePasskeys, "")
	}
	p := mobile.PasskeyAdd{Shell: q.mobile("添加通行密钥", link.MobilePasskeys, layout.MineTab), Name: q.form("name"), Faults: faults}
	if p.Name == "" && faults == nil {
		p.Name = "我的" + identity.DeviceName(q.actor.Device.Agent)
	}
	if p.Proof, err = s.proofView(q, identity.PasskeyIntent(q.actor), link.MobilePasskeySMS, faults); err != nil {
		return err
	}
	p.Proof.Ways, p.Proof.Pass = nil, "" // a passkey is added by password and code alone
	if faults != nil {
		return q.faulty(mobile.PasskeyAddPage(p))
	}
	return q.page(mobile.PasskeyAddPage(p))
}

func (s *Server) passkeyCode(q *request) error {
	_, faults, err := q.codeSent(s.Identity.SendCode(q.Request().Context(), q.actor, identity.ForPasskey))
	if err != nil {
		return err
	}
	return s.proofCode(q, identity.PasskeyIntent(q.actor), link.MobilePasskeySMS, faults, func() error { return s.passkeyAddView(q, faults) })
}

// passkeyAdd consumes password and code, and asks the device for a new key.
func (s *Server) passkeyAdd(q *request) error {
	site, err := q.mustPasskeySite()
	if err != nil {
		return q.after(err, link.MobilePasskeys, "")
	}
	n := identity.NewPasskey{Name: q.form("name"), Proof: q.proof()}
	options, err := s.Identity.AskNewPasskey(q.Request().Context(), q.actor, site, n)
	if faults := formFaults(err); faults != nil {
		return s.passkeyAddView(q, faults)
	}
	if err != nil {
		return q.after(err, link.MobilePasskeys, "")
	}
	p := mobile.PasskeyCheck{Shell: q.mobile("添加通行密钥", link.MobilePasskeys, layout.NoTab), Makes: true, Options: options, Action: link.MobilePasskeyMake,
		Fields: []part.Hidden{{Name: "name", Value: n.Name}}, Lead: "密码和验证码已通过", Hint: "点击下面的按钮，按设备的提示用指纹、面容或锁屏密码确认。请在 5 分钟内完成。",
		Start: "在这台设备上创建", Other: "暂不添加，返回"}
	return q.passkeyCheck(p)
}

// passkeyMake keeps the key that the device made.
func (s *Server) passkeyMake(q *request) error {
	if q.form("other") != "" {
		return q.leave(link.MobilePasskeys)
	}
	site, err := q.mustPasskeySite()
	if err == nil {
		err = s.Identity.AddPasskey(q.Request().Context(), q.actor, site, q.form("name"), q.form("answer"))
	}
	return q.after(err, link.MobilePasskeys, "通行密钥已添加，下次可以用它登录和验证本人。")
}

// passkeyRemovePage asks before a passkey is removed.
func (s *Server) passkeyRemovePage(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	k, err := s.Identity.Passkey(q.Request().Context(), q.actor, id)
	if err != nil {
		return err
	}
	p := mobile.PasskeyRemove{Shell: q.mobile("删除通行密钥", link.MobilePasskeys, layout.MineTab)}
	p.Confirm = part.Confirmation{Title: "删除通行密钥", Object: k.Name, URL: link.To(link.MobilePasskeyRemove, k.ID), Token: p.Token, Submit: "删除", CancelURL: link.MobilePasskeys,
		Consequence: "删除后立即不能再用它登录和验证本人。已经登录的设备不受影响，可以在“登录设备”中退出；设备里留下的记录，请在设备的密码设置中删除。"}
	return q.page(mobile.PasskeyRemovePage(p))
}

func (s *Server) passkeyRemove(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	return q.after(s.Identity.RemovePasskey(q.Request().Context(), q.actor, id), link.MobilePasskeys, "通行密钥已删除。")
}

// passkeyCheck shows the page that asks the device, the only one that may.
func (q *request) passkeyCheck(p mobile.PasskeyCheck) error {
	p.Scripts = []string{layout.PasskeyScript}
	q.allow(map[bool]string{true: makePasskey, false: usePasskey}[p.Makes])
	return q.page(mobile.PasskeyCheckPage(p))
}
