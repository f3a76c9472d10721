package web

import (
	"fmt"
	"time"

	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/hall"
)

// news is how long the result of sealing many contracts is shown.
const news = 24 * time.Hour

// sealing is the block that follows the sealing of many contracts.
func (s *Server) sealing(q *request) error {
	if !q.fragmentWanted() {
		return q.leave(link.HallContracts)
	}
	p, err := s.sealingView(q, q.token())
	if err != nil {
		return err
	}
	return q.page(hall.SealingPart(p))
}

func (s *Server) sealingView(q *request, token string) (p hall.Sealing, err error) {
	ctx := q.Request().Context()
	batch, failures, err := s.Contract.Sealing(ctx, q.actor.Enterprise)
	if err != nil {
		return p, err
	}
	_, live, err := s.Seal.Live(ctx, q.actor.Enterprise)
	if err != nil {
		return p, err
	}
	p = hall.Sealing{Token: token, Running: live && batch.Running(), Done: int(batch.Sealed + batch.Failed), Total: int(batch.Total), At: batch.At.Local()}
	for _, f := range failures {
		p.Failures = append(p.Failures, hall.Failure{Failure: f, URL: link.To(link.HallContract, f.Contract)})
	}
	if batch.Total > 0 && !batch.Running() && s.Now().Sub(batch.At.Time) < news {
		p.Result = sealingResult(batch)
	}
	return p, nil
}

func sealingResult(b contract.Batch) string {
	if b.Failed == 0 {
		return fmt.Sprintf("批量盖章完成：%d 份合同全部盖章成功。", b.Sealed)
	}
	return fmt.Sprintf("批量盖章完成：%d 份成功，%d 份没有成功。", b.Sealed, b.Failed)
}

func (s *Server) sealRetry(q *request) error {
	return q.after(s.Contract.RetrySealing(q.Request().Context(), q.actor), link.HallContracts, "正在重新盖章。")
}
