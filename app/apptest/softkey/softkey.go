// Package softkey is a phone's passkey in software: it answers the site's
// questions as a browser with an authenticator does, soundly or in any wrong way
// that a test wants.
package softkey

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
)

// Key is a passkey for one host. Its fields say how it answers next.
type Key struct {
	Origin  string // of the page that asks
	Host    string
	Locked  bool // the holder does not unlock the device
	Counter uint32
	ID      []byte

	handle []byte
	key    *ecdsa.PrivateKey
}

// New makes a passkey of a device that shows a page of the origin.
func New(host, origin string) *Key {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	id := make([]byte, 32)
	rand.Read(id)
	return &Key{Origin: origin, Host: host, ID: id, key: key}
}

// The flags of authenticator data (WebAuthn 6.1).
const (
	present  = 0x01
	verified = 0x04
	attested = 0x40
)

// Make answers a question for a new passkey.
func (k *Key) Make(options string) string {
	var asked struct {
		Challenge string
		User      struct{ ID string }
	}
	parse(options, &asked)
	k.handle = decode(asked.User.ID)
	point, err := k.key.PublicKey.Bytes()
	if err != nil {
		panic(err)
	}
	data := k.data(attested)
	data = append(data, make([]byte, 16)...) // no model is told
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.ID)))
	data = append(data, k.ID...)
	data = append(data, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20) // COSE: ES256, x
	data = append(data, point[1:33]...)
	data = append(append(data, 0x22, 0x58, 0x20), point[33:]...) // y
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(data)))
	return k.answer(map[string]string{"clientDataJSON": encode(k.client("webauthn.create", asked.Challenge)), "attestationObject": encode(append(object, data...))})
}

// Use answers a question for the use of a passkey.
func (k *Key) Use(options string) string {
	var asked struct{ Challenge string }
	parse(options, &asked)
	k.Counter++
	data, client := k.data(0), k.client("webauthn.get", asked.Challenge)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(append(data[:len(data):len(data)], hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.key, signed[:])
	if err != nil {
		panic(err)
	}
	return k.answer(map[string]string{"clientDataJSON": encode(client), "authenticatorData": encode(data), "signature": encode(signature), "userHandle": encode(k.handle)})
}

func (k *Key) data(more byte) []byte {
	host := sha256.Sum256([]byte(k.Host))
	flags := more | present | verified
	if k.Locked {
		flags &^= verified
	}
	return binary.BigEndian.AppendUint32(append(host[:], flags), k.Counter)
}

func (k *Key) client(kind, challenge string) []byte {
	text, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": k.Origin, "crossOrigin": false})
	if err != nil {
		panic(err)
	}
	return text
}

func (k *Key) answer(response map[string]string) string {
	text, err := json.Marshal(map[string]any{"id": encode(k.ID), "rawId": encode(k.ID), "type": "public-key", "response": response})
	if err != nil {
		panic(err)
	}
	return string(text)
}

func parse(options string, into any) {
	if err := json.Unmarshal([]byte(options), into); err != nil {
		panic(err)
	}
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func decode(text string) []byte {
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		panic(err)
	}
	return b
}
