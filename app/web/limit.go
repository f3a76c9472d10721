package web

import (
	"cmp"
	"sync"

	"laoqi/app"

	"golang.org/x/time/rate"
)

// limiter bounds how often one address (of IPv6: one network) may ask. The zero limiter is for log-ins,
// before any password is hashed, and for guesses at a short code: 30 tries at once,
// then one every two seconds.
type limiter struct {
	rate  rate.Limit // a second
	burst int
	mu    sync.Mutex
	seen  map[string]*rate.Limiter
}

const (
	loginRate      = 0.5
	loginBurst     = 30
	limiterForgets = 10_000 // addresses; then all start anew
)

func (l *limiter) allow(address string) error {
	address = app.Network(address)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen == nil || len(l.seen) > limiterForgets {
		l.seen = map[string]*rate.Limiter{}
	}
	if l.seen[address] == nil {
		l.seen[address] = rate.NewLimiter(cmp.Or(l.rate, loginRate), cmp.Or(l.burst, loginBurst))
	}
	if !l.seen[address].Allow() {
		return app.Fail(app.TooMany, "从这台设备尝试的次数太多，请过一分钟再试。")
	}
	return nil
}
