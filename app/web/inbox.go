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
	path := link.MobileInbox
	if q.face == identity.FaceHall {
		p.Open, p.ReadAll, path = link.HallInboxOpen, link.HallInboxAll, link.HallInbox
	}
	if len(messages) > notify.PageSize {
		p.Messages = messages[:notify.PageSize]
		p.Older = link.With(path, "before", strconv.FormatInt(messages[notify.PageSize-1].ID, 10))
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
	return q.leave(target)
}

func (s *Server) inboxRead(q *request) error {
	back := map[string]string{identity.FaceHall: link.HallInbox, identity.FaceMobile: link.MobileInbox}[q.face]
	return q.after(s.Notify.OpenAll(q.Request().Context(), q.actor.Account), back, "全部消息已标为已读。")
}
