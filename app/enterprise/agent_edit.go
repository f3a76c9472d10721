package enterprise

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

const agentGone = "这位经办人刚刚在另一个页面被修改或删除，请核对后再操作。"

// EditAgent gives an agent other terms (【编辑】, guide 2.1.4), unless they are no
// longer those that the editor saw. Sessions outside the new validity end.
func (s *Service) EditAgent(ctx context.Context, by app.Actor, id int64, seen, now AgentTerms) error {
	today := app.DateOf(s.db.Now().Time)
	var faults app.Faults
	if now.check(&faults, today); faults != nil {
		return faults.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.SetAgentTerms(ctx, store.SetAgentTermsParams{ID: id, EnterpriseID: app.Ref(by.Enterprise), FromOn: now.From, UntilOn: now.Until, Manages: now.Manages,
			WasFromOn: seen.From, WasUntilOn: seen.Until, WasManages: seen.Manages})
		if err := store.Changed(n, err, agentGone); err != nil {
			return err
		}
		if now.State(today) != AgentValid {
			if err := s.identity.EndSessions(ctx, tx, id); err != nil {
				return err
			}
		}
		text := "您的经办人账号有效期为" + now.From.Chinese() + "至" + now.Until.Chinese() + "，" + managesText(now.Manages) + "“经办人管理”权限。"
		if err := s.notify.Tell(ctx, tx, id, notify.AgentChanged, text, link.MobileMe); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "agent.edited", audit.Subject("account", id), audit.Facts{"from": now.From.String(), "until": now.Until.String(), "manages": now.Manages})
	})
}

func managesText(manages bool) string {
	if manages {
		return "有"
	}
	return "没有"
}

// SetAgentPassword gives an agent another password (【修改密码】, guide 2.1.5). The
// account's sessions and passkeys end, and the next log-in asks for a code to the agent's
// own mobile again: who sets the password cannot act as the agent.
func (s *Service) SetAgentPassword(ctx context.Context, by app.Actor, id int64, password, again string) error {
	var faults app.Faults
	if checkNewPassword(&faults, password, again); faults != nil {
		return faults.Err()
	}
	agent, err := s.Agent(ctx, by, id)
	if err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.SetAgentPassword(ctx, store.SetAgentPasswordParams{ID: id, EnterpriseID: app.Ref(by.Enterprise), Password: hash})
		if err := store.Changed(n, err, agentGone); err != nil {
			return err
		}
		ended, err := s.endAccess(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if err := s.notify.SMS(ctx, tx, agent.Mobile, "【劳契】您的经办人账号密码已由单位法定代表人修改，请用新密码登录，并用短信验证码确认。"+ended); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "agent.password", audit.Subject("account", id), nil)
	})
}

// RemoveAgent ends an agent's account (【删除】, guide 2.1.3) with its sessions,
// passkeys and certificate, and the face unless the person has another account; the
// contracts it worked on stay.
func (s *Service) RemoveAgent(ctx context.Context, by app.Actor, id int64, revoke identity.Revoke) error {
	agent, err := s.Agent(ctx, by, id)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.EndAgent(ctx, store.EndAgentParams{ID: id, EnterpriseID: app.Ref(by.Enterprise), EndedAt: tx.Now})
		if err := store.Changed(n, err, agentGone); err != nil {
			return err
		}
		if _, err := s.endAccess(ctx, tx, by, id); err != nil {
			return err
		}
		if err := s.identity.EndFace(ctx, tx, by, id); err != nil {
			return err
		}
		if err := revoke(ctx, tx, by, id); err != nil {
			return err
		}
		if err := s.notify.SMS(ctx, tx, agent.Mobile, "【劳契】您的经办人账号已由单位法定代表人删除，不能再登录。"); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "agent.removed", audit.Subject("account", id), nil)
	})
}

// endAccess ends the sessions and the passkeys of an enterprise's account, and tells of the latter.
func (s *Service) endAccess(ctx context.Context, tx *store.Tx, by app.Actor, account int64) (told string, err error) {
	if err := s.identity.EndSessions(ctx, tx, account); err != nil {
		return "", err
	}
	return s.identity.EndPasskeys(ctx, tx, by, account)
}
