package web

import (
	"fmt"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/part"
)

const remindersTitle = "到期提醒"

func (s *Server) reminders(q *request) error {
	d, err := s.Contract.Dues(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return err
	}
	return q.page(hall.RemindersPage(hall.Reminders{Shell: q.hall(remindersTitle, link.HallReminders), Sections: []hall.DueSection{
		section(hall.DueSection{ID: "ending", Title: "合同 60 天内到期", Day: "合同终止日期", Empty: "60 天内没有到期的合同。",
			Hint: "请提前协商续订，或办理终止。"}, d.Ending, renew),
		section(hall.DueSection{ID: "probation", Title: "试用期 30 天内结束", Day: "试用期最后一天", Empty: "30 天内没有结束的试用期。",
			Hint: "请在试用期结束前完成考核。"}, d.Probation, look),
		section(hall.DueSection{ID: "unsigned", Title: "生成 3 天后仍未签署", Day: "合同生成日期", Empty: "没有超过 3 天未签署的合同。",
			Hint: "催签会给劳动者发短信和消息，每份合同每天一次。"}, d.Unsigned, urge),
		section(hall.DueSection{ID: "filings", Title: "已用工、备案未提交", Day: "备案期限", Empty: "没有待提交的备案。",
			Hint: "用人单位应当自用工之日起 30 日内办理用工备案。"}, d.Filings, edit),
	}}))
}

// section fills the rows of one kind; act decides what can be done about each.
func section(s hall.DueSection, dues []contract.Due, act func(*hall.DueRow, contract.Due)) hall.DueSection {
	if len(dues) > contract.DueSize {
		s.More, dues = true, dues[:contract.DueSize]
	}
	for _, d := range dues {
		row := hall.DueRow{Worker: d.Worker, URL: link.To(link.HallFiling, d.Filing), On: d.On.String(), Left: fmt.Sprintf("还有 %d 天", d.Left), Tone: part.Wait}
		if d.Left < 0 {
			row.Left, row.Tone = fmt.Sprintf("已过 %d 天", -d.Left), part.Bad
		}
		if d.Worker == "" {
			row.Worker = "未填写"
		}
		act(&row, d)
		s.Rows = append(s.Rows, row)
	}
	return s
}

func renew(r *hall.DueRow, d contract.Due) {
	r.Act = action("续签", link.With(link.To(link.HallFilingAdd, app.FilingRenewal), "previous", fmt.Sprint(d.Filing)))
}

func look(r *hall.DueRow, d contract.Due) { r.Act = action("查看", r.URL) }

func urge(r *hall.DueRow, d contract.Due) {
	r.URL, r.Urge, r.Urged = link.To(link.HallContract, d.Contract), link.To(link.HallUrge, d.Contract), d.Urged
}

func edit(r *hall.DueRow, d contract.Due) {
	r.Act = action("继续办理", link.To(link.HallFilingEdit, d.Filing))
}

func (s *Server) urge(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	return q.after(s.Contract.Urge(q.Request().Context(), q.actor, id), link.HallReminders, "已向劳动者发送催签短信和消息。")
}

// dueNumbers are the reminders on 首页, each up to one more than its section shows.
func (s *Server) dueNumbers(q *request) ([]hall.Number, error) {
	d, err := s.Contract.Dues(q.Request().Context(), q.actor.Enterprise)
	number := func(label, id string, dues []contract.Due) hall.Number {
		return hall.Number{Label: label, Count: int64(len(dues)), URL: link.HallReminders + "#" + id}
	}
	return []hall.Number{number("60 天内到期", "ending", d.Ending), number("试用期将结束", "probation", d.Probation),
		number("3 天未签署", "unsigned", d.Unsigned), number("已用工未备案", "filings", d.Filings)}, err
}
