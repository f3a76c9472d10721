package contract

import (
	"context"

	"laoqi/app"
	"laoqi/app/cert"
)

// Reach lets a test act at each step of sealing a document.
func (s *Service) Reach(f func(step string)) { s.reached = func(at step) { f(string(at)) } }

// The steps of sealing a document, for tests.
var Steps = []string{string(stepSigned), string(stepWritten), string(stepRecorded), string(stepCommitted)}

// BusyChecking has as many files checked as may be at once, until done is called.
func (s *Service) BusyChecking() (done func()) {
	for range cap(s.checks) {
		s.checks <- struct{}{}
	}
	return func() {
		for range cap(s.checks) {
			<-s.checks
		}
	}
}

// ConfirmBy is Confirm with a key that was unlocked before.
func (s *Service) ConfirmBy(ctx context.Context, by app.Actor, document int64, key cert.Key) error {
	d, live, err := s.toConfirm(ctx, by, document)
	if err != nil {
		return err
	}
	return s.confirmBy(ctx, by, d, live, key)
}
