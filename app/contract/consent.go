package contract

import "laoqi/app/identity"

// Notice is what a worker is told before signing (电子劳动合同订立指引, 人社厅发
// 〔2021〕54号, art. 6). Whoever changes a word gives it a new Name.
var Notice = identity.Text{
	Name:  "signing-notice/1",
	Title: "签署前请了解",
	Paragraphs: []string{
		"订立电子劳动合同不向您收取任何费用。",
		"先阅读合同全文，再手写或输入姓名，最后用证书密码和短信验证码确认签名；签名后由单位盖章，合同即订立。",
		"签名前可以拒签并说明原因；签名后内容不能再改，改动一个字都会被核验发现。",
		"合同订立后会通知您。在“我的合同”中随时可以免费查看、下载和打印，离职后也可以。",
		"扫描合同上的二维码，或在“合同核验”页面输入核验码，任何人都可以核验签名是否有效。",
		"需要纸质合同时，可以在“我的合同”中申请，由单位免费打印并盖章提供。",
	},
}

// Consent is what a worker confirms on signing. Name, text and hash are part of
// the evidence, so a change of the words is a change of the consent.
var Consent = identity.Text{
	Name:  "signing-consent/1",
	Title: "签署确认",
	Paragraphs: []string{
		"我已阅读“签署前请了解”和所签文件的全文，确认内容属实并自愿订立。我同意采用电子形式订立，并用本人的数字证书签名；" +
			"电子签名与手写签名具有同等法律效力。",
	},
}
