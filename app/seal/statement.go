package seal

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"laoqi/app"
	"laoqi/app/pki/cms"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Scope is what an authorization covers, as the operator reads and signs it.
const Scope = "本企业经审核通过的用工备案所生成的劳动合同文件"

const statementVersion = 1

// statement is what an operator signs. Its JSON, in this order and without
// blanks, is kept beside the signature: whoever has both and the certificate can
// check them without this product.
type statement struct {
	Version    int    `json:"version"`
	Enterprise int64  `json:"enterprise"`
	USCC       string `json:"uscc"`
	Seal       int64  `json:"seal"`
	Serial     string `json:"seal_serial"`
	Grant      int64  `json:"grant"`
	Scope      string `json:"scope"`
	Start      string `json:"start"` // RFC 3339, in China, to the second
	End        string `json:"end"`
	Nonce      string `json:"nonce"`
}

func newStatement(r Request, g Granted, serial string, start, end app.Time) ([]byte, error) {
	return json.Marshal(statement{statementVersion, r.EnterpriseID, r.uscc, g.Seal, serial, g.Grant, Scope,
		rfc3339(start), rfc3339(end), vault.Token()})
}

func rfc3339(t app.Time) string { return t.In(app.Zone).Format(time.RFC3339) }

// errStatement means that a stored authorization is not what an operator signed.
var errStatement = errors.New("authorization: statement and signature do not agree with the record")

// verify proves that the operator's own key signed exactly what the record says,
// while the certificate was in force.
func verify(a store.LiveAuthorizationsRow, roots *x509.CertPool) error {
	signer, at, err := cms.VerifyDetached(a.Statement, a.Signature, roots)
	if err != nil {
		return fmt.Errorf("%w: %w", errStatement, err)
	}
	var said statement
	if err := json.Unmarshal(a.Statement, &said); err != nil {
		return fmt.Errorf("%w: %w", errStatement, err)
	}
	want := statement{statementVersion, a.EnterpriseID, a.Uscc, a.SealID, a.SealSerial, a.GrantID, Scope,
		rfc3339(a.StartsAt), rfc3339(a.EndsAt), said.Nonce}
	canonical, err := json.Marshal(want)
	switch {
	case err != nil:
		return err
	case !bytes.Equal(canonical, a.Statement):
		return fmt.Errorf("%w: content", errStatement)
	case signer.SerialNumber.Text(16) != a.CertificateSerial || a.CertificatePersonID != app.Ref(a.PersonID):
		return fmt.Errorf("%w: signer", errStatement)
	case !a.CertificateRevokedAt.IsZero() && a.CertificateRevokedAt.Before(at):
		return fmt.Errorf("%w: certificate was revoked", errStatement)
	}
	return nil
}
