package web

import (
	"context"
	"net/http"
	"strconv"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/part"
)

// supplementsView is what a contract's page shows of 补充条款, nil where there can be none.
func (s *Server) supplementsView(q *request, id int64, token string, faults app.Faults) (*hall.Supplements, error) {
	ctx := q.Request().Context()
	may, err := s.Contract.MaySupplement(ctx, q.actor, id)
	if err != nil || !may {
		return nil, err
	}
	found, err := s.Contract.Supplements(ctx, q.actor, id)
	if err != nil {
		return nil, err
	}
	p := &hall.Supplements{Template: link.To(link.HallTemplate, id), Upload: supplementForm(id, 0, token, faults)}
	for _, d := range found {
		row := hall.SupplementRow{Document: d, URL: link.To(link.HallSupplement, d.ID)}
		if d.State == app.DocumentSigned {
			row.Download = link.To(link.HallSupplementFile, d.ID)
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

func supplementForm(id, replaces int64, token string, faults app.Faults) hall.SupplementUpload {
	return hall.SupplementUpload{URL: link.To(link.HallSupplements, id), Replaces: some(replaces), Token: token, Faults: faults}
}

// template is 电子劳动合同补充条款模板下载.
func (s *Server) template(q *request) error {
	d, err := s.hallDocument(q)
	if err != nil {
		return err
	}
	file, err := s.Contract.Template(q.Request().Context(), q.actor, d.Contract)
	if app.KindOf(err) == app.Conflict {
		return q.refused(link.To(link.HallContract, d.Contract), err.Error())
	}
	if err != nil {
		return err
	}
	q.attach("补充条款-" + d.Number + ".docx")
	return q.Blob(http.StatusOK, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", file)
}

// supplementAdd is 电子合同补充条款模板上传.
func (s *Server) supplementAdd(q *request) error {
	d, err := s.hallDocument(q)
	if err != nil {
		return err
	}
	file, err := q.file(contract.FieldFile, contract.MaxUpload)
	if err != nil {
		return err
	}
	replaces, _ := strconv.ParseInt(q.form("replaces"), 10, 64)
	id, err := s.Contract.AddSupplement(context.WithoutCancel(q.Request().Context()), q.actor, contract.Upload{Contract: d.Contract, Replaces: replaces, File: file})
	if faults := app.FaultsOf(err); faults != nil {
		return s.supplementFaulty(q, d, replaces, faults)
	}
	if app.KindOf(err) == app.Conflict {
		return q.refused(link.To(link.HallContract, d.Contract), err.Error())
	}
	if err != nil {
		return err
	}
	return q.done(link.To(link.HallSupplement, id), "上传电子劳动合同补充条款模板成功，已通知个人签名。")
}

// supplementFaulty shows the form again where it stood.
func (s *Server) supplementFaulty(q *request, d contract.Document, replaces int64, faults app.Faults) error {
	if replaces != 0 {
		old, err := s.Contract.Supplement(q.Request().Context(), q.actor, replaces)
		if err != nil {
			return err
		}
		p := s.supplementView(q, old)
		form := supplementForm(d.Contract, replaces, p.Token, faults)
		p.Replace = &form
		if q.fragmentWanted() {
			return q.faulty(hall.SupplementForm(form, hall.ReplaceTitle))
		}
		return q.faulty(hall.SupplementPage(p))
	}
	p, err := s.contractView(q, d, faults)
	if err != nil {
		return err
	}
	if q.fragmentWanted() && p.Supplements != nil {
		return q.faulty(hall.SupplementForm(p.Supplements.Upload, hall.UploadTitle))
	}
	return q.faulty(hall.ContractPage(p))
}

// hallSupplement reads the supplement that the path names.
func (s *Server) hallSupplement(q *request) (contract.Document, error) {
	id, err := q.id("id")
	if err != nil {
		return contract.Document{}, err
	}
	return s.Contract.Supplement(q.Request().Context(), q.actor, id)
}

func (s *Server) supplementPage(q *request) error {
	d, err := s.hallSupplement(q)
	if err != nil {
		return err
	}
	p := s.supplementView(q, d)
	return q.show(hall.SupplementPage(p), hall.SupplementPart(p))
}

func (s *Server) supplementView(q *request, d contract.Document) hall.Supplement {
	back := link.To(link.HallContract, d.Contract)
	p := hall.Supplement{State: d.State, Items: supplementItems(d), Steps: supplementSteps(d), Notes: supplementNotes(d), URL: link.To(link.HallSupplement, d.ID),
		Download: part.Action{Label: "下载补充条款", URL: link.To(link.HallSupplementFile, d.ID)}, Back: part.Action{Label: "返回合同", URL: back},
		Check: part.Action{Label: "核验补充条款", URL: link.To(link.CheckCode, d.CheckCode)}, Pictures: s.pictures(link.HallSupplementPage, d)}
	title := d.Worker + "的" + d.Title
	p.Shell = q.hall(title, link.HallContracts, crumb(contractsTitle, link.HallContracts, title)...)
	if d.State == app.DocumentUnsigned {
		form := supplementForm(d.Contract, d.ID, p.Token, nil)
		p.Withdraw, p.Replace = link.To(link.HallSupplementWithdraw, d.ID), &form
	}
	return p
}

// pictures are the addresses of a document's pages, nil where none can be made.
func (s *Server) pictures(pattern string, d contract.Document) (list []string) {
	if !s.Contract.Drawn() {
		return nil
	}
	for n := range d.Pages {
		list = append(list, link.With(link.To(pattern, d.ID, n+1), "of", d.Hash[:8]))
	}
	return list
}

func supplementItems(d contract.Document) []part.Item {
	return []part.Item{
		{Label: "文件", Value: d.Title}, {Label: "合同编号", Value: d.Number}, {Label: "姓名", Value: d.Worker}, {Label: "身份证号", Value: d.MaskedID},
		{Label: "页数", Value: strconv.Itoa(d.Pages) + " 页（含签署页）"}, {Label: "上传时间", Value: d.MadeAt.Local()},
		{Label: "核验码", Value: d.CheckCode}, {Label: "文件 SHA-256", Value: d.Hash},
	}
}

func supplementSteps(d contract.Document) []hall.Step {
	confirmed := ""
	if d.State == app.DocumentUnsealed || d.State == app.DocumentSigned {
		confirmed = "已确认"
	}
	return numbered([]hall.Step{{Text: "上传，通知劳动者", At: d.MadeAt.Local()}, {Text: "劳动者签名", At: d.WorkerAt.Local()},
		{Text: "操作员确认文件", At: confirmed}, {Text: "企业盖章", At: d.SealedAt.Local()}})
}

// supplementNotes says what a supplement waits for.
func supplementNotes(d contract.Document) []hall.Note {
	switch {
	case d.State == app.DocumentWithdrawn:
		return []hall.Note{{Tone: part.Info, Text: "这份补充条款已撤回，劳动者不需要签署。"}}
	case d.State == app.DocumentDeclined:
		return []hall.Note{{Tone: part.Bad, Text: "劳动者拒签，原因：" + d.DeclineReason + "。协商一致后可以重新上传。"}}
	case d.SealProblem != "":
		return []hall.Note{{Tone: part.Bad, Text: d.SealProblem}}
	case d.State == app.DocumentUnconfirmed:
		return []hall.Note{{Tone: part.Wait, Text: "待操作员确认：补充条款没有经过审核，签章授权有效的操作员在手机端阅读并用证书密码确认后自动盖章。没有有效的签章授权时请先办理。",
			Action: action("电子合同签章授权", link.HallAuthorize)}}
	case d.State == app.DocumentUnsealed:
		return []hall.Note{{Tone: part.Info, Text: "操作员已确认，正在盖章，页面会自动更新。"}}
	case d.State == app.DocumentUnsigned && !d.Bound:
		return []hall.Note{{Tone: part.Wait, Text: "还没有与备案信息一致的劳动者账号：请通知劳动者用本人手机号在手机端注册并完成身份核验。签署前可以撤回或替换。"}}
	case d.State == app.DocumentUnsigned:
		return []hall.Note{{Tone: part.Info, Text: "已通知劳动者在手机端“我的合同”中签署。请核对下面的文件预览，签署前可以撤回或替换。"}}
	}
	return nil
}

func (s *Server) supplementPicture(q *request) error {
	d, err := s.hallSupplement(q)
	if err != nil {
		return err
	}
	return s.sendPicture(q, d)
}

func (s *Server) supplementFile(q *request) error {
	d, err := s.hallSupplement(q)
	if err != nil {
		return err
	}
	return s.sendDocument(q, d, true)
}

func (s *Server) supplementWithdrawPage(q *request) error {
	d, err := s.hallSupplement(q)
	if err != nil {
		return err
	}
	back := link.To(link.HallSupplement, d.ID)
	if d.State != app.DocumentUnsigned {
		return q.refused(back, "这份补充条款现在不能撤回。")
	}
	p := hall.SupplementWithdraw{Shell: q.hall("撤回补充条款", link.HallContracts)}
	p.Confirm = part.Confirmation{Title: "撤回补充条款", Object: d.Worker + "　" + d.Title, URL: link.To(link.HallSupplementWithdraw, d.ID), Token: p.Token,
		Submit: "确认撤回", CancelURL: back, Consequence: "撤回后劳动者不能再签署这份文件，操作记录会保留。需要时可以重新上传。"}
	return q.page(hall.SupplementWithdrawPage(p))
}

func (s *Server) supplementWithdraw(q *request) error {
	d, err := s.hallSupplement(q)
	if err != nil {
		return err
	}
	err = s.Contract.WithdrawSupplement(q.Request().Context(), q.actor, d.ID)
	return q.after(err, link.To(link.HallSupplement, d.ID), "已撤回补充条款。")
}
