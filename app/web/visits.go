package web

import (
	"sync"
	"time"

	"laoqi/app/vault"
)

// visits remembers, in memory, which phone opened the QR code that a desk session
// shows to check that phones reach the installation.
type visits struct {
	mu    sync.Mutex
	asked []asked // oldest first
}

type asked struct {
	session int64
	token   string
	at      time.Time
	last    visit
}

// visit is one opening of the code.
type visit struct {
	at      time.Time
	address string
	secure  bool // over HTTPS
	here    bool // by the machine that the installation runs on, which proves nothing
}

const (
	visitLife  = 10 * time.Minute
	visitsKept = 100
)

// of returns the session's code and the last visit, or makes a code.
func (v *visits) of(session int64, now time.Time) (token string, last visit) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for i := range v.asked {
		if a := &v.asked[i]; a.session == session && now.Sub(a.at) < visitLife {
			return a.token, a.last
		}
	}
	if len(v.asked) == visitsKept {
		v.asked = v.asked[1:]
	}
	v.asked = append(v.asked, asked{session: session, token: vault.Token(), at: now})
	return v.asked[len(v.asked)-1].token, visit{}
}

// note remembers a visit and returns whose code was opened; a code too old or
// unknown is not ok.
func (v *visits) note(token string, x visit) (session int64, ok bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for i := range v.asked {
		if a := &v.asked[i]; a.token == token && x.at.Sub(a.at) < visitLife {
			a.last = x
			return a.session, true
		}
	}
	return 0, false
}
