package contract

import (
	"cmp"
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/pdf/read"
	"laoqi/app/store"
)

// Document is one document as its parties see it.
type Document struct {
	ID             int64
	Contract       int64
	Filing         int64
	Enterprise     int64
	EnterpriseName string
	Kind           app.FilingKind
	Supplement     bool // 补充条款, not the contract itself
	Title          string
	Number         string
	CheckCode      string // as printed, in groups
	State          app.DocumentState
	Pages          int
	Hash           string // of the newest file
	Worker         string
	MaskedID       string
	Bound          bool // the worker's account is known
	Post           string
	Terms          app.Terms // kind and days only
	EndedOn        app.Date  // of a termination
	DeclineReason  string
	SealProblem    string
	MadeAt         app.Time
	WorkerAt       app.Time // when the worker signed
	Way            Way      // how, "" before
	SealedAt       app.Time
	ReceivedAt     app.Time // when the worker acknowledged a proof of ending
}

const noDocument = "没有这份合同。"

// Mine reads a document of the actor's person.
func (s *Service) Mine(ctx context.Context, by app.Actor, id int64) (Document, error) {
	row, err := s.mine(ctx, by, id)
	if err != nil {
		return Document{}, err
	}
	return s.view(row)
}

// Visit reads what a worker may sign together with a document, and what was signed
// of the same contract: the contract itself first, then its supplements.
func (s *Service) Visit(ctx context.Context, by app.Actor, id int64) ([]Document, error) {
	ids, err := s.DB.Visit(ctx, store.VisitParams{ID: id, PersonID: app.Ref(by.Person)})
	if err != nil {
		return nil, err
	}
	return s.readAll(ctx, ids)
}

// Reading is the document as it stands, as the one that was read.
func (d Document) Reading() Reading { return Reading{d.ID, d.Hash} }

func (s *Service) mine(ctx context.Context, by app.Actor, id int64) (store.DocumentRow, error) {
	own, err := s.DB.OwnDocument(ctx, store.OwnDocumentParams{ID: id, PersonID: app.Ref(by.Person)})
	if err != nil {
		return store.DocumentRow{}, store.Found(err, noDocument)
	}
	return s.DB.Document(ctx, own)
}

// OfContract reads the main document of a contract of the actor's enterprise.
func (s *Service) OfContract(ctx context.Context, by app.Actor, contract int64) (Document, error) {
	id, err := s.DB.HallDocument(ctx, store.HallDocumentParams{ContractID: contract, EnterpriseID: by.Enterprise})
	if err != nil {
		return Document{}, store.Found(err, noDocument)
	}
	row, err := s.DB.Document(ctx, id)
	if err != nil {
		return Document{}, err
	}
	return s.view(row)
}

func (s *Service) view(r store.DocumentRow) (Document, error) {
	number, err := identity.OpenNumber(s.Vault, r.IDNumber)
	return Document{
		ID: r.ID, Contract: r.ContractID, Filing: r.FilingID, Enterprise: r.EnterpriseID, EnterpriseName: r.Enterprise,
		Kind: r.FilingKind, Supplement: r.Kind == supplementKind, Title: r.Title, Number: r.Number, CheckCode: GroupCode(cmp.Or(r.Code, r.CheckCode)), State: r.State, Pages: int(r.Pages),
		Hash: newest(r), Worker: r.Worker, MaskedID: app.MaskID(number), Bound: r.PersonID != 0, Post: r.Post,
		Terms: app.Terms{Kind: r.TermKind, Start: r.StartOn, End: r.EndOn}, EndedOn: r.EndedOn, DeclineReason: r.DeclineReason,
		SealProblem: r.SealProblem, MadeAt: r.MadeAt, WorkerAt: r.WorkerAt, Way: Way(r.Way), SealedAt: r.FinalAt, ReceivedAt: r.ReceivedAt,
	}, err
}

// newest is the hash of the last file that was committed.
func newest(r store.DocumentRow) string {
	switch {
	case r.FinalHash != "":
		return r.FinalHash
	case r.WorkerHash != "":
		return r.WorkerHash
	}
	return r.BaseHash
}

// File reads the newest PDF of a document that Mine or OfContract returned.
func (s *Service) File(d Document) ([]byte, error) { return s.Files.Get(d.Hash) }

// Download is File, and the evidence that the actor got it.
func (s *Service) Download(ctx context.Context, by app.Actor, d Document) ([]byte, error) {
	file, err := s.File(d)
	if err != nil {
		return nil, err
	}
	return file, s.DB.Write(ctx, func(tx *store.Tx) error {
		return s.Audit.Add(ctx, tx, by, "document.downloaded", audit.Subject("document", d.ID), audit.Facts{"hash": d.Hash})
	})
}

// Text reads the paragraphs of each page out of that PDF. A supplement has none:
// in a file from outside the text beneath may differ from what a page shows.
func (s *Service) Text(d Document) ([][]string, error) {
	if d.Supplement {
		return nil, nil
	}
	file, err := s.File(d)
	if err != nil {
		return nil, err
	}
	return read.Text(file)
}

// Drawn reports whether Picture can be had on this machine.
func (s *Service) Drawn() bool { return s.Pictures.Available() }

// Picture shows a page of that PDF, counted from 1, as a PNG. It fails with
// raster.ErrNone where this machine has no tool for that.
func (s *Service) Picture(ctx context.Context, d Document, page int) ([]byte, error) {
	if page < 1 || page > d.Pages {
		return nil, app.Fail(app.NotFound, "没有这一页。")
	}
	return s.Pictures.Page(ctx, d.Hash, page, func() ([]byte, error) { return s.File(d) })
}

// FileName is what a download of the document is called: nobody's name is in it.
func (d Document) FileName() string { return d.Title + "-" + d.Number + ".pdf" }
