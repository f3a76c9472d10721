package web

import (
	"fmt"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/hall"
	"laoqi/views/part"
)

// stateTabs leads to the contracts of each state, in the order of their life.
func stateTabs(c contract.Counts, f contract.Filter) []hall.StateTab {
	all, _ := c.Of(contract.Filter{})
	tabs := []hall.StateTab{{Label: "全部", Count: all, URL: link.HallContracts, Current: f == contract.Filter{}}}
	for _, o := range app.DocumentStates {
		one := contract.Filter{Document: app.DocumentState(o.Value)}
		tabs = append(tabs, hall.StateTab{Label: o.Label, Count: c.Contracts[one.Document], URL: statesURL(one), Current: f == one})
	}
	return tabs
}

func countOf(c contract.Counts, f contract.Filter) string {
	n, known := c.Of(f)
	if !known {
		return ""
	}
	return fmt.Sprintf("共 %d 人", n)
}

// early is how many days before its end an authorization is to be renewed.
const early = 30

// waitingNotes says how many documents wait for the seal and why, or that they
// will have to soon, and how many wait for a timestamp.
func (s *Server) waitingNotes(q *request, unsealed int64) ([]hall.Note, error) {
	ctx := q.Request().Context()
	notes, err := s.stampNotes(q)
	if err != nil {
		return nil, err
	}
	lives, err := s.Seal.Lives(ctx, q.actor.Enterprise)
	if err != nil {
		return nil, err
	}
	if len(lives) > 0 {
		return append(notes, lapseNotes(lives, app.DateOf(s.Now()))...), nil
	}
	if unsealed == 0 {
		return notes, nil
	}
	why, err := s.Seal.WhyNone(ctx, q.actor.Enterprise)
	return append(notes, hall.Note{Tone: part.Wait, Text: fmt.Sprintf("%d 份合同在等待企业盖章：%s。请办理电子合同签章授权，操作员用手机扫码后自动盖章。", unsealed, why),
		Action: action("电子合同签章授权", link.HallAuthorize)}), err
}

// stampNotes says that documents wait for the timestamp of the authority outside.
func (s *Server) stampNotes(q *request) ([]hall.Note, error) {
	n, err := s.Contract.StampsOwed(q.Request().Context(), q.actor.Enterprise)
	if err != nil || n == 0 {
		return nil, err
	}
	return []hall.Note{{Tone: part.Wait, Text: fmt.Sprintf("外部时间戳服务暂时不可用，%d 份文件的时间戳暂由本系统自签发。文件有效，恢复后系统自动补加外部时间戳，不用办理。", n)}}, nil
}

// lapseNotes warns while the last of the authorizations is about to end.
func lapseNotes(lives []seal.Live, today app.Date) []hall.Note {
	last := seal.LastDay(lives[0].EndsAt)
	for _, l := range lives[1:] {
		if d := seal.LastDay(l.EndsAt); d.After(last) {
			last = d
		}
	}
	if last.After(today.AddDays(early)) {
		return nil
	}
	return []hall.Note{{Tone: part.Wait, Text: "电子合同签章授权将于" + last.Chinese() + "到期，到期后新的合同不能自动盖章。请提前重新办理。",
		Action: action("电子合同签章授权", link.HallAuthorize)}}
}
