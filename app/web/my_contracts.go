package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/app/pdf/raster"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

var shelves = []struct {
	shelf              contract.Shelf
	label, empty, hint string
}{
	{contract.ToSign, "待签署", "没有等您签署的合同", "单位为您办理用工备案后，合同会出现在这里，并用消息和短信通知您。合同迟迟不到时，请与单位核对备案中您的姓名、证件号码和手机号。"},
	{contract.Signed, "已签署", "还没有签署过的合同", "您签署的合同会一直保存在这里，随时可以查看、下载和打印。请先到“待签署”中阅读并签署。"},
	{contract.Over, "已终止", "没有已终止的合同", "到期、解除、拒签的合同和解除（终止）证明书会保存在这里，离职后也可以随时查看和下载。"},
}

func (s *Server) myContracts(q *request) error {
	chosen := contract.Shelf(q.QueryParam("shelf"))
	from, _ := strconv.ParseInt(q.QueryParam("from"), 10, 64)
	held, err := s.Contract.List(q.Request().Context(), q.actor.Person, chosen, from)
	if err != nil {
		return err
	}
	p := mobile.Contracts{Shell: q.mobile("我的合同", link.Mobile, layout.HomeTab), URL: q.Request().URL.RequestURI()}
	for _, one := range shelves {
		p.Shelves = append(p.Shelves, layout.NavItem{Label: one.label, URL: shelfURL(one.shelf), Current: one.shelf == chosen})
		if one.shelf == chosen {
			p.Empty, p.Hint = one.empty, one.hint
		}
	}
	for _, h := range held.List {
		p.Rows = append(p.Rows, mobile.ContractRow{Held: h, Days: heldDays(h), URL: link.With(link.To(link.MobileContract, h.ID), "next", p.URL)})
	}
	if from > 0 {
		p.First = shelfURL(chosen)
	}
	if held.Next > 0 {
		p.Next = link.With(link.MobileContracts, "shelf", string(chosen), "from", some(held.Next))
	}
	return q.show(mobile.ContractsPage(p), mobile.ContractsPart(p))
}

func shelfURL(s contract.Shelf) string { return link.With(link.MobileContracts, "shelf", string(s)) }

func heldDays(h contract.Held) string {
	if !h.EndedOn.IsZero() {
		return h.EndedOn.String()
	}
	return h.Terms.Period()
}

// shelfOf is where a document lies as far as its own state tells: where its page leads
// back to if it was not opened from a list.
func shelfOf(d contract.Document) contract.Shelf {
	switch {
	case d.State == app.DocumentUnsigned:
		return contract.ToSign
	case d.Proof(), d.State == app.DocumentDeclined, d.State == app.DocumentWithdrawn:
		return contract.Over
	}
	return contract.Signed
}

// myDocument reads the document of the actor that the path names.
func (s *Server) myDocument(q *request) (contract.Document, error) {
	id, err := q.id("id")
	if err != nil {
		return contract.Document{}, err
	}
	return s.Contract.Mine(q.Request().Context(), q.actor, id)
}

func (s *Server) myContract(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	p := mobile.Contract{Shell: q.mobile(d.Title, q.next(shelfURL(shelfOf(d))), layout.HomeTab), What: called(d), State: d.State, Next: whatFollows(d), Items: myItems(d),
		Download: link.To(link.MobileDownload, d.ID), Check: link.To(link.CheckCode, d.CheckCode)}
	if d.State == app.DocumentUnsealed || d.State == app.DocumentUnconfirmed {
		p.Refresh = link.To(link.MobileContract, d.ID)
	}
	if d.State == app.DocumentUnsigned {
		p.Notice, p.Decline = &contract.Notice, link.To(link.MobileDecline, d.ID)
		if p.Place, p.Onward, err = s.onward(q, d); err != nil {
			return err
		}
	}
	if d.State == app.DocumentSigned {
		if err := s.concluded(q, d, &p); err != nil {
			return err
		}
	}
	shown := shownOf(d, p)
	if q.fragmentWanted() && q.QueryParam("shown") == shown {
		return q.NoContent(http.StatusNoContent)
	}
	p.URL = link.With(link.To(link.MobileContract, d.ID), "shown", shown)
	if p.Text, err = s.Contract.Text(d); err != nil {
		return err
	}
	p.Pictures = s.pictures(link.MobilePage, d)
	return q.show(mobile.ContractPage(p), mobile.ContractPart(p))
}

// shownOf tells one state of the page from all others.
func shownOf(d contract.Document, p mobile.Contract) string {
	words := fmt.Sprint(d.Hash, p.State, p.Next, p.Items, p.Place, p.Receive, p.AskPaper)
	if p.Onward != nil {
		words += p.Onward.URL
	}
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:8])
}

// called is the document in a word.
func called(d contract.Document) string {
	switch {
	case d.Proof():
		return "证明书"
	case d.Supplement:
		return "补充条款"
	}
	return "合同"
}

