package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// tell puts a message into the inbox and returns its id.
func (s *site) tell(to app.Actor, k notify.Kind, text, target string) int64 {
	s.t.Helper()
	s.must(s.DB.Write(s.t.Context(), func(tx *store.Tx) error { return s.Notify.Tell(s.t.Context(), tx, to.Account, k, text, target) }))
	inbox, err := s.Notify.Inbox(s.t.Context(), to.Account, 0)
	s.must(err)
	return inbox[0].ID
}

// tap opens a message of the inbox and follows it.
func (b browser) tap(inbox, pattern string, id int64) page {
	b.s.t.Helper()
	form := url.Values{"_token": {b.token(inbox)}}
	r, err := http.NewRequest(http.MethodPost, b.s.server.URL+link.To(pattern, id), strings.NewReader(form.Encode()))
	b.s.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Referer", b.s.server.URL+inbox)
	return b.read(b.client.Do(r))
}

func TestAMessageLeadsToItsObjectOrSaysWhereItIs(t *testing.T) {
	s := open(t)
	_, d := s.Conclude()
	worker := s.Actor(demo.WorkerA)
	phone, hall := s.as(demo.WorkerA), s.as(demo.Agent)
	there := s.tell(worker, notify.Concluded, "合同已签订。", link.To(link.MobileContract, d.ID))
	if got := phone.tap(link.MobileInbox, link.MobileInboxOpen, there); got.Path != link.To(link.MobileContract, d.ID) || got.Status != http.StatusOK {
		t.Errorf("leads to %s: %d", got.Path, got.Status)
	}
	gone := s.tell(worker, notify.ToSign, "补充条款待签。", link.To(link.MobileContract, 999999))
	phone.tap(link.MobileInbox, link.MobileInboxOpen, gone).shows(t, http.StatusNotFound, "这条消息所说的内容已经删除或撤回", "返回消息")
	elsewhere := s.tell(s.clerk, notify.SealVoided, "印章已作废。", link.To(link.MobileSeal, 1))
	hall.tap(link.HallInbox, link.HallInboxOpen, elsewhere).shows(t, http.StatusOK, "印章已作废。", "这件事在手机端办理", "返回消息")
	phone.tap(link.MobileInbox, link.MobileInboxOpen, elsewhere).shows(t, http.StatusOK, "没有这条消息")
	phone.get(link.To(link.MobileInboxOpen, elsewhere)).shows(t, http.StatusNotFound)
}

func TestASealsMessageLeadsThroughTheEntryToTheSeal(t *testing.T) {
	s := open(t)
	seal := s.MakeSeal(s.Actor(demo.Boss), app.SealContract)
	s.Wait(2 * time.Minute)
	boss := s.as(demo.Boss)
	target := link.To(link.MobileSeal, seal)
	entry := boss.get(target)
	entry.shows(t, http.StatusOK, "进入我的印章", `name="next" value="`+target+`"`)
	unlock := boss.sendFrom(entry.Path, link.MobileSealEnter, url.Values{"next": {target}})
	unlock.shows(t, http.StatusOK, `name="next" value="`+target+`"`)
}

func TestAnAccountChoosesWhatItIsAlertedOf(t *testing.T) {
	s := open(t)
	for _, face := range []struct {
		who       demo.Who
		set, list string
		also      notify.Kind
	}{{demo.Agent, link.HallInboxSet, link.HallInbox, notify.AgentChanged}, {demo.WorkerA, link.MobileInboxSet, link.MobileInbox, notify.Security}} {
		b := s.as(face.who)
		b.get(face.set).shows(t, http.StatusOK, "消息设置", "始终提醒", "账号安全", `value="concluded" checked`)
		b.send(face.set, url.Values{"inbox": {string(notify.ToSign)}}).shows(t, http.StatusOK, "消息设置已保存。")
		p := b.get(face.set)
		if strings.Contains(p.Body, `value="concluded" checked`) {
			t.Error("still on")
		}
		account := s.Actor(face.who)
		s.tell(account, notify.Concluded, "合同已签订。", face.list)
		s.tell(account, face.also, "账号有变化。", face.list)
		if n, err := s.Notify.Unread(t.Context(), account.Account); err != nil || n == 0 {
			t.Errorf("security is silent: %d %v", n, err)
		}
		b.get(face.list).shows(t, http.StatusOK, "合同已签订。")
	}
}
