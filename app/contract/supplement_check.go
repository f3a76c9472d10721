package contract

import (
	"errors"
	"fmt"

	"laoqi/app"
	"laoqi/app/pdf/pades"
)

// check returns the file as it can be prepared, or what is wrong with it.
func (u Upload) check() (normal []byte, faults app.Faults) {
	switch {
	case len(u.File) == 0:
		faults.Add(FieldFile, "请选择已填写并保存成 PDF 格式的补充条款文件。")
		return nil, faults
	case len(u.File) > MaxUpload:
		faults.Add(FieldFile, "文件不能超过 10 MB，请压缩图片或减少页数后再上传。")
		return nil, faults
	}
	normal, err := pades.Normalize(u.File)
	if err == nil {
		var boxes []pades.Box
		if boxes, err = pades.Boxes(normal); err == nil && len(boxes) > MaxUploadPages {
			faults.Add(FieldFile, fmt.Sprintf("这个文件有 %d 页，超过 50 页，请精简后再上传，或分成几份补充条款。", len(boxes)))
		}
	}
	if err != nil {
		faults.Add(FieldFile, unfit(err))
	}
	return normal, faults
}

// unfit says why a file cannot become a supplement.
func unfit(err error) string {
	for _, reason := range []struct {
		err  error
		text string
	}{
		{pades.ErrNotPDF, "这不是 PDF 文件，请把填写好的补充条款另存为 PDF 格式后再上传。"},
		{pades.ErrEncrypted, "这个 PDF 加了密码或限制了权限，请取消加密后再上传。"},
		{pades.ErrSigned, "这个 PDF 已经有电子签名，请上传没有签名的文件，签名和盖章在本系统中进行。"},
		{pades.ErrForm, "这个 PDF 的表单里有填写的内容，但文件没有保存它显示的样子。请用浏览器打开核对，再打印成 PDF 后上传。"},
		{pades.ErrHidden, "这个 PDF 含有图层、隐藏的批注或专供打印的内容，屏幕上看到的与打印出来的可能不同。请用浏览器打开核对，再“打印为 PDF”后上传。"},
		{pades.ErrActive, "这个 PDF 含有脚本、附件、音视频或自动执行的动作，请去掉后另存为普通 PDF 再上传。"},
	} {
		if errors.Is(err, reason.err) {
			return reason.text
		}
	}
	return "这个 PDF 不完整或已损坏，请重新导出 PDF 后再上传。"
}
