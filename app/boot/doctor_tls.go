package boot

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/https"
)

// soonOver is when to act on a certificate's end: ACME renews a month before.
const soonOver = 14 * 24 * time.Hour

// certificate checks how long the certificate lasts that HTTPS shows, or the root that
// devices trust.
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
	f := fine(what, fmt.Sprintf("证书还有 %d 天到期", int(c.NotAfter.Sub(now).Hours()/24)))
	if now.After(c.NotAfter) {
		f.State = "证书已过期"
	}
	if c.NotAfter.Sub(now) < soonOver {
		f.Mend = renew
	}
	return f
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
