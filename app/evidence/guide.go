package evidence

import (
	"bytes"
	_ "embed"
	"text/template"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
)

//go:embed guide.txt
var guideText string

var guide = template.Must(template.New("guide").Parse(guideText))

func (e event) text() []byte { return audit.Text(e.Audit) }

// guide is 核验说明: each line that begins with four blanks is a command.
func (c collection) guide() []byte {
	g := guideData{Number: c.document.Number, Title: c.document.Title, MadeAt: c.madeAt.In(app.Zone).Format("2006-01-02 15:04"), Made: c.madeAt.Unix(), RootURL: c.baseURL + link.Root,
		Contract: contractFile, Sums: sumsFile, Demo: c.demo}
	for _, p := range c.proofs {
		anchor, issuers := rootFile, ""
		if p.imported() {
			anchor = p.name + ".pem -partial_chain"
			if len(p.above) > 0 {
				issuers = p.name + issuersEnd
			}
		}
		g.Proofs = append(g.Proofs, provenData{Anchor: anchor, Issuer: p.issuer, Issuers: issuers, Title: p.title, Name: p.name, Content: p.content, First: p.covers[1], Skip: p.covers[2] + 1, Rest: p.covers[3],
			Root: p.by.name, At: p.at.Unix(), Time: p.at.In(app.Zone).Format("2006-01-02 15:04:05"), Value: p.value})
	}
	for _, t := range c.stamps {
		g.Stamps = append(g.Stamps, stampData{Name: t.name, First: t.covers[1], Skip: t.covers[2] + 1, Rest: t.covers[3], Root: t.by.name, At: t.at.Unix(), Time: full(t.at)})
	}
	for _, r := range c.trust.outside {
		g.Roots = append(g.Roots, r.name)
	}
	for i, s := range c.stretches {
		g.Chains = append(g.Chains, chainData{chainName(i), s.rows, s.anchor.MadeAt.Unix(), s.anchor.MadeAt.In(app.Zone).Format("2006-01-02 15:04:05")})
	}
	for _, t := range c.texts {
		g.Texts = append(g.Texts, t.name)
	}
	for _, e := range c.events {
		g.Details = g.Details || e.detail != nil
		if e.Kind == "document.received" {
			g.Receipt, g.ReceivedAt = eventName(e.ID), full(time.UnixMilli(e.At))
		}
	}
	var b bytes.Buffer
	if err := guide.Execute(&b, g); err != nil {
		panic(err) // the template and its data are both ours
	}
	return b.Bytes()
}

type guideData struct {
	Number, Title, MadeAt, RootURL string
	Made                           int64 // MadeAt as openssl takes it
	Contract, Sums                 string
	Demo, Details                  bool
	Receipt, ReceivedAt            string // the event of 签收 and its time, "" for none
	Proofs                         []provenData
	Stamps                         []stampData
	Chains                         []chainData
	Texts                          []string
	Roots                          []string // of time-stamp authorities outside
}

type provenData struct {
	Title, Name, Content string
	Anchor               string // what the signer's certificate is checked by
	Issuer, Issuers      string // of an imported certificate: who issued it, and the file of his own
	Root                 string // of the timestamp
	First, Skip, Rest    int    // the pieces of the PDF: bytes from its beginning, then Rest bytes from the one counted Skip
	At                   int64
	Time                 string
	Value                int // offset of the signature value
}

type stampData struct {
	Name, Root        string
	First, Skip, Rest int // as of provenData
	At                int64
	Time              string
}

type chainData struct {
	Name string
	Rows int
	At   int64
	Time string
}
