package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
)

// manager is the legal rep at work in the hall.
func (s *site) manager() browser {
	sample, _ := demo.Find(demo.Boss)
	b := s.visitor()
	b.logIn(identity.FaceHall, sample.Credentials())
	return b
}

func clauses(base string, texts ...string) url.Values {
	v := url.Values{"base": {base}}
	for i, text := range texts {
		v.Set("clause"+string(rune('1'+i)), text)
	}
	return v
}

func TestOwnClausesArePreviewedSavedAndSeenByEverybodyConcerned(t *testing.T) {
	s := open(t)
	boss, clerk := s.manager(), s.as(demo.Agent)
	clerk.get(link.HallClauses).shows(t, http.StatusOK, "还没有自定条款")
	const meal, filled = "甲方为【姓名】提供工作餐。", "甲方为王秀兰提供工作餐。"
	send := func(to string, v url.Values) page { return boss.sendFrom(link.HallClauses, to, v) }

	more := send(link.HallClausesDraft, with(clauses("0", "第二", meal), "act", "add"))
	more.shows(t, http.StatusOK, `name="clause3"`)
	up := send(link.HallClausesDraft, with(clauses("0", "第二", meal), "act", "up:2"))
	if up.shows(t, http.StatusOK, meal); strings.Index(up.Body, meal) > strings.Index(up.Body, ">第二<") {
		t.Error("the clause was not moved up")
	}
	bad := send(link.HallClausesDraft, with(clauses("0", "【薪水】", "好", "【"), "act", "preview"))
	bad.shows(t, http.StatusUnprocessableEntity, "请更正以下 2 处", "没有名为“薪水”的字段", "应当成对使用", "好")
	send(link.HallClausesDraft, with(clauses("0", meal), "act", "preview")).shows(t, http.StatusOK, `id="preview"`, "打开整份合同（PDF）", meal)
	if file := send(link.HallClausesPDF, clauses("0", meal)); file.Kind != "application/pdf" {
		t.Errorf("preview %d, %s", file.Status, file.Kind)
	}
	send(link.HallClauses, clauses("0", meal)).shows(t, http.StatusOK, "已保存为第 1 版", "孙庆国")
	send(link.HallClauses, clauses("0", "另一个窗口的")).shows(t, http.StatusUnprocessableEntity, "您的改动没有保存", "另一个窗口的")
	send(link.HallClauses, clauses("1", meal)).shows(t, http.StatusOK, "条款没有改动")

	clerk.get(link.HallClauses).shows(t, http.StatusOK, meal, "由法定代表人或有“经办人管理”权限的经办人修改")
	clerk.get(link.To(link.HallClausesVersion, 1)).shows(t, http.StatusOK, meal, "预览合同（PDF）")
	if file := clerk.get(link.To(link.HallClausesFile, 1)); file.Kind != "application/pdf" {
		t.Errorf("version 1 as PDF: %d, %s", file.Status, file.Kind)
	}
	clerk.get(add).shows(t, http.StatusOK, "合同将印入单位的 1 条自定条款（第 1 版，以提交时为准）")
	clerk.send(add, typed(demo.WorkerA)).shows(t, http.StatusOK, "备案已提交", "单位自定条款", filled)
	s.as(demo.Reviewer).get(link.To(link.DeskFiling, s.latest(app.FilingNew))).shows(t, http.StatusOK, "单位自定条款", filled)
}
