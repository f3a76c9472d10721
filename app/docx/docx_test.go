package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app/apptest/tool"
	"laoqi/app/docx"
)

var sample = docx.Supplement{Contract: "HT-2026-000042", Enterprise: "长春<启明>精密&制造有限公司", USCC: "91220101MA0Y4K2X0Y", LegalRep: "孙庆国",
	Worker: "王秀兰", IDType: "居民身份证", IDNumber: "220102199403072042", Post: "质检员", Period: "2026-05-01 至 2027-04-30", On: "2026年5月6日"}

func file(t *testing.T) []byte {
	t.Helper()
	content, err := sample.File()
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestEveryPartOfTheTemplateIsWellFormed(t *testing.T) {
	content := file(t)
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		for d := xml.NewDecoder(r); ; {
			if _, err = d.Token(); err != nil {
				break
			}
		}
		if !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestTheTemplateNamesThePartiesAndLeavesNumberedClausesBlank(t *testing.T) {
	tool.Need(t, "soffice", "pdftotext")
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "template.docx"), file(t), 0o600); err != nil {
		t.Fatal(err)
	}
	convert := exec.Command("soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to", "pdf", "template.docx")
	convert.Dir = folder
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command("pdftotext", filepath.Join(folder, "template.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(out)), "") // between digits and characters stands a gap
	for _, words := range []string{"劳动合同补充条款", sample.Contract, sample.Enterprise, sample.USCC, sample.LegalRep, sample.Worker, sample.IDNumber,
		sample.Post, sample.On, "第一条", "第五条"} {
		if !strings.Contains(text, words) {
			t.Errorf("the template lacks %s:\n%s", words, text)
		}
	}
	if strings.Contains(text, "第六条") {
		t.Error("more clauses than expected")
	}
}
