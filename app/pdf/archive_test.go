package pdf

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"laoqi/app/apptest/tool"
)

func TestEveryKindOfDocumentIsPDFA(t *testing.T) {
	paper, contract, ending := sample(), sample(), sampleTermination()
	paper.Paper, contract.Demo = true, false
	for name, make := range map[string]func() ([]byte, error){
		"paper":       func() ([]byte, error) { return Contract(paper) },
		"contract":    func() ([]byte, error) { return Contract(contract) },
		"termination": func() ([]byte, error) { return Termination(ending) },
		"roster":      func() ([]byte, error) { return Roster(sampleRoster(30)) },
		"report":      func() ([]byte, error) { return Report(sampleReport()) },
	} {
		data, err := make()
		if complaints := tool.Preflight(t, made(t, data, err)); complaints != "" {
			t.Errorf("%s: %s", name, complaints)
		}
	}
}

func sampleReport() ReportDoc {
	return ReportDoc{Record: sample().Record, Title: "签署证据报告", Facts: [][2]string{{"合同", "劳动合同"}},
		Sections: []ReportSection{{Heading: "一、经过", Paragraphs: []string{"以下是全部步骤。"}, Heads: []string{"时间", "步骤"}, Shares: []float64{.4, .6},
			Rows: [][]string{{"2026-11-23 10:00:00", "劳动者签名"}}}}}
}

func TestAReportShowsAHashInOneLine(t *testing.T) {
	d, hash := sampleReport(), strings.Repeat("0123456789abcdef", 4)
	d.Sections[0].Shares, d.Sections[0].Rows = []float64{.36, .64}, [][]string{{"contract.pdf", hash}}
	data, err := Report(d)
	if got := run(t, "pdftotext", made(t, data, err), "-"); !strings.Contains(got, hash) {
		t.Errorf("the hash is divided:\n%s", got)
	}
}

func TestAFileSaysWhatItIsInBothItsDescriptions(t *testing.T) {
	d := sample()
	d.Enterprise.Name = "长春<启明>&精密制造有限公司"
	data, err := Contract(d)
	path := made(t, data, err)
	info := run(t, "pdfinfo", path)
	for _, want := range []string{"劳动合同 HT-2026-000042", d.Enterprise.Name, "劳契 Laoqi"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %s:\n%s", want, info)
		}
	}
	packet := run(t, "pdfinfo", "-meta", path)
	var any struct{ XMLName xml.Name }
	if err := xml.Unmarshal([]byte(packet), &any); err != nil {
		t.Error(err)
	}
	for _, want := range []string{">劳动合同 HT-2026-000042<", ">长春&lt;启明&gt;&amp;精密制造有限公司<", ">zh-CN<", "2026-11-23T00:00:00+08:00"} {
		if !strings.Contains(packet, want) {
			t.Errorf("XMP lacks %s", want)
		}
	}
	if !bytes.Contains(data, []byte("/Lang(zh-CN)")) || !bytes.Contains(data, []byte("/DisplayDocTitle true")) {
		t.Error("no language, or the title is not shown")
	}
}

func TestTheOutlineLeadsToEveryHeading(t *testing.T) {
	data, err := Contract(sample())
	outline := run(t, "qpdf", "--json", "--json-key=outlines", made(t, data, err))
	for _, want := range []string{"一、用工形式和劳动合同期限", "十一、其他", `"destpageposfrom1": 4`} {
		if !strings.Contains(outline, want) {
			t.Errorf("the outline lacks %s:\n%s", want, outline)
		}
	}
}
