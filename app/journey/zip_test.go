package journey

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
)

// TestZipOf200 downloads two chosen contracts and then all 200, with and without
// JavaScript.
func TestZipOf200(t *testing.T) {
	folder := prepare(t, func(s *staff) {
		s.leave(200)
		s.Authorize(s.clerk, s.operator())
		s.Until("the seals", func() bool {
			b, _, err := s.Contract.Sealing(s.T.Context(), s.clerk.Enterprise)
			return err == nil && b.Sealed == 200
		})
	})
	s := start(t, "劳契已启动：", nil, "-data", folder)
	for _, d := range []device{desktop, desktopPlain} {
		w := s.open(d, link.HallContracts)
		w.logIn(demo.Agent)
		w.click("首页")
		w.sees("今日待办")
		w.shoot("home")
		w.click("到期提醒")
		w.sees("合同 60 天内到期")
		w.shoot("reminders")
		w.click("电子劳动合同生成")
		w.click("下载所选")
		w.sees("请先在列表中勾选要下载的合同。")
		w.tick("选择王仇")
		w.tick("选择王仆")
		w.shoot("zip-list")
		if got := w.unzip(func() { w.click("下载所选") }); len(got) != 2 || !strings.HasPrefix(got[0], "王仇-解除（终止）劳动合同证明书-HT-") {
			t.Errorf("the chosen are %v", got)
		}
		w.choose("电子合同", "已签署")
		w.click("查询")
		w.sees("共 200 人")
		if got := w.unzip(func() { w.click("下载全部筛选结果") }); len(got) != 200 {
			t.Errorf("%d contracts in the file", len(got))
		}
	}
}

// unzip returns the names in the .zip that the act makes the browser keep; each
// holds a whole PDF.
func (w *window) unzip(act func()) (names []string) {
	w.t.Helper()
	content := w.saved("*.zip", act)
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range z.File {
		names = append(names, f.Name)
		r, err := f.Open()
		if err != nil {
			w.t.Fatal(err)
		}
		pdf, err := io.ReadAll(r)
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			w.t.Errorf("%s: %v", f.Name, err)
		}
	}
	return names
}
