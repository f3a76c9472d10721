package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"path"
	"regexp"
	"strings"
	"sync"

	"laoqi/app"
)

// assets serves static/ from memory, each file compressed once, when first asked for,
// and under an address that holds its content's hash and so never changes.
type assets struct {
	files map[string]asset  // by address without /static/
	urls  map[string]string // by name
}

type asset struct {
	kind   string
	raw    []byte
	zipped func() []byte
}

func newAssets(files fs.FS) (*assets, error) {
	a := &assets{map[string]asset{}, map[string]string{}}
	return a, fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if path.Ext(name) == ".css" {
			raw = expandVariables(raw)
		}
		a.add(name, raw)
		return nil
	})
}

func (a *assets) add(name string, raw []byte) {
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) {
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".css":
		kind = "text/css; charset=utf-8"
	}
	sum := sha256.Sum256(raw)
	address := hex.EncodeToString(sum[:6]) + "/" + name
	a.files[address], a.urls[name] = asset{kind, raw, sync.OnceValue(func() []byte { return zip(raw) })}, "/static/"+address
}

func zip(raw []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // fails for an unknown level only
	z.Write(raw)
	z.Close()
	return b.Bytes()
}

// url is the address of a file of static/.
func (a *assets) url(name string) string { return a.urls[name] }

// raw is the content of a file of static/.
func (a *assets) raw(name string) []byte {
	return a.files[strings.TrimPrefix(a.urls[name], "/static/")].raw
}

var (
	token    = regexp.MustCompile(`(--[a-z0-9-]+):([^;}]+)`)
	variable = regexp.MustCompile(`var\((--[a-z0-9-]+)\)`)
)

// expandVariables replaces each var() by its token, for browsers that know no variables.
func expandVariables(css []byte) []byte {
	values := map[string]string{}
	for _, m := range token.FindAllStringSubmatch(string(css), -1) {
		values[m[1]] = strings.TrimSpace(m[2])
	}
	return variable.ReplaceAllFunc(css, func(use []byte) []byte {
		return []byte(values[string(variable.FindSubmatch(use)[1])])
	})
}

func (s *Server) static(q *request) error {
	a, ok := s.assets.files[q.Param("*")]
	if !ok {
		return app.Fail(app.NotFound, "没有这个文件。")
	}
	h := q.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	if strings.Contains(q.Request().Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		return q.Blob(200, a.kind, a.zipped())
	}
	return q.Blob(200, a.kind, a.raw)
}
