package app

import (
	"slices"
	"strings"
)

// MaxGram is the longest piece of a name, in characters, that Grams gives.
const MaxGram = 3

// Grams gives every run of 1 to MaxGram characters of a name, each once and in
// small letters: a name is found by any of them.
func Grams(name string) []string {
	r := []rune(strings.ToLower(name))
	grams := []string{} // never nil: it is stored as a JSON list
	for size := 1; size <= MaxGram; size++ {
		for i := 0; i+size <= len(r); i++ {
			grams = append(grams, string(r[i:i+size]))
		}
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}
