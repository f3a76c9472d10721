package web

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"slices"
	"strconv"
	"testing"

	"laoqi/app"
)

func TestEveryRouteSaysWhoMayUseIt(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range routes {
		if r.need == app.Denied {
			t.Errorf("%s %s has no permission", r.method, r.path)
		}
		if seen[r.method+r.path] {
			t.Errorf("%s %s stands twice in the table", r.method, r.path)
		}
		seen[r.method+r.path] = true
		if r.repeats && r.method != "POST" {
			t.Errorf("%s %s: only a form can be sent again", r.method, r.path)
		}
	}
}

// The zero permission denies even those who may do everything else.
func TestARouteWithoutPermissionIsForNobody(t *testing.T) {
	for _, kind := range []app.AccountKind{app.AccountPerson, app.AccountLegalRep, app.AccountAgent, app.AccountDesk} {
		if app.Denied.Allows(app.Actor{Account: 1, Kind: kind, Manages: true}) {
			t.Errorf("%s is let in", kind)
		}
	}
}

func TestEveryLinkLeadsToARoute(t *testing.T) {
	file, err := parser.ParseFile(gotoken.NewFileSet(), "../link/link.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) == 0 {
			return true
		}
		path, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		count++
		if !slices.ContainsFunc(routes, func(r route) bool { return r.path == path }) {
			t.Errorf("link.%s leads to %s, where nothing is", spec.Names[0].Name, path)
		}
		return true
	})
	if count < 50 {
		t.Errorf("only %d links found", count)
	}
}
