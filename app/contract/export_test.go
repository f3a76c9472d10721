package contract

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
