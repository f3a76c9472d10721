package vault

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is how dear one argon2id hash is (RFC 9106): passes over memory, and KiB of it.
type Cost struct{ Time, Memory uint32 }

// Costs of the product, and of tests that would otherwise wait for it.
var (
	Dear  = Cost{2, 19 * 1024}
	Cheap = Cost{1, 64}
)

// ErrBusy says that too many passwords are being hashed at the moment.
var ErrBusy = errors.New("vault: too many passwords at once")

// Hasher hashes passwords and passphrases, only so many at a time: a flood of
// log-ins must leave the pages their processor and memory.
type Hasher struct {
	cost  Cost
	slots chan struct{}
	dummy string
}

// NewHasher allows `parallel` hashes at a time.
func NewHasher(cost Cost, parallel int) *Hasher {
	h := &Hasher{cost: cost, slots: make(chan struct{}, max(1, parallel))}
	h.dummy = h.encode(rand.Text(), make([]byte, 16))
	return h
}

// Hash returns the password's hash in PHC form. It waits for a free slot as
// long as ctx lasts, then returns ErrBusy.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	var out string
	err := h.run(ctx, func() { out = h.encode(password, salt) })
	return out, err
}

// Matches reports whether the password belongs to the hash. An empty hash costs
// the same time and never matches, so that unknown accounts cannot be told.
func (h *Hasher) Matches(ctx context.Context, hash, password string) (ok bool, err error) {
	known := hash != ""
	if !known {
		hash = h.dummy
	}
	cost, salt, sum, err := decode(hash)
	if err != nil {
		return false, err
	}
	err = h.run(ctx, func() {
		got := argon2.IDKey([]byte(password), salt, cost.Time, cost.Memory, 1, uint32(len(sum)))
		ok = known && subtle.ConstantTimeCompare(got, sum) == 1
	})
	return ok, err
}

func (h *Hasher) run(ctx context.Context, work func()) error {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
		work()
		return nil
	case <-ctx.Done():
		return ErrBusy
	}
}

func (h *Hasher) encode(password string, salt []byte) string {
	sum := argon2.IDKey([]byte(password), salt, h.cost.Time, h.cost.Memory, 1, 32)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, h.cost.Memory, h.cost.Time, b64(salt), b64(sum))
}

func decode(hash string) (cost Cost, salt, sum []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return cost, nil, nil, errors.New("vault: not an argon2id hash")
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &cost.Memory, &cost.Time); err != nil {
		return cost, nil, nil, fmt.Errorf("vault: argon2id hash: %w", err)
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	sum, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	return cost, salt, sum, errors.Join(err1, err2)
}

// ErrPassphrase says that a passphrase does not open what was locked with it.
var ErrPassphrase = errors.New("vault: wrong passphrase")

// Lock encrypts a secret under a passphrase: argon2id, then AES-256-GCM. The
// result holds cost and salt and is opened by Unlock only.
func (h *Hasher) Lock(ctx context.Context, passphrase string, secret []byte) ([]byte, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	header := fmt.Sprintf("argon2id m=%d,t=%d %s\n", h.cost.Memory, h.cost.Time, base64.RawStdEncoding.EncodeToString(salt))
	var key []byte
	err := h.run(ctx, func() { key = argon2.IDKey([]byte(passphrase), salt, h.cost.Time, h.cost.Memory, 1, keySize) })
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	return aead.Seal([]byte(header), nil, secret, []byte(header)), nil
}

// Unlock decrypts what Lock made, or returns ErrPassphrase.
func (h *Hasher) Unlock(ctx context.Context, passphrase string, box []byte) ([]byte, error) {
	header, sealed, found := strings.Cut(string(box), "\n")
	var cost Cost
	var text string
	if _, err := fmt.Sscanf(header, "argon2id m=%d,t=%d %s", &cost.Memory, &cost.Time, &text); err != nil || !found {
		return nil, errors.New("vault: not a locked box")
	}
	salt, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("vault: locked box: %w", err)
	}
	var key []byte
	err = h.run(ctx, func() { key = argon2.IDKey([]byte(passphrase), salt, cost.Time, cost.Memory, 1, keySize) })
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	secret, err := aead.Open(nil, nil, []byte(sealed), []byte(header+"\n"))
	if err != nil {
		return nil, ErrPassphrase
	}
	return secret, nil
}
