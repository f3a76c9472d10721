package boot

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/https"
	"laoqi/app/link"
)

// soonOver is when to act on a certificate's end: ACME renews a month before.
const soonOver = 14 * 24 * time.Hour

// certificate checks whether the certificate that HTTPS shows, or the root that devices
// trust, is good for the site's address, and how long it lasts.
func certificate(cfg Config, now time.Time) app.Finding {
	what := "安全连接（" + cfg.TLS + "）"
	folder := filepath.Join(cfg.Data, tlsFolder)
	var c *x509.Certificate
	var err error
	var renew string
	switch cfg.TLS {
	case tlsLan:
		c, err = https.ReadRoot(folder)
		renew = "请启动一次系统，它会建立证书；证书到期后，删除 tls 文件夹再启动，每台手机重新安装证书"
	case tlsACME:
		path := filepath.Join(folder, cfg.TLSDomain) // where autocert keeps key and chain
		c, err = leaf(path, path)
		renew = "请确认域名指向这台电脑，互联网能访问它的 80 和 443 端口，再打开一次网站"
	case tlsFiles:
		c, err = leaf(cfg.TLSCert, cfg.TLSKey)
		renew = "请更换 -tls-cert 和 -tls-key 指定的文件"
	default:
		return unsecured(what, cfg.BaseURL)
	}
	if err != nil {
		return toMend(what, fmt.Sprintf("没有可用的证书（%v）", err), renew)
	}
	if state, mend := misnamed(cfg, c); mend != "" {
		return toMend(what, state+"，浏览器会拒绝打开 "+cfg.BaseURL, mend)
	}
	f := fine(what, fmt.Sprintf("证书还有 %d 天到期", int(c.NotAfter.Sub(now).Hours()/24)))
	if now.After(c.NotAfter) {
		f.State = "证书已过期"
	}
	if c.NotAfter.Sub(now) < soonOver {
		f.Mend = renew
	}
	return f
}

// misnamed tells what to do where the certificate, or the root and so any certificate
// under it, is not for the site's address; mend is "" if it is.
func misnamed(cfg Config, c *x509.Certificate) (state, mend string) {
	host := cfg.host()
	switch {
	case cfg.TLS == tlsLan && https.MayName(c, host), cfg.TLS != tlsLan && c.VerifyHostname(host) == nil:
		return "", ""
	case cfg.TLS == tlsLan && https.Nameable(host):
		return "证书建立时没有 " + host + " 这个名称", fmt.Sprintf("请去掉 -base-url，或改用以 .local、.lan 结尾的名称，手机和电脑不用重装证书；"+
			"一定要用 %s，就停止系统，删除 %s 文件夹再启动，然后每台手机和电脑打开 %s 重新安装证书", host, filepath.Join(cfg.Data, tlsFolder), cfg.PlainURL+link.Connect)
	case cfg.TLS == tlsLan:
		return "证书不能写 " + host, "-tls lan 的证书只能用于局域网地址和由字母、数字、连字符组成的名称：请用 -base-url 指定其中一个，或改用 -tls acme、-tls files"
	}
	return "证书里没有 " + host + " 这个名称", fmt.Sprintf("请更换为写有 %s 的证书，或用 -base-url 指定证书里的名称（%s）", host, names(c))
}

// names lists what the certificate is for.
func names(c *x509.Certificate) string {
	list := slices.Clone(c.DNSNames)
	for _, ip := range c.IPAddresses {
		list = append(list, ip.String())
	}
	return cmp.Or(strings.Join(list, "、"), "一个也没有")
}

// unsecured judges an installation without HTTPS of its own.
func unsecured(what, address string) app.Finding {
	if strings.HasPrefix(address, "https://") {
		return fine(what, "由前面的代理负责")
	}
	return toMend(what, "连接没有加密", "请用 -tls lan 启动，或在前面配置代理并用 -base-url 指定 https:// 的地址")
}

func leaf(certificate, key string) (*x509.Certificate, error) {
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return nil, err
	}
	return pair.Leaf, nil
}
