package web

import (
	"fmt"
	"strconv"
	"strings"

	"laoqi/app/link"
	"laoqi/app/review"
	"laoqi/views/part"
)

// filingApproveAll is 审核通过所选.
func (s *Server) filingApproveAll(q *request) error {
	f := queueFilter(q)
	queue := link.With(link.DeskFilings, "kind", string(f.Kind), "enterprise", f.Enterprise)
	chosen := q.chosen()
	if len(chosen) == 0 {
		return q.refused(queue, "请先勾选要审核通过的备案。")
	}
	approved, left, err := s.Review.ApproveAll(q.Request().Context(), q.actor, chosen)
	if err != nil {
		return err
	}
	return q.leaveWith(queue, severalFlash(approved, left))
}

// chosen reads the boxes of the queue: id and version with a dash between.
func (q *request) chosen() (list []review.Chosen) {
	q.form("chosen")
	for _, text := range q.Request().Form["chosen"] {
		id, version, _ := strings.Cut(text, "-")
		c := review.Chosen{}
		c.ID, _ = strconv.ParseInt(id, 10, 64)
		c.Version, _ = strconv.ParseInt(version, 10, 64)
		list = append(list, c)
	}
	return list
}

func severalFlash(approved int, left []review.Left) part.Flash {
	f := part.Flash{Tone: part.OK, Text: fmt.Sprintf("已审核通过 %d 份，并已通知单位。", approved)}
	for i, l := range left {
		if i == 0 {
			f.Tone = part.Bad
			f.Text = fmt.Sprintf("已审核通过 %d 份；%d 份没有处理：", approved, len(left))
		}
		f.Text += l.Name + "（" + strings.TrimSuffix(l.Why, "。") + "）"
	}
	return f
}
