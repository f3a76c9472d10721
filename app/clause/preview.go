package clause

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"laoqi/app"
	"laoqi/app/law"
	"laoqi/app/pdf"
	"laoqi/app/pdf/raster"
	"laoqi/app/pdf/read"
)

// Preview sets a contract of the actor's enterprise with a made-up worker and the
// texts, which Check must pass: every page says 预览. Nothing is stored.
func (s *Service) Preview(ctx context.Context, by app.Actor, texts []string) ([]byte, error) {
	if err := Check(texts).Err(); err != nil {
		return nil, err
	}
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return nil, err
	}
	today := app.DateOf(s.db.Now().Time)
	d := pdf.ContractDoc{
		Record:     pdf.Record{Number: "预览", MadeOn: today, Preview: true},
		Enterprise: pdf.Enterprise{Name: e.Name, USCC: e.USCC, Address: e.Address, LegalRep: e.LegalRep, Phone: e.Phone},
		Worker:     app.Worker{Name: "张三", IDType: app.IDResident, IDNumber: "110101199003070000", Mobile: "13800000000", Address: "示例地址"},
		Terms: app.Terms{Kind: app.TermFixed, Start: today, End: law.LastDay(today, 36), Probation: 3, Employment: app.EmploymentFull,
			Post: "示例岗位", Duties: "示例工作内容", Workplace: "示例工作地点", Hours: app.HoursStandard, PayKind: app.PayMonthly, Pay: 6000_00, ProbationPay: 5000_00,
			PayDay: 15, Insured: app.AllInsurances, Insurance: "双方依法参加并缴纳", Protection: "按国家规定提供"},
		Kind: app.FilingNew, Own: tidied(texts),
	}
	d.ProbationEnd = law.LastDay(d.Terms.Start, d.Terms.Probation)
	return pdf.Contract(d)
}

// Shown reports whether Pictures can be had on this machine.
func (s *Service) Shown() bool { return s.pictures.Available() }

// Pictures shows the pages of a preview on which the own clauses stand, as PNG. It
// fails with raster.ErrNone where this machine has no tool for that.
func (s *Service) Pictures(ctx context.Context, preview []byte) (list [][]byte, err error) {
	if !s.Shown() {
		return nil, raster.ErrNone
	}
	pages, err := read.Text(preview)
	if err != nil {
		return nil, err
	}
	hash := fmt.Sprintf("%x", sha256.Sum256(preview))
	first, last := pageWith(pages, "双方约定的其他事项", 0), pageWith(pages, "劳动争议处理", len(pages)-1)
	for page := first; page <= last; page++ {
		png, err := s.pictures.Page(ctx, hash, page+1, func() ([]byte, error) { return preview, nil })
		if err != nil {
			return nil, err
		}
		list = append(list, png)
	}
	return list, nil
}

// pageWith is the page on which the heading stands.
func pageWith(pages [][]string, heading string, otherwise int) int {
	at := slices.IndexFunc(pages, func(lines []string) bool {
		return slices.ContainsFunc(lines, func(line string) bool { return strings.HasSuffix(strings.TrimSpace(line), "、"+heading) })
	})
	if at < 0 {
		return otherwise
	}
	return at
}
