package web

import (
	"mime"
	"net/http"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/part"
)

// hallDocument reads the contract that the path names.
func (s *Server) hallDocument(q *request) (contract.Document, error) {
	id, err := q.id("id")
	if err != nil {
		return contract.Document{}, err
	}
	return s.Contract.OfContract(q.Request().Context(), q.actor, id)
}

func (s *Server) contractPage(q *request) error {
	d, err := s.hallDocument(q)
	if err != nil {
		return err
	}
	p, err := s.contractView(q, d, nil)
	if err != nil {
		return err
	}
	return q.show(hall.ContractPage(p), hall.ContractPart(p))
}

// contractView is the page of a contract, with the faults of its form for supplements.
func (s *Server) contractView(q *request, d contract.Document, faults app.Faults) (p hall.Contract, err error) {
	p = hall.Contract{State: d.State, Items: contractItems(d), Steps: contractSteps(d), Notes: contractNotes(d),
		Filing: part.Action{Label: "查看备案", URL: link.To(link.HallFiling, d.Filing)},
		Check:  part.Action{Label: "核验合同", URL: link.To(link.CheckCode, d.CheckCode)}, URL: link.To(link.HallContract, d.Contract)}
	label := "查看合同文件"
	switch d.State {
	case app.DocumentSigned:
		label = "电子劳动合同下载"
		p.Evidence = action("证据包下载", link.To(link.HallEvidence, d.Contract))
		if p.Next, err = s.followers(q, d); err != nil {
			return p, err
		}
	case app.DocumentDeclined:
		if p.Notes[0].Action, err = s.again(q, d); err != nil {
			return p, err
		}
	}
	p.Download = action(label, link.To(link.HallDownload, d.Contract))
	title := d.Worker + "的" + d.Title
	p.Shell = q.hall(title, link.HallContracts, crumb(contractsTitle, link.HallContracts, title)...)
	paper, err := s.Contract.LatestPaper(q.Request().Context(), d)
	if err != nil {
		return p, err
	}
	if paper.ID != 0 && paper.GivenOn.IsZero() {
		p.Notes = append(p.Notes, hall.Note{Tone: part.Wait, Text: "劳动者于 " + paper.AskedAt.Local() + " 申请纸质文本，请在 " + paper.DueOn().Chinese() + "前打印盖章，免费提供。",
			Action: action("登记已提供", link.To(link.HallPaper, paper.ID))})
	}
	p.Supplements, err = s.supplementsView(q, d.Contract, p.Token, faults)
	return p, err
}

// followers begin what may follow a contract in force: 续签 and 解除.
func (s *Server) followers(q *request, d contract.Document) (list []part.Action, err error) {
	ok, err := s.Filing.CanFollow(q.Request().Context(), q.actor, d.Filing)
	if !ok {
		return nil, err
	}
	for _, kind := range []app.FilingKind{app.FilingRenewal, app.FilingTermination} {
		list = append(list, part.Action{Label: kind.Label(), URL: filingStart{kind: kind, previous: d.Filing}.form("")})
	}
	return list, nil
}

// again begins anew what the worker declined to sign for.
func (s *Server) again(q *request, d contract.Document) (*part.Action, error) {
	start := filingStart{kind: d.Kind, again: d.Filing}
	if d.Kind != app.FilingNew {
		f, err := s.Filing.Get(q.Request().Context(), q.actor, d.Filing)
		if err != nil {
			return nil, err
		}
		start = filingStart{kind: d.Kind, previous: f.Previous}
	}
	return action("重新办理", start.form("")), nil
}

func contractItems(d contract.Document) []part.Item {
	return []part.Item{
		{Label: "合同编号", Value: d.Number}, {Label: "合同状态", Value: standing(d.Kind)}, {Label: "姓名", Value: d.Worker},
		{Label: "身份证号", Value: d.MaskedID}, {Label: "岗位", Value: d.Post}, {Label: "合同期限", Value: period(d.Kind, d.Terms, d.EndedOn)},
		{Label: "生成时间", Value: d.MadeAt.Local()}, {Label: "核验码", Value: d.CheckCode},
	}
}

// contractSteps shows how far the document has come.
func contractSteps(d contract.Document) []hall.Step {
	steps := []hall.Step{{Text: "审核通过，合同生成", At: d.MadeAt.Local()}}
	if d.Kind != app.FilingTermination {
		steps = append(steps, hall.Step{Text: "劳动者签名", At: d.WorkerAt.Local()})
	}
	steps = append(steps, hall.Step{Text: "企业盖章", At: d.SealedAt.Local()})
	if d.Proof() {
		steps = append(steps, hall.Step{Text: "劳动者签收（不签收不影响效力）", At: d.ReceivedAt.Local()})
	}
	return numbered(steps)
}

// numbered marks the steps that are done and numbers the others.
func numbered(steps []hall.Step) []hall.Step {
	for i := range steps {
		steps[i].Mark = "✓"
		if steps[i].At == "" {
			steps[i].Mark = string(rune('1' + i))
		}
	}
	return steps
}

// contractNotes says what the clerk can do about a contract that waits.
func contractNotes(d contract.Document) []hall.Note {
	switch {
	case d.State == app.DocumentDeclined:
		return []hall.Note{{Tone: part.Bad, Text: "劳动者拒签，原因：" + d.DeclineReason + "。协商一致后请重新办理备案。"}}
	case d.SealProblem != "":
		return []hall.Note{{Tone: part.Bad, Text: d.SealProblem}}
	case d.State == app.DocumentUnsealed:
		return []hall.Note{{Tone: part.Info, Text: "等待企业盖章：有签章授权时自动盖章，没有时请先办理。", Action: action("电子合同签章授权", link.HallAuthorize)}}
	case d.State == app.DocumentUnsigned && !d.Bound:
		return []hall.Note{{Tone: part.Wait, Text: "还没有与备案信息一致的劳动者账号：请通知劳动者用本人手机号在手机端注册并完成身份核验；已经核验的，请与劳动者核对姓名、身份证号和手机号；换了手机号的，请劳动者在手机端“账号与安全”中修改。"}}
	case d.State == app.DocumentUnsigned:
		return []hall.Note{{Tone: part.Info, Text: "已通知劳动者在手机端“我的合同”中签署。"}}
	}
	return nil
}

// contractDownload sends the PDF; one that both have signed is saved as a file.
func (s *Server) contractDownload(q *request) error {
	d, err := s.hallDocument(q)
	if err != nil {
		return err
	}
	return s.sendDocument(q, d, d.State == app.DocumentSigned)
}

func (s *Server) sendDocument(q *request, d contract.Document, save bool) error {
	file, err := s.Contract.Download(q.Request().Context(), q.actor, d)
	if err != nil {
		return err
	}
	q.attach(d.FileName())
	if !save {
		q.Response().Header().Set("Content-Disposition", disposition("inline", d.FileName()))
	}
	return q.Blob(http.StatusOK, "application/pdf", file)
}

// attach has the browser save the answer under the name.
func (q *request) attach(name string) {
	h := q.Response().Header()
	h.Set("Content-Disposition", disposition("attachment", name))
	h.Set("Cache-Control", "no-store")
}

func disposition(way, name string) string {
	return mime.FormatMediaType(way, map[string]string{"filename": name})
}
