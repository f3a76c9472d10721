package web_test

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/link"

	"github.com/xuri/excelize/v2"
)

var importAddress = regexp.MustCompile(`/hall/import/\d+`)

// importing uploads the forms and waits until they are checked.
func importing(s *site, b browser, forms ...filing.Form) (path string) {
	s.t.Helper()
	p := b.upload(link.HallImports, "file", apptest.Workbook(s.t, forms...))
	path = importAddress.FindString(p.Path)
	if path == "" {
		s.t.Fatalf("uploaded, but at %s: %s", p.Path, p.Body)
	}
	s.Until("the check", func() bool { return strings.Contains(b.get(path).Body, "检查结果") })
	return path
}

func TestTheTemplateHasAColumnForEachFieldOfTheForm(t *testing.T) {
	s := open(t)
	b := s.as(demo.Agent)
	p := b.get(link.HallImportTemplate)
	f, err := excelize.OpenReader(strings.NewReader(p.Body))
	s.must(err)
	rows, err := f.GetRows(f.GetSheetName(0))
	s.must(err)
	titles := map[string]bool{}
	for _, h := range rows[0] {
		titles[strings.TrimPrefix(h, "*")] = true
	}
	form := b.get(link.To(link.HallFilingAdd, app.FilingNew)).Body
	for _, m := range regexp.MustCompile(`(?s)<(?:label|legend) class="lbl"[^>]*>(.*?)</(?:label|legend)>`).FindAllStringSubmatch(form, -1) {
		label := strings.TrimSpace(regexp.MustCompile(`(?s)<span class="star".*?</span>`).ReplaceAllString(m[1], ""))
		if !titles[label] {
			t.Errorf("the form asks for %q, the template does not", label)
		}
		delete(titles, label)
	}
	delete(titles, "备注")
	if len(titles) > 0 {
		t.Errorf("the template asks for what the form does not: %v", titles)
	}
}

func TestAClerkImportsWithoutJavaScript(t *testing.T) {
	s := open(t)
	b := s.as(demo.Agent)
	today := app.DateOf(s.Now())
	forms := apptest.Forms(3, today)
	forms[2].Terms.Probation = 6
	b.get(link.To(link.HallFilings, app.FilingNew)).shows(t, 200, ">导入</a>")
	path := importing(s, b, forms...)
	page := b.get(path)
	page.shows(t, 200, "只导入无误的 2 行", "试用期（月）", "第十九条", forms[2].Worker.Name, "下载错误说明文件")
	if strings.Contains(page.Body, forms[2].Worker.IDNumber) {
		t.Error("the report shows an ID number")
	}
	marked := b.get(path + "/file")
	if f, err := excelize.OpenReader(strings.NewReader(marked.Body)); err != nil || !strings.HasPrefix(marked.Kind, "application/vnd.openxmlformats") {
		t.Errorf("the corrected workbook is %s: %v", marked.Kind, err)
	} else if rows, _ := f.GetRows(f.GetSheetName(0)); !strings.Contains(strings.Join(rows[4], "|"), "第十九条") {
		t.Errorf("row 5 of the corrected workbook is %q", rows[4])
	}
	b.sendFrom(path, path+"/confirm", url.Values{}).shows(t, 200, "不能全部导入")
	b.sendFrom(path, path+"/confirm", url.Values{"good": {"1"}})
	s.Until("two filings", func() bool {
		return strings.Contains(b.get(path).Body, "新签备案，请等待审核")
	})
	b.get(path).shows(t, 200, `已提交 <b class="num">2</b> 份`)
	b.get(link.To(link.HallFilings, app.FilingNew)).shows(t, 200, forms[0].Worker.Name, forms[1].Worker.Name, "共 2 人")
	b.get(path+"/file").shows(t, 200, "才能下载错误说明文件")
}

func TestAFileThatIsNoWorkbookComesBackWithTheReason(t *testing.T) {
	s := open(t)
	b := s.as(demo.Agent)
	b.upload(link.HallImports, "file", []byte("姓名,证件号码")).shows(t, 422, "不是 .xlsx 文件")
	b.upload(link.HallImports, "file", bytes.Repeat([]byte("PK\x03\x04"), 3<<20)).shows(t, 422, "超过 10 MB")
}

func TestAnImportIsGivenUpOnlyAfterAQuestion(t *testing.T) {
	s := open(t)
	b := s.as(demo.Agent)
	path := importing(s, b, apptest.Forms(1, app.DateOf(s.Now()))...)
	b.get(link.HallImports).shows(t, 200, "没有完成的导入", path)
	b.get(path+"/drop").shows(t, 200, "确定放弃这次导入")
	b.send(path+"/drop", url.Values{}).shows(t, 200, "已放弃导入")
	b.get(path).shows(t, 200, "没有产生备案")
}

func TestAnEnterpriseThatHasNotChosenIsAskedBeforeItImports(t *testing.T) {
	s := open(t)
	s.must(s.Enterprise.Close(t.Context(), s.Actor(demo.Boss)))
	b := s.as(demo.Agent)
	ask := b.get(link.HallImports)
	ask.shows(t, 200, "是否启用电子劳动合同")
	b.get(link.HallImports+"?paper=1").shows(t, 200, "按照传统模式生成纸质劳动合同")
	b.send(ask.Path, url.Values{})
	b.get(link.HallImports).shows(t, 200, "上传检查")
}
