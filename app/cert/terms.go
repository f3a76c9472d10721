package cert

import "laoqi/app/identity"

// Terms is what a person agrees to before the first certificate (guide 2.3).
// Whoever changes a word gives it a new Name: people are then asked again.
var Terms = identity.Text{
	Name:  "certificate-terms/1",
	Title: "数字证书使用协议",
	Paragraphs: []string{
		"一、数字证书由本系统自行签发，用来证明电子签名是您本人所作、签署后的文件没有被改动。签发方不是依法取得许可的电子认证服务机构。",
		"二、激活证书时，系统为您生成一对密钥，私钥用您设置的口令加密保存。系统不保存口令，没有口令任何人（包括系统管理员）都不能用您的证书签名。",
		"三、请妥善保管手机、登录密码和口令，不要告诉他人，也不要让他人代您操作。用您的口令完成的签名视为您本人的签名。",
		"四、口令连续输错 5 次，证书即锁定，需要重新激活。每次重新激活都会换用新的密钥和证书，原证书同时停用，此前所作的签名仍然有效。",
		"五、手机遗失、口令可能泄露时，请立即修改登录密码并重新激活证书，必要时联系客服。",
		"六、为证明签名过程，系统记录您激活和使用证书的时间、网络地址、设备信息和文件摘要，保存期限不短于劳动合同文本的法定保存期限，除依法提供外不作他用。",
		"七、激活和使用数字证书不收取任何费用。您可以随时在“数字证书”中查看证书、修改口令。",
	},
}
