package contract

import "laoqi/app/pdf/pades"

// Conclusions say in one sentence what a check of a signed file found.
var Conclusions = map[pades.Verdict]string{
	pades.Damaged:   "文件不完整，或其中的签名无法读取，不能证明内容。",
	pades.Altered:   "被签名的内容已被改动，签名无效。",
	pades.Changed:   "文件在签名之后又被改动。",
	pades.Revoked:   "签名所用的证书在签名时已经吊销。",
	pades.Unvouched: "内容没有被改动，但签名的证书不是本系统认识的机构签发的。",
	pades.Intact:    "签名有效，签署后内容没有被改动。",
}

// VerdictLabels name what was found of one signature.
var VerdictLabels = map[pades.Verdict]string{pades.Damaged: "无法读取", pades.Altered: "无效", pades.Changed: "之后被改动",
	pades.Revoked: "证书已吊销", pades.Unvouched: "身份不明", pades.Intact: "有效"}

// SourceLabels name who vouches for a certificate or a timestamp.
var SourceLabels = map[pades.Source]string{pades.Self: "本系统自签发", pades.Foreign: "本系统信任的其他机构", pades.Unknown: "未知"}
