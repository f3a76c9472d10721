package part

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"laoqi/app"
)

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var faults = app.Faults{{Field: "id", Text: "证件号码的校验位不对。"}, {Text: "单位尚未通过核验。"}}

// fields renders every kind of field with the same name and faults.
func fields(f Field) map[string]templ.Component {
	options := []app.Option{{Value: "a", Label: "甲"}, {Value: "b", Label: "乙"}}
	return map[string]templ.Component{
		"text": Text(f), "tel": Tel(f), "date": Date(f), "number": Number(f), "password": Password(f), "textarea": TextArea(f),
		"file": File(f, ".pdf"), "select": Select(f, options), "radios": Radios(f, options), "checkbox": Checkbox(f),
		"code": CodeField(f, Send{URL: "/code", Wait: 30}), "sign": SignPad(f),
	}
}

func TestEveryFieldIsTiedToItsHintAndFault(t *testing.T) {
	f := Field{Name: "id", Label: "证件号码", Hint: "十八位", Required: true, Faults: faults}
	for kind, c := range fields(f) {
		html := render(t, c)
		for _, want := range []string{`aria-describedby="f-id-hint f-id-fault"`, `id="f-id-hint"`, `id="f-id-fault"`, `id="f-id"`, "证件号码的校验位不对。", `<span class="star" aria-hidden="true">*</span>`} {
			if strings.Count(html, want) != 1 {
				t.Errorf("%s: want one %s in %s", kind, want, html)
			}
		}
	}
}

func TestASoundFieldShowsNoFaultOfAnother(t *testing.T) {
	for kind, c := range fields(Field{Name: "name", Label: "姓名", Faults: faults}) {
		html := render(t, c)
		if strings.Contains(html, "aria-invalid") || strings.Contains(html, "校验位") || strings.Contains(html, `class="star"`) {
			t.Errorf("%s: %s", kind, html)
		}
	}
}

func TestWhatWasTypedComesBackExceptAPassword(t *testing.T) {
	f := Field{Name: "x", Label: "值", Value: `a"<b>`}
	for _, kind := range []string{"text", "tel", "date", "number", "textarea", "code", "sign"} {
		if html := render(t, fields(f)[kind]); !strings.Contains(html, "a&#34;&lt;b&gt;") {
			t.Errorf("%s lost the value: %s", kind, html)
		}
	}
	if html := render(t, Password(f)); strings.Contains(html, "value=") {
		t.Errorf("a password is sent back: %s", html)
	}
	chosen := render(t, Select(Field{Name: "x", Value: "b"}, []app.Option{{Value: "a", Label: "甲"}, {Value: "b", Label: "乙"}}))
	if !strings.Contains(chosen, `<option value="b" selected>`) {
		t.Errorf("the choice is lost: %s", chosen)
	}
}

func TestTheErrorSummaryLeadsToEachField(t *testing.T) {
	html := render(t, ErrorSummary(faults))
	for _, want := range []string{"请更正以下 2 处", `<a href="#f-id">证件号码的校验位不对。</a>`, "<li>单位尚未通过核验。</li>", "autofocus"} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
	if html := render(t, ErrorSummary(nil)); html != "" {
		t.Errorf("a form without faults shows %s", html)
	}
}

func TestAPageAtTheEndOffersNoNextPage(t *testing.T) {
	html := render(t, Pager("共 8 人", "/list?before=9", ""))
	if !strings.Contains(html, `href="/list?before=9"`) || !strings.Contains(html, `<span class="btn" aria-disabled="true">下一页</span>`) {
		t.Error(html)
	}
}

func TestNoPartCarriesInlineStyleOrScript(t *testing.T) {
	now := app.At(time.Date(2026, 5, 1, 4, 0, 0, 0, time.UTC))
	all := []templ.Component{
		ErrorSummary(faults), Warnings([]app.Warning{{Field: "start", Text: "请核对。"}}, "sure", true), Spans(Span{Name: "span", Value: SpanLong, From: "a", To: "b"}),
		FlashBar(&Flash{Bad, "没有成功。"}), FilingTag(app.FilingReturned), DocumentTag(app.DocumentSigned), Note(Wait), Empty("没有记录", "稍后再看", &Action{"返回", "/"}),
		Progress("正在盖章", 1, 3), Table("合同", "姓名"), Pager("", "/a", "/b"), Card("标题"), DefList([]Item{{Label: "姓名", Value: "王秀兰"}, {Label: "状态", Body: StatusTag(OK, "有效")}}),
		SealPicture("<svg></svg>", "公章", true), QR("<svg></svg>", "二维码"), Countdown(now, now, "已过期"), Confirm(Confirmation{Title: "删除", URL: "/x", CancelURL: "/y"}),
		Dialog("done", "授权成功"), SubmitToken("t"), Icon(IconSeal), Mark(),
	}
	for _, c := range fields(Field{Name: "id", Label: "证件号码", Required: true, Max: 18, Faults: faults}) {
		all = append(all, c)
	}
	inline := regexp.MustCompile(`\s(style|on[a-z]+|hx-on[^=]*)\s*=|<script|<style|javascript:`)
	for _, c := range all {
		html := render(t, c)
		if found := inline.FindString(html); found != "" || html == "" {
			t.Errorf("%q in %s", found, html)
		}
	}
}
