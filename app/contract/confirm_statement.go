package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"laoqi/app"
	"laoqi/app/pki/cms"
	"laoqi/app/store"
)

const confirmationVersion = 1

// consent is what an operator signs. Like an authorization's statement it can be
// checked without this product.
type consent struct {
	Version       int    `json:"version"`
	Enterprise    int64  `json:"enterprise"`
	USCC          string `json:"uscc"`
	Contract      string `json:"contract"` // number
	Document      int64  `json:"document"`
	Title         string `json:"title"`
	SHA256        string `json:"sha256"` // of the file with the worker's signature
	Authorization int64  `json:"authorization"`
	Text          string `json:"text"`
	At            string `json:"at"` // RFC 3339, in China
	Nonce         string `json:"nonce"`
}

// consentTo is the statement of a confirmation in its canonical bytes.
func (s *Service) consentTo(ctx context.Context, d store.DocumentRow, row store.InsertConfirmationParams, nonce string) ([]byte, error) {
	e, err := s.Enterprise.Get(ctx, d.EnterpriseID)
	if err != nil {
		return nil, err
	}
	return json.Marshal(consent{confirmationVersion, e.ID, e.USCC, d.Number, d.ID, d.Title, row.FileHash, row.AuthorizationID, Confirmed,
		row.MadeAt.In(app.Zone).Format(time.RFC3339), nonce})
}

// errConfirmation means that a stored confirmation is not what an operator signed.
var errConfirmation = errors.New("confirmation: statement and signature do not agree with the record")

// confirmation reads the one that holds for a supplement, and proves that the
// operator's own key signed it for the file that is about to be sealed.
func (s *Service) confirmation(ctx context.Context, d store.DocumentRow) (store.ConfirmationRow, error) {
	k, err := s.DB.Confirmation(ctx, d.ID)
	if err != nil {
		return k, err
	}
	signer, at, err := cms.VerifyDetached(k.Statement, k.Signature, s.Cert.Roots())
	if err != nil {
		return k, fmt.Errorf("%w: %w", errConfirmation, err)
	}
	var said consent
	if err := json.Unmarshal(k.Statement, &said); err != nil {
		return k, fmt.Errorf("%w: %w", errConfirmation, err)
	}
	canonical, err := s.consentTo(ctx, d, store.InsertConfirmationParams{AuthorizationID: k.AuthorizationID, FileHash: newest(d), MadeAt: k.MadeAt}, said.Nonce)
	switch {
	case err != nil:
		return k, err
	case !bytes.Equal(canonical, k.Statement):
		return k, fmt.Errorf("%w: content", errConfirmation)
	case signer.SerialNumber.Text(16) != k.Serial || k.SignerID != app.Ref(k.PersonID):
		return k, fmt.Errorf("%w: signer", errConfirmation)
	case !k.RevokedAt.IsZero() && k.RevokedAt.Before(at):
		return k, fmt.Errorf("%w: certificate was revoked", errConfirmation)
	}
	return k, nil
}
