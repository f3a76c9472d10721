package contract

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"laoqi/app/cert"
	"laoqi/app/pdf/pades"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
)

// Conclusions say in one sentence what a check of a signed file found.
var Conclusions = map[pades.Verdict]string{
	pades.Damaged:   "文件不完整，或其中的签名无法读取，不能证明内容。",
	pades.Altered:   "被签名的内容已被改动，签名无效。",
	pades.Changed:   "文件在签名之后又被改动。",
	pades.Revoked:   "签名所用的证书在签名时已经吊销。",
	pades.Unchecked: "文件中有本系统不能核验的签名，不能据此判断内容有没有被改动。",
	pades.Unvouched: "内容没有被改动，但签名的证书不是本系统认识的机构签发的。",
	pades.Intact:    "签名有效，签署后内容没有被改动。",
}

// VerdictLabels name what was found of one signature.
var VerdictLabels = map[pades.Verdict]string{pades.Damaged: "无法读取", pades.Altered: "无效", pades.Changed: "之后被改动",
	pades.Revoked: "证书已吊销", pades.Unchecked: "无法核验", pades.Unvouched: "身份不明", pades.Intact: "有效"}

// SourceLabels name who vouches for a certificate or a timestamp.
var SourceLabels = map[pades.Source]string{pades.Self: "本系统自签发", pades.Foreign: "签发机构（企业导入的证书）", pades.Unknown: "未知"}

// StampedBy names who made a timestamp and who vouches for him.
func StampedBy(s pades.Stamp) string {
	name := s.Authority.Subject.CommonName
	switch {
	case s.Source == pades.Self && s.Policy == pki.StandInPolicy:
		return SourceLabels[pades.Self] + "（外部时间戳服务当时不可用）"
	case s.Source == pades.Self:
		return SourceLabels[pades.Self]
	case s.Source == pades.Foreign:
		return name + "，证书由 " + cert.Issuer(s.Authority) + " 签发"
	}
	return name + "，本系统不认识"
}

// otherKind is why a signature is not checked.
const otherKind = "签名的格式或算法不是本系统能够核验的（例如 SHA-1、国密 SM2），请用签署时的软件核验"

// causes say why a signature is not in order; where several fit, the first.
var causes = []struct {
	err  error
	text string
}{
	{pades.ErrCutOff, "文件末尾不完整：最后保存的部分被截断，或者末尾被附加了内容"},
	{pades.ErrSpan, "签名没有覆盖签名以外的全部内容，签名的范围可能被改动"},
	{pades.ErrKind, otherKind},
	{cms.ErrUnsupported, otherKind},
	{pades.ErrRevoked, "证书在签名之前已经吊销"},
	{pades.ErrBroken, "文件的结构已损坏"},
	{cms.ErrContent, "现在的内容与签名时的内容不一致"},
	{cms.ErrToken, "签名上的时间戳无效"},
	{cms.ErrMalformed, "签名的数据已损坏"},
	{cms.ErrSignature, "签名的数据与签名人的证书不符"},
}

// changes say what was changed after a signature.
var changes = map[pades.Part]string{
	pades.Content:     "页面内容被改动",
	pades.Annotations: "增加、删除或修改了批注、图章",
	pades.Layout:      "页面的大小、方向或可见范围被改动",
	pades.Pages:       "页面被增加、删除或调换",
	pades.Fields:      "签名域或表单被改动",
	pades.Actions:     "增加或修改了脚本、链接、打开文件时的动作",
	pades.Properties:  "标题、作者等文件属性被改动",
	pades.Ambiguous:   "附加的部分不合规范，不同的阅读软件可能显示不同的内容",
	pades.Other:       "文件的内部结构被改动",
}

// Cause says in one sentence why a signature is not in order; "" if it is, or if
// only its signer is unknown.
func Cause(s pades.Signature) string { return cause("签名", s.Err) }

// StampCause is Cause for a timestamp over the file.
func StampCause(s pades.DocumentStamp) string {
	if errors.Is(s.Err, cms.ErrToken) {
		return "时间戳与它覆盖的内容不符，或者它的数据已损坏"
	}
	return cause("时间戳", s.Err)
}

func cause(what string, err error) string {
	var change *pades.Change
	if errors.As(err, &change) {
		if change.Page == 0 {
			return what + "之后" + changes[change.Part]
		}
		return fmt.Sprintf("%s之后第 %d 页%s", what, change.Page, changes[change.Part])
	}
	for _, c := range causes {
		if errors.Is(err, c.err) {
			return c.text
		}
	}
	return ""
}

// Followed says what follows a signature that nothing changed after: a later
// signature, data for checking, a timestamp over the file.
func Followed(r pades.Report, i int) string {
	s := r.Signatures[i]
	stamped := slices.ContainsFunc(r.Stamps, func(d pades.DocumentStamp) bool { return d.Signatures > i })
	switch {
	case s.WholeFile:
		return ""
	case i < len(r.Signatures)-1:
		return "只增加了后面的签名" + addedOn(r.Signatures[i+1:])
	case stamped:
		return "只附加了供长期核验的时间戳、证书和吊销情况"
	}
	return "只附加了供长期核验的证书和吊销情况"
}

// addedOn says on which pages later signatures show themselves where no place was prepared for them.
func addedOn(later []pades.Signature) string {
	var pages []string
	for _, s := range later {
		if s.AddedOn > 0 {
			pages = append(pages, fmt.Sprintf("第 %d 页", s.AddedOn))
		}
	}
	if pages == nil {
		return ""
	}
	return "，其中" + strings.Join(pages, "、") + "上增加了一个签名，请看它有没有遮住内容"
}
