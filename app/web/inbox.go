package web

import (
	"strconv"

	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/views/hall"
	"laoqi/views/inbox"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

func (s *Server) inbox(q *request) error {
	before, _ := strconv.ParseInt(q.QueryParam("before"), 10, 64)
	messages, err := s.Notify.Inbox(q.Request().Context(), q.actor.Account, before)
	if err != nil {
		return err
	}
	p := inbox.Inbox{Messages: messages, Open: link.MobileInboxOpen, ReadAll: link.MobileInboxAll}
	if q.face == identity.FaceHall {
		p.Open, p.ReadAll = link.HallInboxOpen, link.HallInboxAll
	}
	if len(messages) > notify.PageSize {
		p.Messages = messages[:notify.PageSize]
		p.Older = link.With(q.inboxPath(), "before", strconv.FormatInt(messages[notify.PageSize-1].ID, 10))
	}
	if q.face == identity.FaceHall {
		shell := q.hall("消息", link.HallInbox)
		p.Token = shell.Token
		return q.page(hall.InboxPage(hall.Inbox{Shell: shell, Inbox: p}))
	}
	shell := q.mobile("消息", "", layout.MessagesTab)
	p.Token = shell.Token
	return q.page(mobile.InboxPage(mobile.Inbox{Shell: shell, Inbox: p}))
}

func (s *Server) inboxBadge(q *request) error {
	url := link.MobileInboxBadge
	if q.face == identity.FaceHall {
		url = link.HallInboxBadge
	}
	return q.page(layout.Unread(q.unread(), url))
}

func (s *Server) inboxOpen(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	target, err := s.Notify.Open(q.Request().Context(), q.actor.Account, id)
	if err != nil {
		return err
	}
	if faceOf(target) != q.face {
		return q.done(q.inboxPath(), "这件事请在"+map[string]string{identity.FaceHall: "网厅（电脑）", identity.FaceMobile: "手机端"}[faceOf(target)]+"登录后办理。")
	}
	return q.leave(target)
}

func (q *request) inboxPath() string {
	if q.face == identity.FaceHall {
		return link.HallInbox
	}
	return link.MobileInbox
}

func (s *Server) inboxRead(q *request) error {
	return q.after(s.Notify.OpenAll(q.Request().Context(), q.actor.Account), q.inboxPath(), "全部消息已标为已读。")
}
