package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/notify"
)

var drafts = regexp.MustCompile(`name="draft" value="([^"]+)"`)

// agentForm is 添加经办人 filled in for the second worker.
func agentForm() url.Values {
	sample, _ := demo.Find(demo.WorkerB)
	return url.Values{"name": {sample.Name}, "id_type": {"resident"}, "id_number": {sample.Number}, "mobile": {sample.Mobile}, "id_from": {"2020-01-01"}, "span": {"10"},
		"password": {"Jingban26"}, "again": {"Jingban26"}, "from": {"2026-05-06"}, "until": {"2027-05-05"}, "manages": {"on"}}
}

func TestAnAgentIsAddedWithoutJavaScript(t *testing.T) {
	s := open(t)
	b := s.as(demo.Boss)
	b.get(link.MobileMe).shows(t, http.StatusOK, "我的经办人")
	b.get(link.MobileAgents).shows(t, http.StatusOK, "周敏", "有效", "编辑", "修改密码", "删除", "+经办人")
	b.send(link.MobileAgentAdd, url.Values{"name": {"李建国"}}).shows(t, http.StatusUnprocessableEntity, `value="李建国"`, "请输入密码", "请选择经办人有效期开始日期")
	asks := b.send(link.MobileAgentAdd, agentForm())
	asks.shows(t, http.StatusOK, "确认添加经办人", "李建国", "2027年5月5日", "验证本人身份")
	for _, secret := range []string{"Jingban26", agentForm().Get("id_number"), agentForm().Get("mobile")} {
		if strings.Contains(asks.Body, secret) {
			t.Errorf("the page that asks for the proof holds %s", secret)
		}
	}
	form := url.Values{"draft": {drafts.FindStringSubmatch(asks.Body)[1]}}
	s.Screen.Clear()
	b.sendFrom(link.MobileAgentAdd, link.MobileAgentCode, form).shows(t, http.StatusOK, "李建国", `data-wait="60"`)
	form.Set("code", s.Code(demo.Boss))
	b.sendFrom(link.MobileAgentAdd, link.MobileAgentConfirm, form).shows(t, http.StatusUnprocessableEntity, "请输入登录密码", form.Get("code"))
	form.Set("password", demo.Password)
	b.sendFrom(link.MobileAgentAdd, link.MobileAgentConfirm, form).shows(t, http.StatusOK, "经办人李建国已添加", "等待本人登录", "可以管理印章")
	form.Set("draft", "nonsense")
	b.sendFrom(link.MobileAgentAdd, link.MobileAgentConfirm, form).shows(t, http.StatusOK, "已失效，请重新填写")
}

func TestTheAgentPagesTellNoStrangersIDsApart(t *testing.T) {
	s := open(t)
	b := s.as(demo.Boss)
	boss := s.Actor(demo.Boss)
	for _, pattern := range []string{link.MobileAgent, link.MobileAgentPassword, link.MobileAgentRemove} {
		for _, id := range []int64{boss.Account, 999999} { // an account, but no agent's
			b.get(link.To(pattern, id)).shows(t, http.StatusNotFound)
		}
	}
}

func TestAnAgentWithThePermissionManagesSealsAndNoAgents(t *testing.T) {
	s := open(t)
	b := s.as(demo.Boss)
	agents, err := s.Enterprise.Agents(t.Context(), s.Actor(demo.Boss))
	s.must(err)
	path := link.To(link.MobileAgent, agents[0].ID)
	edit := b.get(path)
	edit.shows(t, http.StatusOK, "编辑经办人", app.MaskMobile(agents[0].Mobile), app.MaskID(agents[0].IDNumber))
	if strings.Contains(edit.Body, agents[0].IDNumber) {
		t.Error("the ID number stands in full")
	}
	seen := url.Values{"seen_from": {agents[0].From.String()}, "seen_until": {agents[0].Until.String()}, "from": {agents[0].From.String()}}
	seen.Set("until", "2020-01-01")
	b.send(path, seen).shows(t, http.StatusUnprocessableEntity, "不早于开始日期和今天", `value="2020-01-01"`)
	seen.Set("until", "2028-12-31")
	seen.Set("manages", "on")
	b.send(path, seen).shows(t, http.StatusOK, "周敏的信息已修改", "2028年12月31日")
	b.send(path, seen).shows(t, http.StatusOK, "刚刚在另一个页面被修改")
	agent := s.onBothFaces(demo.Agent)
	agent.get(link.MobileMe).shows(t, http.StatusOK, "我的印章")
	agent.get(link.MobileAgents).shows(t, http.StatusForbidden)
}

func TestADeletedAgentIsOutOnTheNextRequest(t *testing.T) {
	s := open(t)
	b, agent := s.as(demo.Boss), s.as(demo.Agent)
	agents, err := s.Enterprise.Agents(t.Context(), s.Actor(demo.Boss))
	s.must(err)
	path := link.To(link.MobileAgentRemove, agents[0].ID)
	b.get(path).shows(t, http.StatusOK, "无法再登录", "数字证书同时吊销")
	agent.get(link.Hall).shows(t, http.StatusOK, "周敏")
	b.send(path, url.Values{}).shows(t, http.StatusOK, "经办人周敏已删除", "还没有经办人")
	agent.get(link.Hall).shows(t, http.StatusOK, "单位登录")
}

func TestDeletingAnAgentWhoHoldsSealsSaysSoAndMayEndTheGrants(t *testing.T) {
	for _, end := range []bool{false, true} {
		s := authorizing(t)
		boss, operator := s.Actor(demo.Boss), s.Actor(demo.Operator)
		agent := s.Employ(boss, demo.Boss, demo.Operator, "Jingban26", true)
		s.Authorize(s.clerk, operator)
		b := s.as(demo.Boss)
		path := link.To(link.MobileAgentRemove, agent)
		b.get(path).shows(t, http.StatusOK, "刘洋还持有以下印章的授权", demo.EnterpriseName+"电子法定名称章", "同时取消这些印章的授权", "checked")
		form, says := url.Values{}, "其 1 枚印章的授权仍然有效"
		if end {
			form, says = url.Values{"grants": {"on"}}, "其 1 枚印章的授权同时取消"
		}
		b.send(path, form).shows(t, http.StatusOK, says)
		if _, lives, err := s.Seal.Live(t.Context(), boss.Enterprise); lives == end || err != nil {
			t.Errorf("with the box %v the authorization lives: %v, %v", end, lives, err)
		}
		if n := s.told(operator, notify.Granted); (n == 2) != end {
			t.Errorf("with the box %v the operator was told %d times of grants", end, n)
		}
	}
}
