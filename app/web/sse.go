package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/hub"
	"laoqi/views/layout"
)

const heartbeat = 15 * time.Second

// events streams to one page the names of what changed; the page then fetches
// the fragments concerned. The stream ends with its session.
func (s *Server) events(q *request) error {
	topics := []hub.Topic{hub.Account(q.actor.Account), hub.Session(q.actor.Session)}
	if q.actor.Enterprise != 0 {
		topics = append(topics, hub.Enterprise(q.actor.Enterprise))
	}
	if q.actor.Kind == app.AccountPerson {
		topics = append(topics, hub.Person(q.actor.Person))
	}
	return s.stream(q, topics...)
}

func (s *Server) stream(q *request, topics ...hub.Topic) error {
	changes, end := s.Hub.Subscribe(topics...)
	defer end()
	w := q.Response()
	if err := http.NewResponseController(w).SetWriteDeadline(time.Time{}); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	fmt.Fprint(w, "retry: 2000\n\n")
	w.Flush()
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		line := ": alive\n\n"
		select {
		case <-q.Request().Context().Done():
			return nil
		case t := <-changes:
			if t == hub.Session(q.actor.Session) {
				fmt.Fprint(w, "event: end\ndata: \n\n")
				return nil
			}
			line = "event: " + eventOf(t) + "\ndata: \n\n"
		case <-tick.C:
			if q.face != "" && !s.alive(q) {
				return nil
			}
		}
		if _, err := fmt.Fprint(w, line); err != nil {
			return nil
		}
		w.Flush()
	}
}

// eventOf names a topic to the page: without its id.
func eventOf(t hub.Topic) string {
	kind, _, _ := strings.Cut(string(t), ":")
	if kind == "account" {
		return layout.UnreadEvent
	}
	return kind
}

// alive asks again whether the session still stands, and for the same account; its
// validity may have ended.
func (s *Server) alive(q *request) bool {
	cookie, err := q.cookie(cookieName(q.face))
	if err != nil {
		return false
	}
	session, err := s.Identity.Session(q.Request().Context(), q.face, cookie.Value, q.actor.Device)
	return app.KindOf(err) != app.SignedOut && (err != nil || session.Actor.Account == q.actor.Account)
}
