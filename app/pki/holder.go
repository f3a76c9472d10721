package pki

import (
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"strings"
	"unicode"

	"laoqi/app"
)

// Why a certificate is not an enterprise's.
var (
	ErrOtherCode = errors.New("pki: certificate names another USCC")
	ErrOtherName = errors.New("pki: certificate names neither the enterprise nor its USCC")
)

// IsFor returns nil if a certificate names the enterprise of the seal: its 统一社会信用代码, or in default of any such code its
// name. Chinese authorities write them into subject attributes, also joined to others as in 051@NAME@N91…@1, and into
// extensions (GM/T 0015, GB/T 20518).
func (s Seal) IsFor(c *x509.Certificate) error {
	words, other := holderWords(c), false
	for _, w := range words {
		code := codeIn(w)
		if code == s.USCC {
			return nil
		}
		other = other || code != ""
	}
	if other {
		return ErrOtherCode
	}
	for _, w := range words {
		if plainName(w) == plainName(s.Enterprise) {
			return nil
		}
	}
	return ErrOtherName
}

// holderArcs are what Chinese authorities number extensions about the holder with: 1.2.156 and 1.2.86, and the unique id of
// one of them.
var holderArcs = []asn1.ObjectIdentifier{{1, 2, 156}, {1, 2, 86}, {2, 16, 840, 1, 113732}}

// holderWords are the words by which a certificate names its holder.
func holderWords(c *x509.Certificate) (words []string) {
	for _, n := range c.Subject.Names {
		if v, ok := n.Value.(string); ok {
			words = append(words, strings.TrimPrefix(v, usccScheme))
			words = append(words, strings.FieldsFunc(v, parts)...)
		}
	}
	for _, e := range c.Extensions {
		for _, arc := range holderArcs {
			if len(e.Id) > len(arc) && e.Id[:len(arc)].Equal(arc) {
				words = append(words, strings.FieldsFunc(string(e.Value), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })...)
			}
		}
	}
	return words
}

// parts tells what joins several words in one attribute.
func parts(r rune) bool { return strings.ContainsRune("@_|;,=/\\:", r) || unicode.IsSpace(r) }

// codeIn returns the 统一社会信用代码 that a word is, "" for none; a letter before it may tell its kind.
func codeIn(word string) string {
	for _, w := range []string{word, strings.TrimLeft(word, "NnJj")} {
		if len(w) == 18 {
			code, _ := app.CheckUSCC(w)
			return code
		}
	}
	return ""
}

// plainName is a name without what people write in two ways: blanks, full-width brackets, the case of letters.
func plainName(s string) string {
	s = strings.NewReplacer("（", "(", "）", ")", "·", "·", "•", "·").Replace(strings.ToUpper(s))
	return strings.Join(strings.Fields(s), "")
}
