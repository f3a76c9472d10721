package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest/tool"
)

// sample is a contract with all that a filing can state.
func sample() ContractDoc {
	return ContractDoc{
		Record: Record{
			Number: "HT-2026-000042", CheckURL: "https://hr.example.cn/check/7F3K-9QXM-2D8T", CheckCode: "7F3K-9QXM-2D8T",
			MadeOn: app.Date{Year: 2026, Month: 11, Day: 23}, Demo: true,
		},
		Enterprise: Enterprise{"杭州云栖智造科技有限公司", "91330106MA2XXXXX0Q", "浙江省杭州市西湖区转塘街道云栖小镇飞天路8号2幢501室", "欧阳建国", "0571-87654321"},
		Worker: app.Worker{
			Name: "张𠮷𬎆", IDType: app.IDResident, IDNumber: "330106199203154417", Mobile: "13800138000",
			Domicile: "四川省成都市武侯区玉林街道倪家桥路12号3单元402号", Address: "浙江省杭州市余杭区五常街道文一西路1818号",
		},
		Terms: app.Terms{
			Kind: app.TermFixed, Start: app.Date{Year: 2026, Month: 12, Day: 1}, End: app.Date{Year: 2029, Month: 11, Day: 30}, Probation: 6, Employment: app.EmploymentFull,
			Post: "高级工程师（Go/SQLite）", Duties: "劳动关系平台的设计、开发、测试与运行维护", Workplace: "浙江省杭州市西湖区",
			Hours: app.HoursStandard, PayKind: app.PayBonus, Pay: 1200000, PayRule: "按季度考核，绩效奖金每月0至6000元",
			ProbationPay: 960050, PayDay: 15, Insured: app.AllInsurances, Insurance: "养老、医疗、失业、工伤、生育保险",
			Protection: "办公场所符合国家安全卫生标准", Clauses: "1. 甲方每月提供300元通信补贴。\r\n2. 乙方对商业秘密负有保密义务。",
		},
		ProbationEnd: app.Date{Year: 2027, Month: 5, Day: 31}, Kind: app.FilingNew,
	}
}

func sampleTermination() TerminationDoc {
	c := sample()
	return TerminationDoc{
		Record: c.Record, Enterprise: c.Enterprise, Worker: c.Worker, Contract: c.Number, Terms: c.Terms,
		Ending: app.Ending{Reason: "44-1", On: c.Terms.End}, Reason: "劳动合同期满", Article: "第四十四条第一项",
	}
}

