package web_test

import (
	"bytes"
	"image"
	"image/png"
	"maps"
	"net/http"
	"net/url"
	"sync"
	"testing"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/notify"
)

// twice sends one form two times, as somebody does who presses twice, and returns
// what each time leads to.
func (b browser) twice(from, to string, v url.Values) [2]page {
	b.s.t.Helper()
	v.Set("_token", b.token(from))
	var got [2]page
	for i := range got {
		got[i] = b.read(b.client.PostForm(b.s.server.URL+to, v))
	}
	return got
}

// once checks that both times lead to the same page, and returns the first.
func once(t *testing.T, what string, got [2]page) page {
	t.Helper()
	if got[0].Path != got[1].Path || got[0].Status != http.StatusOK || got[1].Status != http.StatusOK {
		t.Errorf("%s: %d at %s, then %d at %s:\n%s", what, got[0].Status, got[0].Path, got[1].Status, got[1].Path, got[1].text())
	}
	return got[0]
}

// told counts the messages of the kind in the actor's inbox.
func (s *site) told(by app.Actor, kind notify.Kind) (n int) {
	s.t.Helper()
	inbox, err := s.Notify.Inbox(s.t.Context(), by.Account, 0)
	s.must(err)
	for _, m := range inbox {
		if m.Kind == kind {
			n++
		}
	}
	return n
}

func TestAWorkersFormsSentTwiceActOnce(t *testing.T) {
	s := open(t)
	clerk, d := s.Conclude()
	proof := s.End(clerk, d)
	worker := s.as(demo.WorkerA)
	here := link.To(link.MobileContract, proof.ID)

	once(t, "签收", worker.twice(here, link.To(link.MobileReceive, proof.ID), url.Values{})).shows(t, http.StatusOK, "已签收，单位能看到签收时间")
	ask := link.To(link.MobilePaper, proof.ID)
	worker.get(ask).shows(t, http.StatusOK, proof.Title, proof.Number, "免费交给您一份", "第十三条", "确认申请")
	once(t, "申请纸质文本", worker.twice(ask, ask, url.Values{})).shows(t, http.StatusOK, "已申请纸质文本", "请单位在")
	worker.get(ask).shows(t, http.StatusOK, "已经申请过纸质文本")
	once(t, "消息设置", worker.twice(link.MobileInboxSet, link.MobileInboxSet, url.Values{"inbox": {string(notify.ToSign)}})).shows(t, http.StatusOK, "消息设置已保存")
	if s.told(clerk, notify.Receipt) != 1 || s.told(clerk, notify.Paper) != 1 {
		t.Errorf("the clerk hears of %d receipts and %d papers", s.told(clerk, notify.Receipt), s.told(clerk, notify.Paper))
	}

	s.contract(demo.WorkerB)
	other := s.as(demo.WorkerB)
	held, err := s.Contract.List(t.Context(), s.Actor(demo.WorkerB).Person, contract.ToSign, 0)
	s.must(err)
	decline := link.To(link.MobileDecline, held.List[0].ID)
	once(t, "拒签", other.twice(decline, decline, url.Values{"reason": {"工资数额与约定不一致"}})).shows(t, http.StatusOK, "已拒签", "工资数额与约定不一致")
	if n := s.told(clerk, notify.Declined); n != 1 {
		t.Errorf("the clerk hears of %d refusals", n)
	}
}

func TestTwoTabsAtOnceActOnce(t *testing.T) {
	s := open(t)
	clerk, d := s.Conclude()
	proof := s.End(clerk, d)
	worker := s.as(demo.WorkerA)
	for what, c := range map[string]struct {
		from, to string
		kind     notify.Kind
	}{
		"签收":     {link.To(link.MobileContract, proof.ID), link.To(link.MobileReceive, proof.ID), notify.Receipt},
		"申请纸质文本": {link.To(link.MobilePaper, proof.ID), link.To(link.MobilePaper, proof.ID), notify.Paper},
	} {
		tokens := [2]string{worker.token(c.from), worker.token(c.from)}
		var answers [2]string
		var tabs sync.WaitGroup
		for i, token := range tokens {
			tabs.Go(func() {
				own := *worker.client
				own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
				answer, err := own.PostForm(s.server.URL+c.to, url.Values{"_token": {token}})
				if err != nil {
					t.Error(err)
					return
				}
				answer.Body.Close()
				answers[i] = answer.Header.Get("Location")
			})
		}
		tabs.Wait()
		if answers[0] != answers[1] || answers[0] != link.To(link.MobileContract, proof.ID) {
			t.Errorf("%s: the tabs lead to %q", what, answers)
		}
		if n := s.told(clerk, c.kind); n != 1 {
			t.Errorf("%s: the clerk is told %d times", what, n)
		}
	}
}

