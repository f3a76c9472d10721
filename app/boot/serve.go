package boot

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// serve listens, calls started with the site's address, and stops in order once
// ctx ends: streams, requests, the outbox's job at hand, the database.
func (s *site) serve(ctx context.Context, started func(address string) error) error {
	defer s.Close()
	doors, err := s.connection.listen(s.cfg)
	if err != nil {
		return err
	}
	base, cancelRequests := context.WithCancel(context.WithoutCancel(ctx))
	defer cancelRequests()
	jobs, cancelJobs := context.WithCancel(context.WithoutCancel(ctx))
	defer cancelJobs()
	var work sync.WaitGroup
	failed := make(chan error, 1+len(doors))
	work.Go(func() { failed <- s.Jobs.Run(jobs) })
	work.Go(func() { s.sweep(jobs) })
	for _, d := range doors {
		d.server.BaseContext = func(net.Listener) context.Context { return base }
		go func() { failed <- d.serve() }()
	}
	err = started(s.cfg.BaseURL)
	if err == nil {
		select {
		case <-ctx.Done():
		case err = <-failed:
		}
	}
	cancelRequests()
	grace, done := context.WithTimeout(context.Background(), 10*time.Second)
	defer done()
	for _, d := range doors {
		err = errors.Join(err, d.server.Shutdown(grace))
	}
	cancelJobs()
	work.Wait()
	return err
}

// sweep removes what is over, once an hour.
func (s *site) sweep(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		for _, clean := range []func(context.Context) error{s.Sweep, s.forms.Sweep} {
			if err := clean(ctx); err != nil && ctx.Err() == nil {
				s.log.Error("sweep", "err", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