// made writes a document to a file.
func made(t *testing.T, data []byte, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs a program of the system and skips the test where it is not installed.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	tool.Need(t, name)
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// text extracts a document's text without white space.
func text(t *testing.T, path string) string {
	t.Helper()
	return strings.Join(strings.Fields(run(t, "pdftotext", path, "-")), "")
}

func pages(t *testing.T, path string) string {
	t.Helper()
	return strings.TrimSpace(run(t, "qpdf", "--show-npages", path))
}

func TestAContractIsASoundFileOfFourPages(t *testing.T) {
	data, err := Contract(sample())
	path := made(t, data, err)
	if out := run(t, "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors") {
		t.Error(out)
	}
	if n := pages(t, path); n != "4" {
		t.Errorf("%s pages", n)
	}
	if info := run(t, "pdfinfo", path); !strings.Contains(info, "劳动合同 HT-2026-000042") || !strings.Contains(info, "A4") {
		t.Error(info)
	}
}

func TestEveryTermOfTheFilingCanBeExtracted(t *testing.T) {
	d := sample()
	data, err := Contract(d)
	got := text(t, made(t, data, err))
	for _, want := range []string{
		d.Number, d.CheckCode, d.Enterprise.Name, d.Enterprise.USCC, d.Enterprise.Address, d.Enterprise.LegalRep, d.Enterprise.Phone,
		d.Worker.Name, d.Worker.IDNumber, d.Worker.Mobile, d.Worker.Domicile, d.Worker.Address, "居民身份证",
		"自2026年12月1日起至2029年11月30日止", "试用期6个月，自2026年12月1日起至2027年5月31日止",
		"从事" + d.Terms.Post + "岗位", d.Terms.Duties, "地点为" + d.Terms.Workplace, "实行标准工时制，",
		"基本工资为每月12000元", d.Terms.PayRule, "每月9600.50元", "每月15日", d.Terms.Insurance, d.Terms.Protection,
		"1.甲方每月提供300元通信补贴。2.乙方对商业秘密负有保密义务。", "（自签发）", "第1页共4页", "第4页共4页",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	if n := strings.Count(got, "【演示】"); n != 4 {
		t.Errorf("演示 stands on %d of 4 pages", n)
	}
}

// TestTheExtractedTextIsTheWording compares the body of a contract, character by
// character, with the wording that went in.
func TestTheExtractedTextIsTheWording(t *testing.T) {
	d := sample()
	d.Demo, d.Worker.Name = false, "欧阳·买买提"
	data, err := Contract(d)
	got := text(t, made(t, data, err))
	foot := regexp.MustCompile(`编号：HT-2026-000042第\d页共\d页核验码：7F3K-9QXM-2D8T`)
	got = foot.ReplaceAllString(got, "")
	got = got[strings.Index(got, "根据《"):]

	v, want, n := contractValues(d), "", 0
	add := func(text string) {
		for _, s := range spans(text, v) {
			want += s.text
		}
	}
	for i, p := range chosen(contractWording(), v) {
		if i > 0 {
			want += chinese(i) + "、" + p.heading
		}
		for _, c := range p.clauses {
			if i > 0 {
				n++
				want += "第" + chinese(n) + "条"
			}
			add(c.text)
		}
	}
	want = strings.Join(strings.Fields(want), "")
	if !strings.HasPrefix(got, want) {
		for i, r := range want {
			if !strings.HasPrefix(got, want[:i+len(string(r))]) {
				t.Fatalf("the text differs after %q: got %q", want[max(0, i-60):i], got[i:min(len(got), i+60)])
			}
		}
	}
	if signatures := got[len(want):]; !strings.Contains(signatures, d.Worker.Name) {
		t.Errorf("no name at the signature: %q", signatures)
	}
}

func TestRareNamesAreDrawnAndExtractedAsTheyAreWritten(t *testing.T) {
	for _, name := range []string{"张𠮷𬎆", "欧阳·买买提", "José Núñez-Müller", "龘㐂"} {
		d := sample()
		d.Worker.Name = name
		data, err := Contract(d)
		if got := text(t, made(t, data, err)); strings.Count(got, strings.ReplaceAll(name, " ", "")) != 2 {
			t.Errorf("%s: not in table and signature", name)
		}
	}
}

func TestEveryCharacterOfTheNationalListCanBeExtracted(t *testing.T) {
	list, err := os.ReadFile("font/testdata/通用规范汉字表.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join(strings.Fields(string(list)), "")
	s := newSheet(nil)
	s.paragraph(bodyStyle, span{text: want})
	s.paragraph(bodyStyle, span{text: want, bold: true})
	data := s.render("通用规范汉字表", Record{MadeOn: sample().MadeOn})
	if got := text(t, made(t, data, nil)); got != want+want {
		t.Errorf("extracted %d bytes, want %d", len(got), len(want+want))
	}
}

func TestEveryCharacterOfCJKExtensionACanBeExtracted(t *testing.T) {
	want := ""
	for r := rune(0x3400); r <= 0x4DBF; r++ {
		want += string(r)
	}
	s := newSheet(nil)
	s.paragraph(bodyStyle, span{text: want})
	s.paragraph(bodyStyle, span{text: want, bold: true})
	if s.typecase.missing != nil {
		t.Fatalf("no font draws %q", string(s.typecase.missing))
	}
	data := s.render("扩展A区", Record{MadeOn: sample().MadeOn})
	if got := text(t, made(t, data, nil)); got != want+want {
		t.Errorf("extracted %d bytes, want %d", len(got), len(want+want))
	}
}

func TestACharacterThatNoFontHasIsAnErrorThatNamesIt(t *testing.T) {
	d := sample()
	d.Terms.Duties = "画🙂"
	if _, err := Contract(d); err == nil || !strings.Contains(err.Error(), "🙂") {
		t.Errorf("error %v", err)
	}
}

func TestTheSameContractGivesTheSameBytes(t *testing.T) {
	a, err := Contract(sample())
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := Contract(sample()); !bytes.Equal(a, b) {
		t.Error("two files differ")
	}
}

func TestContractsCanBeMadeByManyAtOnce(t *testing.T) {
	want, err := Contract(sample())
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				if got, err := Contract(sample()); err != nil || !bytes.Equal(got, want) {
					t.Errorf("another contract, error %v", err)
				}
			}
		})
	}
	all.Wait()
}

func TestAValueNotGivenReadsWell(t *testing.T) {
	d := sample()
	d.Enterprise.Phone, d.Worker.Domicile, d.Terms.Clauses, d.CheckURL = "", "", "", ""
	d.Terms.Probation, d.Terms.ProbationPay, d.ProbationEnd = 0, 0, app.Date{}
	data, err := Contract(d)
	got := text(t, made(t, data, err))
	for _, want := range []string{"双方不约定试用期。", "双方没有约定其他事项。", "户籍地址—"} {
		if !strings.Contains(got, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
	for _, wrong := range []string{"null", "0个月", "试用期内的工资", "%!", "扫码"} {
		if strings.Contains(got, wrong) {
			t.Errorf("the text has %q", wrong)
		}
	}
}

func BenchmarkContractPDF(b *testing.B) {
	d := sample()
	var size int
	for b.Loop() {
		data, err := Contract(d)
		if err != nil {
			b.Fatal(err)
		}
		size = len(data)
	}
	b.ReportMetric(float64(size), "bytes/file")
}
