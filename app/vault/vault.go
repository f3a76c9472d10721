// Package vault keeps secrets: sealing under the installation's key file, keyed
// hashes for search, sealing under a person's passphrase, and password hashes.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

const keySize = 32

// Vault holds the keys derived from the key file. It is safe for concurrent use.
type Vault struct {
	aead  cipher.AEAD
	index []byte
}

// Open reads the key file at path, or makes it (mode 0600) if create is set.
// Without the file nothing that was sealed can be read again.
func Open(path string, create bool) (*Vault, error) {
	master, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && create {
		master, err = makeKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	if len(master) != keySize {
		return nil, fmt.Errorf("key file %s: want %d bytes, have %d", path, keySize, len(master))
	}
	return New(master)
}

// makeKey makes the key file, whole or not at all, and never over one that another
// start made at the same moment.
func makeKey(path string) ([]byte, error) {
	master := make([]byte, keySize)
	rand.Read(master)
	return master, write(path, master, func(from, to string) error {
		err := os.Link(from, to)
		if err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
		return os.Rename(from, to) // the disk knows no links
	})
}

// New derives the vault's keys from 32 bytes of key material (HKDF, RFC 5869).
func New(master []byte) (*Vault, error) {
	data, err := hkdf.Key(sha256.New, master, nil, "laoqi data v1", keySize)
	if err != nil {
		return nil, err
	}
	index, err := hkdf.Key(sha256.New, master, nil, "laoqi index v1", keySize)
	if err != nil {
		return nil, err
	}
	aead, err := newAEAD(data)
	return &Vault{aead, index}, err
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// Seal encrypts with AES-256-GCM. The label names what it is, such as
// "person.mobile", and must be given again to Open.
func (v *Vault) Seal(label string, plain []byte) []byte {
	return v.aead.Seal(nil, nil, plain, []byte(label))
}

// Open decrypts what Seal made under the same label.
func (v *Vault) Open(label string, sealed []byte) ([]byte, error) {
	plain, err := v.aead.Open(nil, nil, sealed, []byte(label))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", label, err)
	}
	return plain, nil
}

// Index is the keyed hash (HMAC-SHA-256) by which a value of the label is found again.
func (v *Vault) Index(label, value string) []byte {
	mac := hmac.New(sha256.New, v.index)
	mac.Write([]byte(label))
	mac.Write([]byte{0})
	mac.Write([]byte(value))
	return mac.Sum(nil)
}

// Token returns 128 random bits for use in a URL or cookie.
func Token() string { return rand.Text() }
