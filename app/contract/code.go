package contract

import (
	"strings"

	"laoqi/app/vault"
)

const codeLength = 16

// newCode makes a check code that cannot be guessed: 80 random bits.
func newCode() string { return vault.Token()[:codeLength] }

// GroupCode writes a check code in groups of four, as it is printed.
func GroupCode(code string) string {
	var groups []string
	for len(code) > 4 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return strings.Join(append(groups, code), "-")
}

// ReadCode reads a check code as somebody types it: in groups, in small letters,
// with 0, 1 or 8 for the letters they resemble.
func ReadCode(typed string) string {
	plain := strings.NewReplacer("-", "", "－", "", " ", "", "　", "", "0", "O", "1", "I", "8", "B")
	return plain.Replace(strings.ToUpper(typed))
}
