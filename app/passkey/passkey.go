// Package passkey speaks WebAuthn (W3C, level 3): what a browser is asked for, and
// whether its answer is sound. (no database, no HTTP)
package passkey

import (
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Site is where a key serves. Browsers bind a key to the host alone; an answer is
// believed from the one origin, so that another port of the host gets nothing.
type Site struct {
	Host   string // one that Serves
	Origin string // such as https://office-pc.lan:8443
}

// Serves reports whether browsers keep keys for a host: for names of a domain, and
// for localhost; neither for addresses nor for a name without a dot.
func Serves(host string) bool { return protocol.ValidateRPID(host) == nil }

// Owner is the account that a key is made for. Its Handle is random and says
// nothing; the Name is what the device shows when it asks which key to use.
type Owner struct {
	Handle []byte
	Name   string
}

// Key is what a site keeps of a key that a device holds.
type Key struct {
	ID      []byte
	Public  []byte // COSE
	Counter uint32 // of the signatures made, 0 for ever where the device does not count
	Shared  bool   // it may be copied to the owner's other devices
}

// Question is what the browser is asked: the Options for its script, with the
// Challenge in them that the answer must come back with.
type Question struct {
	Challenge []byte
	Options   string // JSON
}

var (
	// ErrUnsound is an answer that proves nothing.
	ErrUnsound = errors.New("passkey: the answer is not sound")
	// ErrCounter is a sound answer whose counter did not go on: the key may have been copied.
	ErrCounter = errors.New("passkey: the counter went backwards")
)

// algorithms are those that all devices know one of.
var algorithms = []protocol.CredentialParameter{
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgES256},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgRS256},
}

// selection wants a key that the device finds without being told the account, and
// whose holder unlocks it each time by finger, face or number.
var selection = protocol.AuthenticatorSelection{
	ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired,
}

func (s Site) party() (*webauthn.WebAuthn, error) {
	return webauthn.New(&webauthn.Config{RPID: s.Host, RPDisplayName: "劳契", RPOrigins: []string{s.Origin},
		AttestationPreference: protocol.PreferNoAttestation, AuthenticatorSelection: selection})
}

// user is an owner with keys, as the library asks for it.
type user struct {
	Owner
	keys []webauthn.Credential
}

func (u user) WebAuthnID() []byte                         { return u.Handle }
func (u user) WebAuthnName() string                       { return u.Name }
func (u user) WebAuthnDisplayName() string                { return u.Name }
func (u user) WebAuthnCredentials() []webauthn.Credential { return u.keys }

// AskNew asks for a new key of the owner, on a device that holds none of those
// with the ids.
func (s Site) AskNew(o Owner, have [][]byte) (q Question, err error) {
	party, err := s.party()
	if err != nil {
		return q, err
	}
	options, session, err := party.BeginRegistration(user{Owner: o}, webauthn.WithCredentialParameters(algorithms), webauthn.WithExclusions(descriptors(have)))
	if err != nil {
		return q, err
	}
	return question(session.Challenge, options.Response)
}

// Ask asks for the use of one of the keys with the ids, or of any key of the site
// if there are none.
func (s Site) Ask(ids [][]byte) (q Question, err error) {
	party, err := s.party()
	if err != nil {
		return q, err
	}
	options, session, err := party.BeginDiscoverableLogin(webauthn.WithAllowedCredentials(descriptors(ids)))
	if err != nil {
		return q, err
	}
	return question(session.Challenge, options.Response)
}

func descriptors(ids [][]byte) (list []protocol.CredentialDescriptor) {
	for _, id := range ids {
		list = append(list, protocol.CredentialDescriptor{Type: protocol.PublicKeyCredentialType, CredentialID: id})
	}
	return list
}

func question(challenge string, options any) (q Question, err error) {
	if q.Challenge, err = base64.RawURLEncoding.DecodeString(challenge); err != nil {
		return q, err
	}
	text, err := json.Marshal(options)
	q.Options = string(text)
	return q, err
}
