package boot

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"laoqi/app"
	"laoqi/app/provider"
)

// readTSA checks the address of the time-stamp authority outside and reads the
// file of its roots. Without either there is none.
func (c *Config) readTSA(roots string) error {
	switch {
	case c.TSAURL == "" && roots == "":
		return nil
	case c.TSAURL == "":
		return errors.New("-tsa-roots: -tsa-url is missing")
	case roots == "":
		return errors.New("-tsa-url: -tsa-roots is missing, without which nobody can tell whose timestamps they are")
	}
	if u, err := url.Parse(c.TSAURL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errors.New("-tsa-url: not an address that begins with http:// or https://") // it may hold a secret
	}
	file, err := os.ReadFile(roots)
	if err != nil {
		return fmt.Errorf("-tsa-roots: %w", err)
	}
	for block, rest := pem.Decode(file); block != nil; block, rest = pem.Decode(rest) {
		root, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return fmt.Errorf("-tsa-roots: %w", err)
		}
		c.TSARoots = append(c.TSARoots, root)
	}
	if len(c.TSARoots) == 0 {
		return fmt.Errorf("-tsa-roots: no certificate in %s", roots)
	}
	return nil
}

// tsa is the time-stamp authority outside, nil for none.
func (c *Config) tsa(now func() time.Time) *provider.TSA {
	if c.TSAURL == "" {
		return nil
	}
	return provider.NewTSA(c.TSAURL, c.TSARoots, now)
}

// stamps asks the time-stamp authority outside for a timestamp.
func stamps(ctx context.Context, cfg Config) app.Finding {
	what := "时间戳"
	outside := cfg.tsa(time.Now)
	if outside == nil {
		return fine(what, "不使用外部服务")
	}
	digest := sha256.Sum256([]byte(rand.Text()))
	_, authority, err := outside.Ask(ctx, digest[:])
	if err != nil {
		return toMend(what, fmt.Sprintf("外部时间戳服务没有给出有效的时间戳（%v），新签署的文件暂用本系统自签发的时间戳", err),
			"请检查 -tsa-url、-tsa-roots、网络和这台电脑的时间；恢复后系统会自动补加")
	}
	return fine(what, fmt.Sprintf("外部时间戳服务 %s 应答正常，它的证书 %s 到期", authority.Subject.CommonName, app.DateOf(authority.NotAfter).Chinese()))
}