func myItems(d contract.Document) []part.Item {
	term := part.Item{Label: "合同期限", Value: period(d.Kind, d.Terms, d.EndedOn)}
	if d.Proof() {
		term.Label = "解除（终止）日期"
	}
	items := []part.Item{{Label: "单位", Value: d.EnterpriseName}, {Label: "编号", Value: d.Number}, {Label: "岗位", Value: d.Post}, term}
	if !d.Proof() {
		items = append(items, part.Item{Label: "本人签名", Value: d.WorkerAt.Local()})
	}
	return append(items, part.Item{Label: "单位盖章", Value: d.SealedAt.Local()})
}

// concluded adds what a worker can do with a document at any time, also after leaving.
func (s *Server) concluded(q *request, d contract.Document, p *mobile.Contract) error {
	p.Evidence, p.Print = link.To(link.MobileEvidence, d.ID), link.To(link.MobilePrint, d.ID)
	paper, err := s.Contract.LatestPaper(q.Request().Context(), d)
	switch {
	case paper.ID == 0:
		p.AskPaper = link.To(link.MobilePaper, d.ID)
	case paper.GivenOn.IsZero():
		p.Items = append(p.Items, part.Item{Label: "纸质文本", Value: s.paperAsked(paper)})
	default:
		p.AskPaper = link.To(link.MobilePaper, d.ID)
		p.Items = append(p.Items, part.Item{Label: "纸质文本", Value: "单位已于 " + paper.GivenOn.Chinese() + "提供"})
	}
	if d.Proof() {
		p.Items = append(p.Items, part.Item{Label: "本人签收", Value: d.ReceivedAt.Local()})
		if d.ReceivedAt.IsZero() {
			p.Receive = link.To(link.MobileReceive, d.ID)
		}
	}
	return err
}

// receive is 签收 of a proof of ending.
func (s *Server) receive(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	return q.after(s.Contract.Receive(q.Request().Context(), q.actor, d.ID), link.To(link.MobileContract, d.ID), "已签收，单位能看到签收时间。")
}

// onward says where a document stands among those that one act can sign, and leads
// to the next of them, or from the last one to the signature.
func (s *Server) onward(q *request, d contract.Document) (place string, next *part.Action, err error) {
	waiting, _, err := s.visit(q, d)
	next = action("已阅读，去签署", link.To(link.MobileSign, d.ID))
	for i, one := range waiting {
		if one.ID != d.ID || len(waiting) == 1 {
			continue
		}
		place = fmt.Sprintf("第 %d 份，共 %d 份：读完后一起签署", i+1, len(waiting))
		if i+1 < len(waiting) {
			next = action("已阅读，读下一份："+waiting[i+1].Title, link.To(link.MobileContract, waiting[i+1].ID))
		}
	}
	return place, next, err
}

// whatFollows tells the worker where the document stands.
func whatFollows(d contract.Document) string {
	switch {
	case d.State == app.DocumentUnsigned:
		return "请先阅读全文，确认无误后签署。"
	case d.State == app.DocumentDeclined:
		return "您已拒签，原因：" + d.DeclineReason
	case d.State == app.DocumentWithdrawn:
		return "这份补充条款已撤回，没有订立，您不需要签署。"
	case d.Supplement && (d.State == app.DocumentUnconfirmed || d.State == app.DocumentUnsealed):
		return "您已签名，等待单位的操作员确认并盖章；盖章后会通知您。"
	case d.Supplement && d.State == app.DocumentSigned:
		return "双方已签署，补充条款已订立，可以随时下载或打印。"
	case d.State == app.DocumentUnsealed && d.Kind == app.FilingTermination:
		return "单位正在出具，盖章后会通知您。"
	case d.State == app.DocumentUnsealed:
		return "您已签名，等待单位盖章；盖章后会通知您。"
	case d.Proof() && d.ReceivedAt.IsZero():
		return "单位已盖章出具。请阅读后在页面末尾签收；可以随时下载或打印。"
	case d.Proof():
		return "单位已盖章出具，您已签收；可以随时下载或打印。"
	}
	return "双方已签署，合同已订立，可以随时下载或打印。"
}

func (s *Server) myContractFile(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	return s.sendDocument(q, d, true)
}

// myContractPrint shows the PDF where the browser can, to be printed.
func (s *Server) myContractPrint(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	return s.sendDocument(q, d, false)
}

func (s *Server) myContractPicture(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	return s.sendPicture(q, d)
}

// sendPicture sends the page that the path names.
func (s *Server) sendPicture(q *request, d contract.Document) error {
	n, err := q.id("n")
	if err != nil {
		return err
	}
	png, err := s.Contract.Picture(q.Request().Context(), d, int(n))
	q.Response().Header().Set("Cache-Control", "no-store")
	if errors.Is(err, raster.ErrPage) {
		return q.Blob(http.StatusOK, "image/svg+xml; charset=utf-8", fmt.Appendf(nil, unseen, n))
	}
	if err != nil {
		return err
	}
	return q.Blob(http.StatusOK, "image/png", png)
}

// unseen stands in the place of a page that cannot be shown.
const unseen = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1160 820" width="1160" height="820"><rect width="1160" height="820" fill="#f3f5f8"/>` +
	`<g font-family="sans-serif" text-anchor="middle" fill="#1f2937"><text x="580" y="380" font-size="52" font-weight="bold">第 %d 页太复杂，这里显示不了</text>` +
	`<text x="580" y="470" font-size="44">请下载文件，用阅读软件查看这一页</text></g></svg>`
