package cert

import (
	"bytes"
	"crypto/x509"
	"errors"

	"laoqi/app/pki"
)

// Issuer names who issued a certificate; a holder who did so himself may be a person.
func Issuer(c *x509.Certificate) string {
	if bytes.Equal(c.RawIssuer, c.RawSubject) {
		return "持有人自己"
	}
	if len(c.Issuer.Organization) == 0 {
		return c.Issuer.CommonName
	}
	return c.Issuer.CommonName + "（" + c.Issuer.Organization[0] + "）"
}

// bundleProblems say what to do about a PKCS #12 file that cannot be used.
var bundleProblems = []struct {
	err  error
	text string
}{
	{pki.ErrBundle, "这不是能读取的证书文件。请选择签发机构提供的 .p12 或 .pfx 文件；如果是从其他软件导出的，请重新导出为 PKCS#12（DER 编码）后再试。"},
	{pki.ErrPassword, "证书文件的密码不正确。请核对签发机构提供的密码，注意大小写。"},
	{pki.ErrNoKey, "这个文件里没有私钥，不能用来签章。请选择导出时包含了私钥的 .p12 或 .pfx 文件。"},
	{pki.ErrSeveralKeys, "这个文件里有不止一把私钥（通常是签名证书和加密证书各一把）。请只导出签名证书和它的私钥。"},
	{pki.ErrNoCertificate, "这个文件里没有与私钥对应的证书，请让签发机构重新提供。"},
	{pki.ErrKeyKind, "这张证书的密钥类型不能使用：只支持 RSA（2048 位以上）和 ECDSA P-256，不支持国密 SM2。请向签发机构申请 RSA 证书。"},
	{pki.ErrWeakKey, "这张证书的 RSA 密钥不足 2048 位，不够安全。请向签发机构换发 2048 位以上的证书。"},
	{pki.ErrSelfIssued, "这张证书是持有人自己签发的，没有其他机构证明。请选择由证书机构签发的证书文件。"},
	{pki.ErrEarly, "这张证书还没有生效，请在生效之后再导入，或核对这台电脑的时间。"},
	{pki.ErrExpired, "这张证书已经过期，请选择更新后的证书文件。"},
	{pki.ErrUsage, "这张证书的用途不合适。"},
	{pki.ErrCritical, "这张证书含有本系统不认识的关键扩展，签出的文件无法核验。请让签发机构换发通用格式的证书。"},
	{pki.ErrOtherCode, "证书里的统一社会信用代码与本企业的不同。请选择本企业的证书文件。"},
	{pki.ErrOtherName, "证书里没有本企业的名称，也没有本企业的统一社会信用代码。请选择本企业的证书文件。"},
}

// BundleProblem is the sentence on why a PKCS #12 file, or its certificate, cannot
// be used; "" if err is nothing of that kind.
func BundleProblem(err error) string {
	for _, p := range bundleProblems {
		if errors.Is(err, p.err) {
			return p.text
		}
	}
	return ""
}
