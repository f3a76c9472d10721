package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/hall"
)

const contractsTitle = "电子劳动合同生成"

func (s *Server) contractList(q *request) error {
	p, err := s.contractsView(q, q.savedFilter(), nil)
	if err != nil {
		return err
	}
	return q.page(hall.ContractsPage(p))
}

func (s *Server) contractRows(q *request) error {
	rows, err := s.contractRowsView(q, q.savedFilter())
	if err != nil {
		return err
	}
	return q.page(hall.ContractRowsPart(rows))
}

// contractSearch keeps what was searched for in a sealed cookie: an ID number
// must not stand in an address.
func (s *Server) contractSearch(q *request) error {
	f := contract.Filter{Name: q.form(app.FieldName), IDNumber: q.form(app.FieldIDNumber),
		Filing: app.FilingState(q.form("filing")), Document: app.DocumentState(q.form("document"))}
	if faults := f.Check(app.DateOf(s.Now())); faults != nil {
		p, err := s.contractsView(q, f, faults)
		if err != nil {
			return err
		}
		return q.faulty(hall.ContractsPage(p))
	}
	if f.Name == "" && f.IDNumber == "" {
		return q.leave(statesURL(f))
	}
	if err := q.saveFilter(link.HallContracts, f); err != nil {
		return err
	}
	return q.leave(link.With(link.HallContracts, "found", "1"))
}

// statesURL is the list of the filter's states, which hold no personal data.
func statesURL(f contract.Filter) string {
	return link.With(link.HallContracts, "filing", string(f.Filing), "document", string(f.Document))
}

const (
	filterCookie = "laoqi_filter"
	filterLabel  = "hall.filter"
)

// savedFilter is what was searched for with a name or a number; another account's
// is no filter.
type savedFilter struct {
	Account int64
	contract.Filter
}

// savedFilter is what the page's address says was searched for: states by
// themselves, the rest in the cookie.
func (q *request) savedFilter() contract.Filter {
	if q.QueryParam("found") == "" {
		return contract.Filter{Filing: app.FilingState(q.QueryParam("filing")), Document: app.DocumentState(q.QueryParam("document"))}
	}
	cookie, err := q.cookie(filterCookie)
	if err != nil {
		return contract.Filter{}
	}
	var saved savedFilter
	sealed, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil {
		return contract.Filter{}
	}
	plain, err := q.s.Vault.Open(filterLabel, sealed)
	if err != nil || json.Unmarshal(plain, &saved) != nil || saved.Account != q.actor.Account {
		return contract.Filter{}
	}
	return saved.Filter
}

// saveFilter keeps the filter for the pages under the path.
func (q *request) saveFilter(path string, f contract.Filter) error {
	plain, err := json.Marshal(savedFilter{q.actor.Account, f})
	if err != nil {
		return err
	}
	q.putCookie(http.Cookie{Name: filterCookie, Value: base64.RawURLEncoding.EncodeToString(q.s.Vault.Seal(filterLabel, plain)),
		Path: path})
	return nil
}

// contractsView is the whole page. A faulty filter is shown, but finds nothing.
func (s *Server) contractsView(q *request, f contract.Filter, faults app.Faults) (p hall.Contracts, err error) {
	p = hall.Contracts{Shell: q.hall(contractsTitle, link.HallContracts), Filter: f, Faults: faults}
	live, ok, err := s.Seal.Live(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return p, err
	}
	if ok {
		p.Lead = "签章授权有效：" + live.Seal + "，至" + seal.LastDay(live.EndsAt).Chinese()
	}
	if p.Sealing, err = s.sealingView(q, p.Token); err != nil {
		return p, err
	}
	if p.Sealing.Running {
		p.Refresh = unheard
	}
	if faults == nil {
		p.Live, err = s.contractRowsView(q, f)
	} else {
		p.Live = hall.ContractRows{PageURL: link.HallContracts, RowsURL: link.HallContractRows, Empty: "请修改查询条件后再查询。"}
	}
	return p, err
}

func (s *Server) contractRowsView(q *request, f contract.Filter) (p hall.ContractRows, err error) {
	ctx, found := q.Request().Context(), q.QueryParam("found")
	page, err := s.Contract.Search(ctx, q.actor.Enterprise, f, q.before())
	if err != nil {
		return p, err
	}
	here := func(path, before string) string {
		return link.With(path, "found", found, "filing", q.QueryParam("filing"), "document", q.QueryParam("document"), "before", before)
	}
	p.PageURL, p.RowsURL = here(link.HallContracts, some(q.before())), here(link.HallContractRows, some(q.before()))
	p.ZipURL = link.With(link.HallZip, "all", "1", "found", found, "filing", q.QueryParam("filing"), "document", q.QueryParam("document"))
	if q.before() > 0 {
		p.First = here(link.HallContracts, "")
	}
	if page.Next > 0 {
		p.More = here(link.HallContracts, strconv.FormatInt(page.Next, 10))
	}
	p.Empty = "在“新签”中办理用工备案，审核通过并生成名册后，这里会出现电子劳动合同。"
	if f != (contract.Filter{}) {
		p.Empty = "请检查姓名和身份证号是否正确，或点“重置”查看全部。"
	}
	for _, r := range page.Rows {
		p.Rows = append(p.Rows, contractRow(r))
	}
	counts, err := s.Contract.Counts(ctx, q.actor.Enterprise)
	if err != nil {
		return p, err
	}
	p.States, p.Count = stateTabs(counts, f), countOf(counts, f)
	p.Notes, err = s.waitingNotes(q, counts.Unsealed())
	return p, err
}

func contractRow(r contract.Row) hall.ContractRow {
	row := hall.ContractRow{Row: r, Period: period(r.Kind, r.Terms, r.EndedOn), Standing: standing(r.Kind), URL: link.To(link.HallFiling, r.Filing)}
	if r.Name == "" {
		row.Name = "未填写"
	}
	if r.Contract != 0 {
		row.URL = link.To(link.HallContract, r.Contract)
	}
	if r.Kind == app.FilingNew && r.FilingState == app.FilingRostered && r.Contract != 0 && r.State != app.DocumentDeclined {
		row.Supplements = link.To(link.HallContract, r.Contract) + "#supplements"
	}
	if r.State == app.DocumentSigned {
		row.Pick = strconv.FormatInt(r.Filing, 10)
		row.Download = link.To(link.HallDownload, r.Contract)
	}
	return row
}

// standing is the 合同状态 of the guide.
func standing(k app.FilingKind) string {
	return map[app.FilingKind]string{app.FilingNew: "新订", app.FilingRenewal: "续订", app.FilingTermination: "解除（终止）"}[k]
}
