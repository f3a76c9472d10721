package journey

import (
	"bytes"
	"strings"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/xuri/excelize/v2"
)

// TestAWorkerSeesAndExportsWhatIsHeld: 我的信息 masks the numbers, the file does not.
func TestAWorkerSeesAndExportsWhatIsHeld(t *testing.T) {
	s := demoSite(t)
	sample, _ := demo.Find(demo.WorkerA)
	w := s.open(phone, link.Mobile)
	w.logIn(demo.WorkerA)
	w.click("我的")
	w.click("我的信息")
	w.sees("220102********2042", "已核验", "个人账号", "没有保存您的人脸信息", "您登录过 1 台设备")
	w.shoot("info")
	file := w.saved("*.xlsx", func() { w.click("导出我的信息") })
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("我的信息")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, r := range rows {
		all.WriteString(strings.Join(r, " ") + "\n")
	}
	for _, words := range []string{"证件号码 " + sample.Number, "手机号码 " + sample.Mobile, "登录设备"} {
		if !strings.Contains(all.String(), words) {
			t.Errorf("the file lacks %q:\n%s", words, all.String())
		}
	}
	w.click("修改手机号码")
	w.sees("原手机号码")
}
