package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Each package imports only what stands before it (ARCHITECTURE in README.md).
var (
	leaves  = []string{"link", "vault", "law", "store", "pki", "pdf", "docx", "face", "passkey", "provider", "hub", "sheet", "qr", "https"}
	ledgers = []string{"audit", "outbox"}
	domains = []string{"notify", "identity", "enterprise", "clause", "cert", "seal", "contract", "evidence", "filing", "intake", "review"}
	top     = []string{"office", "demo", "web", "boot"}
	tests   = []string{"apptest", "journey"}
)

type goPackage struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

func packages(t *testing.T) (list []goPackage) {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "laoqi/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

// part names the part of the house that a package belongs to: laoqi/app/pdf/font
// is pdf, every package of views is views, and app itself is "".
func part(path string) string {
	switch {
	case strings.HasPrefix(path, "laoqi/views/"):
		return "views"
	case strings.HasPrefix(path, "laoqi/app/"):
		name, _, _ := strings.Cut(strings.TrimPrefix(path, "laoqi/app/"), "/")
		return name
	}
	return strings.TrimPrefix(path, "laoqi/app")
}

// allowed lists the parts that a part may import beside app and itself.
func allowed(name string) []string {
	below := slices.Concat(leaves, ledgers)
	switch at := slices.Index(domains, name); {
	case name == "" || name == "link":
		return nil
	case name == "pdf":
		return []string{"law", "pki"} // periods, signatures
	case name == "provider":
		return []string{"pki", "face"} // timestamps, what a reader of faces answers
	case slices.Contains(leaves, name):
		return nil
	case slices.Contains(ledgers, name):
		return leaves
	case at >= 0:
		return slices.Concat(below, domains[:at])
	case name == "office":
		return slices.Concat(below, domains)
	case name == "demo", name == "apptest":
		return slices.Concat(below, domains, []string{"office", "demo"})
	case name == "web":
		return slices.Concat(below, domains, []string{"office", "demo", "views"})
	case name == "boot", name == "journey":
		return slices.Concat(below, domains, top)
	case name == "views":
		return slices.Concat([]string{"link"}, domains)
	}
	return []string{"boot"} // main
}

func TestImportsRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		name := part(p.ImportPath)
		for _, i := range p.Imports {
			to := part(i)
			if !strings.HasPrefix(i, "laoqi/") || to == name || to == "" {
				continue
			}
			if !slices.Contains(allowed(name), to) {
				t.Errorf("%s imports %s", p.ImportPath, i)
			}
		}
	}
}

func TestEveryPackageHasItsPlaceInTheHouse(t *testing.T) {
	places := slices.Concat(leaves, ledgers, domains, top, tests, []string{"", "laoqi", "views"})
	for _, p := range packages(t) {
		if !slices.Contains(places, part(p.ImportPath)) {
			t.Errorf("%s stands nowhere in the order of imports", p.ImportPath)
		}
	}
}

func TestOnlyTheWebKnowsTheWeb(t *testing.T) {
	for _, p := range packages(t) {
		for _, i := range p.Imports {
			if part(p.ImportPath) != "web" && strings.HasPrefix(i, "github.com/labstack/echo") {
				t.Errorf("%s imports echo", p.ImportPath)
			}
			if p.ImportPath == "laoqi/app" && strings.Contains(i, ".") {
				t.Errorf("the root package imports %s", i)
			}
		}
	}
}

var queryName = regexp.MustCompile(`(?m)^-- name: (\w+)`)

// owners tells to which part each generated query belongs.
func owners(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../queries/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no queries")
	}
	owner := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range queryName.FindAllStringSubmatch(string(text), -1) {
			owner[m[1]] = strings.TrimSuffix(filepath.Base(f), ".sql")
		}
	}
	return owner
}

func TestEachQueryIsCalledByItsOwnDomainAlone(t *testing.T) {
	owner, used := owners(t), map[string]bool{}
	for _, p := range packages(t) {
		for _, call := range queriesCalled(t, p) {
			if owner[call] == "" {
				continue
			}
			used[call] = true
			if owner[call] != part(p.ImportPath) {
				t.Errorf("%s calls %s of queries/%s.sql", p.ImportPath, call, owner[call])
			}
		}
	}
	for query, of := range owner {
		if !used[query] {
			t.Errorf("nobody calls %s of queries/%s.sql", query, of)
		}
	}
}

// queriesCalled lists the methods that a package calls on a database or a
// transaction, known by the names that all code gives them.
func queriesCalled(t *testing.T, p goPackage) (names []string) {
	t.Helper()
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && isDatabase(s.X) {
				names = append(names, s.Sel.Name)
			}
			return true
		})
	}
	return names
}

func isDatabase(x ast.Expr) bool {
	name := ""
	switch x := x.(type) {
	case *ast.Ident:
		name = x.Name
	case *ast.SelectorExpr:
		name = x.Sel.Name
	}
	return slices.Contains([]string{"tx", "q", "db", "DB"}, name)
}
