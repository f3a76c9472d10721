package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
)

const (
	maxUnpacked = 64 << 20 // bytes of all parts
	maxParts    = 200
)

var (
	zipMagic = []byte("PK\x03\x04")
	oleMagic = []byte{0xD0, 0xCF, 0x11, 0xE0} // .xls, or .xlsx under a password
)

// Inspect refuses what is no harmless workbook, without unpacking all of it: other
// formats, passwords, macros, embedded objects, bombs and formulas.
func Inspect(content []byte) error {
	switch {
	case len(content) == 0:
		return refuse("请选择要导入的 .xlsx 文件。")
	case len(content) > MaxBytes:
		return refuse("文件超过 10 MB，请拆成几个文件分别导入。")
	case bytes.HasPrefix(content, oleMagic):
		return refuse("文件是旧版 .xls 格式或设有密码，请打开后另存为不带密码的 .xlsx 文件再上传。")
	case !bytes.HasPrefix(content, zipMagic):
		return refuse("这不是 .xlsx 文件。请下载导入模板，填写后上传。")
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return refuse("文件不完整或已损坏，请重新保存后再上传。")
	}
	return inspectParts(archive)
}

func inspectParts(archive *zip.Reader) error {
	var unpacked uint64
	workbook := false
	for _, part := range archive.File {
		unpacked += part.UncompressedSize64
		name := strings.ToLower(part.Name)
		switch {
		case unpacked > maxUnpacked || len(archive.File) > maxParts:
			return refuse("文件解压后太大，请只保留要导入的内容，用导入模板重新填写。")
		case strings.Contains(name, "vbaproject") || strings.Contains(name, "activex") || strings.Contains(name, "macrosheets"):
			return refuse("文件中有宏，出于安全不能导入。请用导入模板重新填写。")
		case strings.Contains(name, "embeddings/") || strings.Contains(name, "externallinks/") || strings.Contains(name, "connections"):
			return refuse("文件中有嵌入的对象或外部链接，出于安全不能导入。请用导入模板重新填写。")
		}
		workbook = workbook || name == "xl/workbook.xml"
	}
	if !workbook {
		return refuse("这不是 .xlsx 工作簿。请下载导入模板，填写后上传。")
	}
	return inspectSheets(archive)
}

// formula is the start of a cell's formula in a sheet's XML.
var formula = regexp.MustCompile(`<(\w+:)?f[\s/>]`)

func inspectSheets(archive *zip.Reader) error {
	for _, part := range archive.File {
		if !strings.HasPrefix(strings.ToLower(part.Name), "xl/worksheets/") {
			continue
		}
		xml, err := unpack(part)
		if err != nil {
			return refuse("文件不完整或已损坏，请重新保存后再上传。")
		}
		if formula.Match(xml) {
			return refuse("表格中有公式。请全选后复制，用“选择性粘贴”粘贴为数值，保存后再上传。")
		}
	}
	return nil
}

// unpack reads a part that is as large as it says.
func unpack(part *zip.File) ([]byte, error) {
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	xml, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(xml) > maxUnpacked {
		err = fmt.Errorf("%s is larger than it says", part.Name)
	}
	return xml, err
}
