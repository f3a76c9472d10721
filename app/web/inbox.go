package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/views/hall"
	"laoqi/views/inbox"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

// inbox is 消息 of both faces.
func (s *Server) inbox(q *request) error {
	before, _ := strconv.ParseInt(q.QueryParam("before"), 10, 64)
	messages, err := s.Notify.Inbox(q.Request().Context(), q.actor.Account, before)
	if err != nil {
		return err
	}
	paths := q.inboxPaths()
	p := inbox.Inbox{Messages: messages, Paths: paths, Unread: q.unread(), Token: q.token()}
	if len(messages) > notify.PageSize {
		p.Messages = messages[:notify.PageSize]
		p.Older = link.With(paths.List, "before", strconv.FormatInt(messages[notify.PageSize-1].ID, 10))
	}
	if before > 0 {
		p.Newest = paths.List
	}
	if q.fragmentWanted() {
		return q.page(inbox.List(p))
	}
	if q.face == identity.FaceHall {
		return q.page(hall.InboxPage(hall.Inbox{Shell: q.hall("消息", link.HallInbox), Inbox: p}))
	}
	shell := q.mobile("消息", "", layout.MessagesTab)
	shell.Bar.Action = action("设置", paths.Settings)
	return q.page(mobile.InboxPage(mobile.Inbox{Shell: shell, Inbox: p}))
}

func (q *request) inboxPaths() inbox.Paths {
	if q.face == identity.FaceHall {
		return inbox.Paths{List: link.HallInbox, Open: link.HallInboxOpen, ReadAll: link.HallInboxAll, Settings: link.HallInboxSet}
	}
	return inbox.Paths{List: link.MobileInbox, Open: link.MobileInboxOpen, ReadAll: link.MobileInboxAll, Settings: link.MobileInboxSet}
}

func (s *Server) inboxBadge(q *request) error {
	url := link.MobileInboxBadge
	if q.face == identity.FaceHall {
		url = link.HallInboxBadge
	}
	return q.page(layout.Unread(q.unread(), url))
}

// inboxOpen leads to what the message is about, or where that lies on the other
// face, to the page of the message.
func (s *Server) inboxOpen(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	paths := q.inboxPaths()
	target, err := s.Notify.Open(q.Request().Context(), q.actor.Account, id)
	if app.KindOf(err) == app.NotFound {
		return q.refused(paths.List, err.Error())
	}
	if err != nil {
		return err
	}
	if faceOf(target) != q.face {
		return q.leave(link.To(paths.Open, id))
	}
	return q.leave(target)
}

// inboxMessage is the page of one message.
func (s *Server) inboxMessage(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	m, err := s.Notify.Get(q.Request().Context(), q.actor.Account, id)
	if err != nil {
		return err
	}
	paths := q.inboxPaths()
	p := inbox.One{Message: m, List: paths.List}
	switch faceOf(m.Link) {
	case q.face:
		p.Target = m.Link
	case identity.FaceHall:
		p.Elsewhere = "这件事在网厅办理：请在电脑上用单位账号登录网厅，打开右上角的“消息”，点这一条。"
	default:
		p.Elsewhere = "这件事在手机端办理：请用手机登录，打开底部的“消息”，点这一条。"
	}
	if q.face == identity.FaceHall {
		crumbs := []layout.Crumb{{Label: "消息", URL: paths.List}, {Label: m.Kind.Label()}}
		return q.page(hall.MessagePage(hall.Message{Shell: q.hall(m.Kind.Label(), link.HallInbox, crumbs...), One: p}))
	}
	return q.page(mobile.MessagePage(mobile.Message{Shell: q.mobile(m.Kind.Label(), paths.List, layout.MessagesTab), One: p}))
}

func (s *Server) inboxRead(q *request) error {
	return q.after(s.Notify.OpenAll(q.Request().Context(), q.actor.Account), q.inboxPaths().List, "全部消息已标为已读。")
}

// inboxChoices is 消息设置.
func (s *Server) inboxChoices(q *request) error {
	choices, err := s.Notify.Choices(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	paths := q.inboxPaths()
	p := inbox.Choices{Choices: choices, Paths: paths, Token: q.token()}
	if q.face == identity.FaceHall {
		crumbs := []layout.Crumb{{Label: "消息", URL: paths.List}, {Label: "消息设置"}}
		return q.page(hall.ChoicesPage(hall.Choices{Shell: q.hall("消息设置", link.HallInbox, crumbs...), Choices: p}))
	}
	return q.page(mobile.ChoicesPage(mobile.Choices{Shell: q.mobile("消息设置", paths.List, layout.MessagesTab), Choices: p}))
}

func (s *Server) inboxChoose(q *request) error {
	form, err := q.FormParams()
	if err != nil {
		return err
	}
	chosen := func(name string) map[notify.Kind]bool {
		set := map[notify.Kind]bool{}
		for _, k := range form[name] {
			set[notify.Kind(k)] = true
		}
		return set
	}
	err = s.Notify.Choose(q.Request().Context(), q.actor, chosen("inbox"), chosen("sms"))
	return q.after(err, q.inboxPaths().List, "消息设置已保存。")
}
