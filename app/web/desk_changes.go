package web

import (
	"laoqi/app"
	"laoqi/app/filing"
	"laoqi/views/desk"
	"laoqi/views/filed"
)

// compare tells the reviewer what the clerk changed since the last submission,
// and marks it among the filing's fields.
func (s *Server) compare(q *request, p *desk.Filing, f filing.Filing, enterprise string) error {
	before, again, err := s.Filing.Earlier(q.Request().Context(), f)
	if err != nil || !again || f.State == app.FilingReturned {
		return err
	}
	p.Earlier = before.SubmittedAt.Local()
	p.Changes = changes(stated(before, enterprise), stated(f, enterprise))
	for _, section := range p.Sections {
		for i, item := range section.Items {
			if changed(p.Changes, section.Title, item.Label) {
				section.Items[i].Body = filed.Changed(item.Value)
			}
		}
	}
	return nil
}

// stated are the sections that the clerk fills in, with all numbers in full: two
// masked ones may look alike.
func stated(f filing.Filing, enterprise string) []filed.Section {
	all := filingSections(f, enterprise, f.Worker.IDNumber, f.Worker.Mobile)
	return all[:len(all)-1]
}

// changes lists what differs, in the order of the sections; what stands in only
// one of them differs from "".
func changes(before, now []filed.Section) (list []desk.Change) {
	old := map[[2]string]string{}
	each(before, func(key [2]string, value string) { old[key] = value })
	each(now, func(key [2]string, value string) {
		if old[key] != value {
			list = append(list, desk.Change{Section: key[0], Label: key[1], Before: old[key], Now: value})
		}
		delete(old, key)
	})
	each(before, func(key [2]string, value string) {
		if _, gone := old[key]; gone && value != "" {
			list = append(list, desk.Change{Section: key[0], Label: key[1], Before: value})
		}
	})
	return list
}

func each(sections []filed.Section, item func(key [2]string, value string)) {
	for _, s := range sections {
		for _, i := range s.Items {
			item([2]string{s.Title, i.Label}, i.Value)
		}
	}
}

func changed(list []desk.Change, section, label string) bool {
	for _, c := range list {
		if c.Section == section && c.Label == label {
			return true
		}
	}
	return false
}
