package evidence

import (
	"bytes"
	"context"
	"fmt"

	"laoqi/app/audit"
	"laoqi/app/store"
)

// A stretch is a part of the audit chain without gaps, from the hash before an event
// to an anchor. Of rows that do not concern the document it holds the digests alone.
type stretch struct {
	text   []byte // "start HASH", then "ROW DIGEST" a line
	rows   int
	anchor store.AnchorOfRow
}

// stretches returns what ties each event to the first anchor after it.
func (s *Service) stretches(ctx context.Context, events []event) (list []stretch, err error) {
	covered := int64(0)
	for _, e := range events {
		if e.ID <= covered {
			continue
		}
		anchor, err := s.anchorOf(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		one, err := s.stretch(ctx, e.ID, anchor)
		if err != nil {
			return nil, err
		}
		list, covered = append(list, one), anchor.AuditID
	}
	return list, nil
}

func (s *Service) stretch(ctx context.Context, first int64, anchor store.AnchorOfRow) (stretch, error) {
	hash, err := s.db.EventBefore(ctx, first)
	if store.IsNone(err) {
		hash, err = audit.Origin, nil
	}
	if err != nil {
		return stretch{}, err
	}
	one := stretch{text: fmt.Appendf(nil, "start %x\n", hash), anchor: anchor}
	for next := first; next <= anchor.AuditID; {
		rows, err := s.db.EventsBetween(ctx, store.EventsBetweenParams{First: next, Last: anchor.AuditID})
		if err != nil {
			return stretch{}, err
		}
		for _, row := range rows {
			digest := audit.Digest(row)
			if hash = audit.Next(hash, digest); !bytes.Equal(hash, row.Hash) {
				return stretch{}, fmt.Errorf("audit row %d does not follow from the rows before it", row.ID)
			}
			one.text = fmt.Appendf(one.text, "%d %x\n", row.ID, digest)
			next = row.ID + 1
		}
		one.rows += len(rows)
	}
	return one, nil
}
