package boot

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/store"
)

// importTSA takes a time-stamp authority's key from a PKCS #12 file.
func importTSA(ctx context.Context, w World) error {
	if len(w.Args) == 0 || strings.HasPrefix(w.Args[0], "-") {
		return errors.New("name of the file is missing: laoqi tsa-import FILE.p12")
	}
	file, err := os.ReadFile(w.Args[0])
	if err != nil {
		return err
	}
	w.Args = w.Args[1:]
	s, err := open(ctx, w)
	if err != nil {
		return err
	}
	defer s.Close()
	c, err := s.Cert.ImportTSA(ctx, file, w.Getenv("LAOQI_PASSWORD"))
	if err != nil {
		return err
	}
	fmt.Fprintf(w.Out, "已导入时间戳证书：%s，由 %s 签发，%s 到期。重新启动系统后，文件的时间戳由它签发。\n", c.Subject.CommonName, cert.Issuer(c), app.DateOf(c.NotAfter).Chinese())
	return nil
}

// stampSoon is how long before its end an imported time-stamp certificate is to be replaced.
const stampSoon = 30 * 24 * time.Hour

// stampKey checks the imported time-stamp certificate; without one there is nothing to say.
func stampKey(ctx context.Context, db *store.DB, now time.Time) ([]app.Finding, error) {
	c, err := cert.StampCertificate(ctx, db)
	if err != nil || c == nil {
		return nil, err
	}
	what, mend := "导入的时间戳证书", "请用 laoqi tsa-import 导入新的时间戳证书"
	state := fmt.Sprintf("%s，由 %s 签发，%s 到期", c.Subject.CommonName, cert.Issuer(c), app.DateOf(c.NotAfter).Chinese())
	switch {
	case now.After(c.NotAfter):
		return []app.Finding{toMend(what, state+"，现在改由本系统自签发的时间戳代替", mend)}, nil
	case c.NotAfter.Sub(now) < stampSoon:
		return []app.Finding{toMend(what, state, mend)}, nil
	}
	return []app.Finding{fine(what, state)}, nil
}
