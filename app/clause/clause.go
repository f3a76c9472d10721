// Package clause keeps an enterprise's own clauses (自定条款): articles that its
// labour contracts carry beside the statutory ones, which nobody can change. Each
// save is a version; a filing keeps the one that was in force when it was last saved.
package clause

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/pdf/raster"
	"laoqi/app/store"
)

// Service is the domain's entry; each exported method is one transaction unless
// it takes one.
type Service struct {
	db         *store.DB
	audit      *audit.Log
	hub        *hub.Hub
	enterprise *enterprise.Service
	pictures   *raster.Cache
}

// New makes the service.
func New(db *store.DB, a *audit.Log, h *hub.Hub, e *enterprise.Service, pictures *raster.Cache) *Service {
	return &Service{db, a, h, e, pictures}
}

// Set is one version of an enterprise's own clauses; the zero Set is that of an
// enterprise which never had any.
type Set struct {
	ID      int64
	Version int64 // counts from 1
	Texts   []string
	MadeBy  string
	MadeAt  app.Time
}

// Current reads the newest version of the actor's enterprise.
func (s *Service) Current(ctx context.Context, by app.Actor) (Set, error) {
	return newest(ctx, s.db.Queries, by.Enterprise)
}

// CurrentID is the id of the newest version of an enterprise within the caller's
// transaction, 0 for none.
func (s *Service) CurrentID(ctx context.Context, q *store.Queries, enterprise int64) (int64, error) {
	set, err := newest(ctx, q, enterprise)
	return set.ID, err
}

func newest(ctx context.Context, q *store.Queries, enterprise int64) (Set, error) {
	row, err := q.NewestClauseSet(ctx, enterprise)
	if store.IsNone(err) {
		return Set{}, nil
	}
	if err != nil {
		return Set{}, err
	}
	return setOf(row)
}

func setOf(row store.ClauseSet) (Set, error) {
	s := Set{ID: row.ID, Version: row.Version, MadeAt: row.MadeAt}
	err := json.Unmarshal([]byte(row.Clauses), &s.Texts)
	return s, err
}

// Get reads a version by its id, the zero Set for 0. For those who may read the
// filing that names it.
func (s *Service) Get(ctx context.Context, q *store.Queries, id int64) (Set, error) {
	if id == 0 {
		return Set{}, nil
	}
	row, err := q.ClauseSet(ctx, id)
	if err != nil {
		return Set{}, err
	}
	return setOf(row)
}

// Version reads a version of the actor's enterprise by its number.
func (s *Service) Version(ctx context.Context, by app.Actor, version int64) (Set, error) {
	row, err := s.db.ClauseSetOfVersion(ctx, store.ClauseSetOfVersionParams{EnterpriseID: by.Enterprise, Version: version})
	if err != nil {
		return Set{}, store.Found(err, "没有这个版本的条款。")
	}
	return setOf(row)
}

// Versions lists up to 50 versions of the actor's enterprise, the newest first.
func (s *Service) Versions(ctx context.Context, by app.Actor) ([]Set, error) {
	rows, err := s.db.ClauseSets(ctx, by.Enterprise)
	if err != nil {
		return nil, err
	}
	list := make([]Set, len(rows))
	for i, r := range rows {
		list[i] = Set{Version: r.Version, MadeBy: r.MadeBy, MadeAt: r.MadeAt}
		if err := json.Unmarshal([]byte(r.Clauses), &list[i].Texts); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Save makes the texts the newest version in place of the version base, from which
// the form was filled; empty ones are left out. Texts that change nothing make no
// version. Somebody else's newer version is an app.Conflict.
func (s *Service) Save(ctx context.Context, by app.Actor, base int64, texts []string) (set Set, err error) {
	if err := Check(texts).Err(); err != nil {
		return Set{}, err
	}
	texts = tidied(texts)
	list, err := json.Marshal(texts)
	if err != nil {
		return Set{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if set, err = newest(ctx, tx.Queries, by.Enterprise); err != nil {
			return err
		}
		if set.Version == base && slices.Equal(set.Texts, texts) {
			return nil
		}
		set = Set{Version: base + 1, Texts: texts, MadeAt: tx.Now}
		set.ID, err = tx.InsertClauseSet(ctx, store.InsertClauseSetParams{EnterpriseID: by.Enterprise, Base: base, Clauses: string(list),
			MadeBy: by.Account, MadeAt: tx.Now.UnixMilli()})
		if store.IsNone(err) {
			return app.Fail(app.Conflict, "同事刚才保存过条款，您的改动没有保存。请打开最新内容对照后，再修改保存。")
		}
		if err != nil {
			return err
		}
		tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(by.Enterprise)) })
		return s.audit.Add(ctx, tx, by, "clauses.saved", audit.Subject("clauses", set.ID),
			audit.Facts{"enterprise": by.Enterprise, "version": set.Version, "clauses": len(texts), "hash": fmt.Sprintf("%x", sha256.Sum256(list))})
	})
	return set, err
}

// tidied drops empty texts and the blanks around lines.
func tidied(texts []string) []string {
	list := []string{}
	for _, text := range texts {
		var lines []string
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		if lines != nil {
			list = append(list, strings.Join(lines, "\n"))
		}
	}
	return list
}
