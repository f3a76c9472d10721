package web

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"laoqi/app"
	"laoqi/app/clause"
	"laoqi/app/link"
	"laoqi/app/pdf"
	"laoqi/app/pdf/raster"
	"laoqi/views/hall"
	"laoqi/views/part"
)

const clausesTitle = "合同条款"

// clauses is 合同条款: the enterprise's own clauses, to be changed by those who
// manage, and their versions.
func (s *Server) clauses(q *request) error {
	set, err := s.Clause.Current(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	texts := set.Texts
	if len(texts) == 0 {
		texts = []string{""}
	}
	p, err := s.clausesView(q, set.Version, texts, nil)
	if err != nil {
		return err
	}
	return q.page(hall.ClausesPage(p))
}

// clausesView is the page with the texts in the form, filled from the version base.
func (s *Server) clausesView(q *request, base int64, texts []string, faults app.Faults) (hall.Clauses, error) {
	p := hall.Clauses{Shell: q.hall(clausesTitle, link.HallClauses), Base: base, Texts: texts, Faults: faults, Changes: app.Manager.Allows(q.actor), Fields: clauseFields(),
		SaveURL: link.HallClauses, DraftURL: link.HallClausesDraft, PDFURL: link.HallClausesPDF}
	p.Lead = "单位自己的条款印在每份劳动合同的“双方约定的其他事项”中，自动编号；法定条款不会改变。"
	versions, err := s.Clause.Versions(q.Request().Context(), q.actor)
	for _, v := range versions {
		p.Versions = append(p.Versions, hall.ClauseVersion{Version: v.Version, Count: len(v.Texts), By: v.MadeBy, At: v.MadeAt, URL: link.To(link.HallClausesVersion, v.Version)})
	}
	return p, err
}

// clauseFields explains what a clause may name.
func clauseFields() (items []part.Item) {
	means := map[string]string{"证件号码": "员工的证件号码，合同上完整印出", "合同期限": "期限类型和起止日期", "试用期": "月数，没有试用期时印“无”", "发薪日": "例如 15日", "月工资": "例如 6000元"}
	for _, name := range pdf.OwnFields() {
		text := means[name]
		if text == "" {
			text = "备案填写的" + name
		}
		items = append(items, part.Item{Label: "【" + name + "】", Value: text})
	}
	items[0].Value = "单位的登记名称"
	return items
}

// clauseForm reads the form: the version that it was filled from, and the texts.
func (q *request) clauseForm() (base int64, texts []string) {
	base, _ = strconv.ParseInt(q.form("base"), 10, 64)
	for n := 1; n <= clause.MaxClauses+1; n++ {
		name := clause.FieldName(n)
		if q.FormValue(name); q.Request().Form.Has(name) {
			texts = append(texts, strings.ReplaceAll(q.form(name), "\r\n", "\n"))
		}
	}
	if len(texts) == 0 {
		texts = []string{""}
	}
	return base, texts
}

func (s *Server) clausesSave(q *request) error {
	base, texts := q.clauseForm()
	set, err := s.Clause.Save(q.Request().Context(), q.actor, base, texts)
	switch app.KindOf(err) {
	case app.Invalid:
		return s.clausesBack(q, base, texts, app.FaultsOf(err), nil)
	case app.Conflict:
		return s.clausesBack(q, base, texts, app.Faults{{Text: err.Error()}}, []hall.Note{
			{Tone: part.Info, Text: "您填写的内容还在下面，没有丢失。", Action: action("打开最新内容", link.HallClauses)}})
	}
	switch {
	case err != nil:
		return err
	case set.Version == base:
		return q.done(link.HallClauses, "条款没有改动。")
	}
	return q.done(link.HallClauses, fmt.Sprintf("已保存为第 %d 版，今后提交的新签和续签备案使用这一版；已经提交的备案不变。", set.Version))
}

func (s *Server) clausesBack(q *request, base int64, texts []string, faults app.Faults, notes []hall.Note) error {
	p, err := s.clausesView(q, base, texts, faults)
	if err != nil {
		return err
	}
	p.Notes = notes
	return q.faulty(hall.ClausesPage(p))
}

// clausesDraft changes the form without storing anything: 再加一条, 上移, 预览.
func (s *Server) clausesDraft(q *request) error {
	base, texts := q.clauseForm()
	act := q.form("act")
	if act == "preview" {
		return s.clausesPreview(q, base, texts)
	}
	p, err := s.clausesView(q, base, rearranged(texts, act), nil)
	if err != nil {
		return err
	}
	return q.page(hall.ClausesPage(p))
}

// rearranged adds an empty clause, or moves clause n up for up:n.
func rearranged(texts []string, act string) []string {
	up, moved := strings.CutPrefix(act, "up:")
	n, _ := strconv.Atoi(up)
	switch {
	case moved && n > 1 && n <= len(texts):
		texts[n-2], texts[n-1] = texts[n-1], texts[n-2]
	case !moved && len(texts) < clause.MaxClauses:
		texts = append(texts, "")
	}
	return texts
}

func (s *Server) clausesPreview(q *request, base int64, texts []string) error {
	ctx := q.Request().Context()
	file, err := s.Clause.Preview(ctx, q.actor, texts)
	if faults := app.FaultsOf(err); faults != nil {
		return s.clausesBack(q, base, texts, faults, nil)
	}
	if err != nil {
		return err
	}
	p, err := s.clausesView(q, base, texts, nil)
	if err != nil {
		return err
	}
	pictures, err := s.Clause.Pictures(ctx, file)
	if err != nil && !errors.Is(err, raster.ErrNone) {
		return err
	}
	p.Previewed = true
	for _, png := range pictures {
		p.Pictures = append(p.Pictures, "data:image/png;base64,"+base64.StdEncoding.EncodeToString(png))
	}
	return q.page(hall.ClausesPage(p))
}

// clausesPDF is the preview as a PDF.
func (s *Server) clausesPDF(q *request) error {
	base, texts := q.clauseForm()
	file, err := s.Clause.Preview(q.Request().Context(), q.actor, texts)
	if faults := app.FaultsOf(err); faults != nil {
		return s.clausesBack(q, base, texts, faults, nil)
	}
	if err != nil {
		return err
	}
	return q.print(file, "preview.pdf")
}

// clauseVersion reads the version that the path names.
func (s *Server) clauseVersion(q *request) (clause.Set, error) {
	version, err := q.id("version")
	if err != nil {
		return clause.Set{}, err
	}
	return s.Clause.Version(q.Request().Context(), q.actor, version)
}

func (s *Server) clausesVersion(q *request) error {
	set, err := s.clauseVersion(q)
	if err != nil {
		return err
	}
	title := fmt.Sprintf("第 %d 版条款", set.Version)
	p := hall.ClausesVersion{Shell: q.hall(title, link.HallClauses, crumb(clausesTitle, link.HallClauses, title)...), Items: ownSection(set.Texts).Items,
		At: set.MadeAt, FileURL: link.To(link.HallClausesFile, set.Version), BackURL: link.HallClauses}
	return q.page(hall.ClausesVersionPage(p))
}

// clausesFile is a contract with the clauses of a version, as a PDF.
func (s *Server) clausesFile(q *request) error {
	set, err := s.clauseVersion(q)
	if err != nil {
		return err
	}
	file, err := s.Clause.Preview(q.Request().Context(), q.actor, set.Texts)
	if err != nil {
		return err
	}
	return q.print(file, "preview.pdf")
}
