package clause_test

import (
	"slices"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/clause"
	"laoqi/app/demo"
	"laoqi/app/pdf/read"
)

func open(t *testing.T) (*apptest.World, app.Actor) {
	w := apptest.New(t)
	w.People()
	return w, w.Actor(demo.Boss)
}

func TestAllThatIsWrongWithAClauseIsToldAtOnce(t *testing.T) {
	faults := clause.Check([]string{"【薪水】按月发放，【姓名】签收😀", "没有错的【岗位】", "【姓名", strings.Repeat("长", clause.MaxText+1)})
	for field, words := range map[string][]string{
		"clause1": {"没有名为“薪水”的字段", "“😀”（U+1F600）"}, "clause3": {"应当成对使用"}, "clause4": {"最多 500 个字，现在是 501 个"},
	} {
		for _, want := range words {
			if got := faults.Of(field); !strings.Contains(got, want) {
				t.Errorf("%s: %q lacks %q", field, got, want)
			}
		}
	}
	if len(faults) != 3 {
		t.Errorf("faults %v", faults)
	}
	if many := clause.Check(slices.Repeat([]string{"一条"}, clause.MaxClauses+1)); many.Of("") == "" {
		t.Error("too many clauses pass")
	}
}

func TestEachSaveIsAVersionAndNoneIsLost(t *testing.T) {
	w, boss := open(t)
	save := func(base int64, texts ...string) clause.Set {
		t.Helper()
		set, err := w.Clause.Save(t.Context(), boss, base, texts)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	if set := save(0, "  甲方提供工作餐。  ", "", "\r\n第一行\r\n\r\n第二行"); set.Version != 1 || !slices.Equal(set.Texts, []string{"甲方提供工作餐。", "第一行\n第二行"}) {
		t.Errorf("saved %+v", set)
	}
	if same := save(1, "甲方提供工作餐。", "第一行\n第二行"); same.Version != 1 {
		t.Errorf("the same texts made version %d", same.Version)
	}
	save(1)
	if old, err := w.Clause.Version(t.Context(), boss, 1); err != nil || len(old.Texts) != 2 {
		t.Errorf("version 1 is %+v, %v", old, err)
	}
	if all, err := w.Clause.Versions(t.Context(), boss); err != nil || len(all) != 2 || all[0].Version != 2 || len(all[0].Texts) != 0 || all[1].MadeBy != "孙庆国" {
		t.Errorf("versions %+v, %v", all, err)
	}
}

func TestOfTwoTabsThatSaveClausesTheFirstWins(t *testing.T) {
	w, boss := open(t)
	if _, err := w.Clause.Save(t.Context(), boss, 0, []string{"甲"}); err != nil {
		t.Fatal(err)
	}
	for _, base := range []int64{0, 7} {
		if _, err := w.Clause.Save(t.Context(), boss, base, []string{"乙"}); app.KindOf(err) != app.Conflict {
			t.Errorf("from version %d: %v", base, err)
		}
	}
	if set, err := w.Clause.Current(t.Context(), boss); err != nil || set.Version != 1 || set.Texts[0] != "甲" {
		t.Errorf("current %+v, %v", set, err)
	}
}

func TestAPreviewShowsTheClausesWithoutBeingAContract(t *testing.T) {
	w, boss := open(t)
	file, err := w.Clause.Preview(t.Context(), boss, []string{"【姓名】任【岗位】，属【单位名称】。"})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := read.Text(file)
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for i, lines := range pages {
		page := strings.Join(lines, "")
		if !strings.Contains(page, "【预览】本文件仅供核对版式和文字") {
			t.Errorf("page %d does not say that it is a preview", i+1)
		}
		all += page
	}
	if !strings.Contains(all, "张三任示例岗位，属"+demo.EnterpriseName+"。") {
		t.Errorf("no clause in %s", all)
	}
	if !w.Clause.Shown() {
		t.Skip("no tool makes pictures")
	}
	pictures, err := w.Clause.Pictures(t.Context(), file)
	if err != nil || len(pictures) == 0 || len(pictures) >= len(pages) {
		t.Errorf("%d pictures of %d pages, %v", len(pictures), len(pages), err)
	}
}
