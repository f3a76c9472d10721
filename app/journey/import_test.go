package journey

import (
	"bytes"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/xuri/excelize/v2"
)

// TestImportOf5000Rows: a clerk takes the template, uploads 5,000 workers of whom
// two are faulty, reads why, and files the others.
func TestImportOf5000Rows(t *testing.T) {
	s := demoSite(t)
	const rows = 5000
	forms := apptest.Forms(rows, app.DateOf(time.Now()))
	forms[1].Terms.Probation = 6
	forms[rows-1].Worker.IDNumber = forms[0].Worker.IDNumber
	workbook := apptest.Workbook(t, forms...)
	began := time.Now()

	w := s.open(desktop, link.Hall)
	w.logIn(demo.Agent)
	w.in("用工备案管理").click("新签")
	w.click("导入")
	w.sees("是否启用电子劳动合同")
	w.click("是")
	w.sees("批量导入新签备案，分三步")
	w.shoot("import-start")
	template := w.saved("*.xlsx", func() { w.click("下载导入模板") })
	if _, err := excelize.OpenReader(bytes.NewReader(template)); err != nil {
		t.Error(err)
	}
	w.upload("选择文件", "workers.xlsx", workbook)
	w.click("上传并检查")
	w.glimpse("已检查", "import-checking", "只导入无误的 4998 行")
	w.sees("只导入无误的 4998 行", "第十九条", "与第 3 行的证件号码相同")
	w.shoot("import-checked")
	checked := time.Since(began)
	marked := w.saved("*.xlsx", func() { w.click("下载错误说明文件") })
	if len(marked) < len(workbook)/2 {
		t.Errorf("the corrected workbook has %d bytes of %d", len(marked), len(workbook))
	}
	w.click("只导入无误的 4998 行")
	w.glimpse("已导入", "import-storing", "份新签备案，请等待审核")
	w.sees("份新签备案，请等待审核")
	w.shoot("import-stored")
	w.click("查看新签备案")
	w.sees("共 4998 人")
	w.shoot("import-filings")
	t.Logf("checked after %.1f s, filed after %.1f s", checked.Seconds(), time.Since(began).Seconds())
}

// glimpse waits for what passes by, and shoots it, or for what comes after it.
func (w *window) glimpse(passing, picture, after string) {
	w.t.Helper()
	w.waitFor(passing+" or "+after, func() bool {
		w.settle()
		if w.glance("sees", passing).Problem == "" {
			w.shoot(picture)
			return true
		}
		return w.glance("sees", after).Problem == ""
	})
}
