package passkey

import (
	"encoding/base64"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// maxAnswer bounds what is read of an answer: one with a certificate chain in it,
// which nobody asked for, has 10 kB.
const maxAnswer = 64 << 10

// Made is a browser's answer to Site.AskNew, not yet checked.
type Made struct {
	Challenge []byte // that it claims to answer
	parsed    *protocol.ParsedCredentialCreationData
}

// ReadMade reads the answer's JSON.
func ReadMade(answer string) (m Made, err error) {
	if len(answer) > maxAnswer {
		return m, ErrUnsound
	}
	if m.parsed, err = protocol.ParseCredentialCreationResponseBytes([]byte(answer)); err != nil {
		return m, ErrUnsound
	}
	m.Challenge, err = challenge(m.parsed.Response.CollectedClientData)
	return m, err
}

// Check returns the new key if the answer is sound: to this challenge, from the
// site's origin, for its host, by a device that its holder unlocked.
func (m Made) Check(s Site, o Owner) (k Key, err error) {
	party, err := s.party()
	if err != nil {
		return k, err
	}
	made, err := party.CreateCredential(user{Owner: o}, s.session(m.Challenge, o), m.parsed)
	if err != nil {
		return k, ErrUnsound
	}
	return Key{made.ID, made.PublicKey, made.Authenticator.SignCount, made.Flags.BackupEligible}, nil
}

// Used is a browser's answer to Site.Ask, not yet checked.
type Used struct {
	Challenge []byte // that it claims to answer
	ID        []byte // of the key it claims to be made with
	parsed    *protocol.ParsedCredentialAssertionData
}

// ReadUsed reads the answer's JSON.
func ReadUsed(answer string) (u Used, err error) {
	if len(answer) > maxAnswer {
		return u, ErrUnsound
	}
	if u.parsed, err = protocol.ParseCredentialRequestResponseBytes([]byte(answer)); err != nil {
		return u, ErrUnsound
	}
	u.ID = u.parsed.RawID
	u.Challenge, err = challenge(u.parsed.Response.CollectedClientData)
	return u, err
}

// Check returns the key's counter from now on if the answer is sound, and
// ErrCounter if it is but for the counter.
func (u Used) Check(s Site, o Owner, k Key) (counter uint32, err error) {
	party, err := s.party()
	if err != nil {
		return 0, err
	}
	known := webauthn.Credential{ID: k.ID, PublicKey: k.Public, Flags: webauthn.CredentialFlags{BackupEligible: k.Shared}, Authenticator: webauthn.Authenticator{SignCount: k.Counter}}
	used, err := party.ValidateLogin(user{o, []webauthn.Credential{known}}, s.session(u.Challenge, o), u.parsed)
	if err != nil {
		return 0, ErrUnsound
	}
	if used.Authenticator.CloneWarning {
		return 0, ErrCounter
	}
	return used.Authenticator.SignCount, nil
}

// session is what the library wants to be told of the question again.
func (s Site) session(challenge []byte, o Owner) webauthn.SessionData {
	return webauthn.SessionData{Challenge: base64.RawURLEncoding.EncodeToString(challenge), RelyingPartyID: s.Host, Origin: s.Origin,
		UserID: o.Handle, UserVerification: protocol.VerificationRequired, CredParams: algorithms}
}

func challenge(c protocol.CollectedClientData) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(c.Challenge)
	if err != nil {
		return nil, ErrUnsound
	}
	return b, nil
}