// stranger is a registration of somebody unknown so far, but for the code.
func (s *site) stranger() (v url.Values, mobile string) {
	s.t.Helper()
	number := ""
	for _, c := range "0123456789X" {
		if n, problem := app.CheckIDNumber(app.IDResident, "22010419950612001"+string(c), app.DateOf(s.Now())); problem == "" {
			number = n
		}
	}
	mobile = "13900004321"
	return url.Values{app.FieldName: {"高建军"}, app.FieldIDType: {string(app.IDResident)}, app.FieldIDNumber: {number}, "id_from": {"2020-03-01"}, "span": {"20"},
		app.FieldMobile: {mobile}, "password": {demo.Password}, "again": {demo.Password}, "agreed": {"on"}}, mobile
}

func TestARegistrationSentTwiceMakesOneAccountAndKeepsWhatWasTyped(t *testing.T) {
	s := open(t)
	b := s.visitor()
	v, mobile := s.stranger()
	next := link.To(link.MobileTicket, "Zx9")
	b.get(link.With(link.MobileRegister, "next", next)).shows(t, http.StatusOK, "《个人信息处理规则》", link.With(link.MobileLogin, "next", next))
	s.Screen.Clear()
	b.sendFrom(link.MobileRegister, link.MobileRegisterSMS, with(maps.Clone(v), "password", "")).shows(t, http.StatusOK, `data-wait="60"`, "高建军", "checked")
	v.Set("code", s.CodeAt(mobile))
	bad := with(maps.Clone(v), "agreed", "", "id_from", "20年3月", "span", "", "again", "Other2026", app.FieldName, "高")
	b.send(link.MobileRegister, bad).shows(t, http.StatusUnprocessableEntity, "请更正以下 5 处", "请按“年-月-日”填写日期", "请选择证件有效期结束日期", "两次输入的密码不一致",
		"请阅读并同意《个人信息处理规则》后再注册", "姓名应为 2 至 50 个字", v.Get(app.FieldIDNumber), v.Get("code"))
	got := once(t, "注册", b.twice(link.MobileRegister, link.MobileRegister, v))
	got.shows(t, http.StatusOK, "注册成功", "证件人像面照片")
	b.get(link.MobileInfo).shows(t, http.StatusOK, "个人信息处理规则")
}

func TestAnEnterpriseIsRegisteredOnceByAFormSentTwice(t *testing.T) {
	s := open(t)
	b := s.as(demo.WorkerB)
	v := map[string]string{"name": "长春远大机械有限公司", "uscc": otherUSCC(), "address": "长春市绿园区", "phone": "0431-80002000", "password": demo.Password, "again": "Other2026"}
	b.uploadWith(link.MobileEnterprise, link.MobileEnterprise, "licence", card(t), v).shows(t, http.StatusUnprocessableEntity,
		"请更正以下 2 处", "两次输入的密码不一致", "请再选一次照片", "长春市绿园区", v["uscc"])
	v["again"] = demo.Password
	v["_token"] = b.token(link.MobileEnterprise)
	var got [2]page
	for i := range got {
		got[i] = b.uploadWith("", link.MobileEnterprise, "licence", card(t), v)
	}
	once(t, "企业入驻", got).shows(t, http.StatusOK, "入驻申请已提交", "长春远大机械有限公司", "待审核", "登记另一家企业")
	mine, err := s.Enterprise.Mine(t.Context(), s.Actor(demo.WorkerB).Person)
	s.must(err)
	if len(mine) != 1 {
		t.Errorf("%d enterprises", len(mine))
	}
	delete(v, "_token")
	another := link.With(link.MobileEnterprise, "add", "1")
	b.uploadWith(another, link.MobileEnterprise, "licence", card(t), v).shows(t, http.StatusUnprocessableEntity, "您已经提交过这家单位的入驻申请")
}

func TestANewMobileNumberSentTwiceChangesOnce(t *testing.T) {
	s := open(t)
	b := s.as(demo.WorkerB)
	const mobile = "13900004322"
	v := url.Values{app.FieldMobile: {mobile}, "password": {demo.Password}}
	s.Screen.Clear()
	b.sendFrom(link.MobileNumber, link.MobileNumberOld, v).shows(t, http.StatusOK, mobile)
	v.Set("old_code", s.Code(demo.WorkerB))
	b.sendFrom(link.MobileNumber, link.MobileNumberNew, v).shows(t, http.StatusOK, v.Get("old_code"))
	v.Set("code", s.CodeAt(mobile))
	once(t, "修改手机号码", b.twice(link.MobileNumber, link.MobileNumber, v)).shows(t, http.StatusOK, "手机号码已修改，请重新登录")
}

// card is a picture that passes as that of a document.
func card(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
