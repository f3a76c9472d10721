package contract

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// MaxBundle is how many documents one bundle may hold.
const MaxBundle = 5000

// Bundle is several signed documents to be downloaded as one .zip. The PDFs are
// stored in it as they are: compressing them again gains nothing, and the length
// is known before the first byte.
type Bundle struct {
	Size   int64 // of the .zip, in bytes
	Count  int
	files  []bundled
	source source
}

// source opens stored files.
type source interface {
	Open(name string) (io.ReadSeekCloser, error)
}

type bundled struct {
	name, hash string
	size       int64
	at         app.Time
}

// Pick bundles those of the chosen filings' contracts that are signed.
func (s *Service) Pick(ctx context.Context, by app.Actor, filings []int64) (Bundle, error) {
	return s.bundle(ctx, by, filings)
}

// PickAll bundles the signed contracts among what the filter finds.
func (s *Service) PickAll(ctx context.Context, by app.Actor, f Filter) (Bundle, error) {
	if f.Document != "" && f.Document != app.DocumentSigned {
		return s.bundle(ctx, by, nil)
	}
	f.Document = app.DocumentSigned
	filings, err := s.Find(ctx, by.Enterprise, f, math.MaxInt64, MaxBundle+1)
	if err != nil {
		return Bundle{}, err
	}
	return s.bundle(ctx, by, filings)
}

func (s *Service) bundle(ctx context.Context, by app.Actor, filings []int64) (Bundle, error) {
	if len(filings) > MaxBundle {
		return Bundle{}, app.Fail(app.Conflict, fmt.Sprintf("一次最多下载 %d 份合同，请缩小查询范围后分批下载。", MaxBundle))
	}
	list, err := json.Marshal(append([]int64{}, filings...))
	if err != nil {
		return Bundle{}, err
	}
	found, err := s.DB.SignedDocuments(ctx, store.SignedDocumentsParams{EnterpriseID: by.Enterprise, Ids: string(list)})
	if err != nil {
		return Bundle{}, err
	}
	if len(found) == 0 {
		return Bundle{}, app.Fail(app.Conflict, "没有可以下载的合同：只有已签署的电子劳动合同可以下载。")
	}
	b := Bundle{source: s.Files, Count: len(found)}
	ids := make([]int64, len(found))
	for i, d := range found {
		ids[i] = d.ID
		if err := b.add(d); err != nil {
			return Bundle{}, err
		}
	}
	if b.Size, err = b.measure(); err != nil {
		return Bundle{}, err
	}
	return b, s.DB.Write(ctx, func(tx *store.Tx) error {
		return s.Audit.Add(ctx, tx, by, "documents.downloaded", audit.Subject("enterprise", by.Enterprise), audit.Facts{"documents": ids})
	})
}

func (b *Bundle) add(d store.SignedDocumentsRow) error {
	f, err := b.source.Open(d.FinalHash)
	if errors.Is(err, fs.ErrNotExist) {
		return app.Fail(app.Conflict, "找不到合同 "+d.Number+" 的文件，请联系系统管理员从备份中恢复；其他合同可以勾选后下载。")
	}
	if err != nil {
		return err
	}
	size, err := f.Seek(0, io.SeekEnd)
	b.files = append(b.files, bundled{d.Name + "-" + d.Title + "-" + d.Number + ".pdf", d.FinalHash, size, d.FinalAt})
	return errors.Join(err, f.Close())
}

// measure writes the bundle with zeros in place of the files and counts.
func (b *Bundle) measure() (int64, error) {
	var n counter
	err := b.write(&n, func(f bundled) (io.ReadCloser, error) { return io.NopCloser(io.LimitReader(zeros{}, f.size)), nil })
	return int64(n), err
}

// Write sends the .zip, of exactly Size bytes, holding no more than a piece of
// one file in memory.
func (b *Bundle) Write(w io.Writer) error {
	return b.write(w, func(f bundled) (io.ReadCloser, error) { return b.source.Open(f.hash) })
}

func (b *Bundle) write(w io.Writer, open func(bundled) (io.ReadCloser, error)) error {
	z := zip.NewWriter(w)
	for _, f := range b.files {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store, Modified: f.at.In(app.Zone)})
		if err != nil {
			return err
		}
		content, err := open(f)
		if err != nil {
			return err
		}
		_, err = io.Copy(entry, content)
		if err := errors.Join(err, content.Close()); err != nil {
			return err
		}
	}
	return z.Close()
}

type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
