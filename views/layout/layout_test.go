package layout

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"laoqi/views/part"
)

func frame() Frame {
	return Frame{
		Title: "电子劳动合同生成", Product: "劳契", HallTitle: "劳动关系网厅", Demo: true, Token: "t",
		Asset: func(name string) string { return "/static/" + name },
		Who:   "经办人：周敏", Enterprise: "长春启明精密制造有限公司", HomeURL: "/hall", LogoutURL: "/hall/logout",
		Tabs: Tabs{"/m", "/m/messages", "/m/scan", "/m/me"}, Unread: 120, UnreadURL: "/badge", EventsURL: "/events", Refresh: 5,
		Flash: &part.Flash{Tone: part.OK, Text: "已保存。"},
	}
}

func shells(f Frame) map[string]templ.Component {
	below := []NavItem{{Label: "电子合同签章授权", URL: "/hall/authorize", Current: true}}
	nav := []NavGroup{{"用工备案管理", []NavItem{{Label: "电子劳动合同生成", URL: "/hall/contracts", Children: below}}}}
	crumbs := []Crumb{{"用工备案管理", "/hall"}, {"电子劳动合同生成", ""}}
	return map[string]templ.Component{
		"hall": Hall(f, nav, crumbs), "desk": Desk(f, nav, crumbs), "plain": Plain(f), "sheet": Sheet(f),
		"mobile": Mobile(f, MobileBar{BackURL: "/m", Action: &part.Action{Label: "添加", URL: "/m/add"}}, MineTab),
	}
}

func render(t *testing.T, c templ.Component, children ...templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(templ.WithChildren(t.Context(), templ.Join(children...)), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryPageOfTheDemoSaysSo(t *testing.T) {
	for name, c := range shells(frame()) {
		if html := render(t, c); !strings.Contains(html, "<b>演示</b>") || !strings.Contains(html, "<title>演示 · ") {
			t.Errorf("%s does not say 演示", name)
		}
	}
	real := frame()
	real.Demo = false
	for name, c := range shells(real) {
		if strings.Contains(render(t, c), "演示") {
			t.Errorf("%s says 演示 outside the demo", name)
		}
	}
}

func TestEveryPageHasOneTitleAndOneMain(t *testing.T) {
	for name, c := range shells(frame()) {
		html := render(t, c, templ.Raw("<p>正文</p>"))
		for _, once := range []string{"<h1>电子劳动合同生成</h1>", `id="main"`, "<p>正文</p>", "<p>已保存。</p>", `lang="zh-CN"`} {
			if strings.Count(html, once) != 1 {
				t.Errorf("%s: %d times %s", name, strings.Count(html, once), once)
			}
		}
	}
}

func TestNoPageCarriesInlineStyleOrScript(t *testing.T) {
	inline := regexp.MustCompile(`\s(style|on[a-z]+|hx-on[^=]*)\s*=|<script>|<style|javascript:`)
	for name, c := range shells(frame()) {
		if found := inline.FindString(render(t, c)); found != "" {
			t.Errorf("%s has %q", name, found)
		}
	}
}

func TestLoggingOutIsAPostWithItsToken(t *testing.T) {
	html := render(t, shells(frame())["hall"])
	if !strings.Contains(html, `method="post" action="/hall/logout"><input type="hidden" name="_token" value="t">`) {
		t.Error(html)
	}
}

func TestTheMenuMarksWhereTheUserIs(t *testing.T) {
	html := render(t, shells(frame())["hall"])
	if strings.Count(html, `href="/hall/authorize" aria-current="page"`) != 1 || strings.Count(html, "aria-current") != 1 {
		t.Error(html)
	}
}

func TestTheStyleSheetKeepsToWhatOldBrowsersRead(t *testing.T) {
	file, err := os.ReadFile("../../static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	css := string(file)
	start, end := strings.Index(css, ":root {"), strings.Index(css, "}\n")
	tokens, rules := css[start:end], css[end:]
	if strings.Contains(tokens, "var(") || regexp.MustCompile(`--[a-z0-9]+\s*:`).MatchString(rules) {
		t.Error("a token is not plain, or not in :root")
	}
	for _, use := range regexp.MustCompile(`var\(([^)]*)\)`).FindAllStringSubmatch(rules, -1) {
		if !strings.Contains(tokens, use[1]+":") {
			t.Errorf("%s is no token", use[1])
		}
	}
	for _, newer := range []string{":has(", "color-mix(", "light-dark(", "clamp(", "min(", "max(", " gap:", "grid", "@layer", "@container", "&", "inset:", "dvh"} {
		if strings.Contains(rules, newer) {
			t.Errorf("the style sheet uses %q", newer)
		}
	}
}
