package web

import (
	"net/http"
	"strconv"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/review"
	"laoqi/views/desk"
	"laoqi/views/layout"
	"laoqi/views/part"
)

func (s *Server) deskHome(q *request) error {
	ctx := q.Request().Context()
	filings, err := s.Review.Queue(ctx, review.Filter{}, 0)
	if err != nil {
		return err
	}
	identities, err := s.Identity.WaitingClaims(ctx, 0)
	if err != nil {
		return err
	}
	enterprises, err := s.Enterprise.Waiting(ctx, 0)
	if err != nil {
		return err
	}
	changes, err := s.Enterprise.LegalRepChanges(ctx)
	if err != nil {
		return err
	}
	return q.page(desk.HomePage(desk.Home{Shell: q.desk("审核首页", link.Desk), Queues: []desk.Queue{
		{Label: "用工备案审核", Text: "新签、续签、解除备案的审核和名册", URL: link.DeskFilings, Icon: part.IconPaper, Waits: upToAPage(len(filings))},
		{Label: "身份核验", Text: "对照证件照片核验本人身份", URL: link.DeskIdentities, Icon: part.IconBadge, Waits: upToAPage(len(identities))},
		{Label: "企业入驻", Text: "对照营业执照审核企业入驻、变更法定代表人", URL: link.DeskEnterprises, Icon: part.IconShield, Waits: upToAPage(len(enterprises) + len(changes))},
		{Label: "人员服务", Text: "更换手机号码、更正身份信息、提前解除激活限制、身份信息不一致", URL: link.DeskPersons, Icon: part.IconUser},
		{Label: "设置自检", Text: "手机能否打开、短信、安全连接、备份等是否正常", URL: link.DeskSelfCheck, Icon: part.IconDone},
	}}))
}

const queuePage = 20

// upToAPage says how many wait; counting more would cost more the more there are.
func upToAPage(n int) string {
	if n > queuePage {
		return strconv.Itoa(queuePage) + "+"
	}
	return strconv.Itoa(n)
}

// after is the id after which a queue's page starts.
func (q *request) pageAfter() int64 {
	n, _ := strconv.ParseInt(q.QueryParam("after"), 10, 64)
	return n
}

// pageOf cuts a list to a page and returns the address of the next one, "" if
// there is none. The pairs go into it as with link.With.
func pageOf[T any](list []T, path string, id func(T) int64, pairs ...string) ([]T, string) {
	if len(list) <= queuePage {
		return list, ""
	}
	list = list[:queuePage]
	return list, link.With(path, append(pairs, "after", strconv.FormatInt(id(list[queuePage-1]), 10))...)
}

// crumb is the way to a page of a queue.
func crumb(label, url, here string) []layout.Crumb {
	return []layout.Crumb{{Label: label, URL: url}, {Label: here}}
}

// decision reads the form of desk.Decision: the reason is empty for an acceptance.
func (q *request) decision() (reason string, faults app.Faults) {
	switch q.form("decision") {
	case "accept":
	case "refuse":
		reason = q.form("reason")
		faults.Require("reason", reason, "请填写原因，它会通知对方。")
	default:
		faults.Add("", "请选择通过或退回。")
	}
	return reason, faults
}

// picture answers with a picture that only this page may show.
func (q *request) picture(content []byte, err error) error {
	if err != nil {
		return err
	}
	q.Response().Header().Set("Cache-Control", "no-store")
	return q.Blob(http.StatusOK, http.DetectContentType(content), content)
}
