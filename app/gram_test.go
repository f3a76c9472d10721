package app

import (
	"slices"
	"testing"
)

func TestANameIsFoundByEveryRunOfUpToThreeCharacters(t *testing.T) {
	for name, want := range map[string][]string{
		"":     nil,
		"王秀兰":  {"兰", "王", "王秀", "王秀兰", "秀", "秀兰"},
		"欧阳晓燕": {"晓", "晓燕", "欧", "欧阳", "欧阳晓", "燕", "阳", "阳晓", "阳晓燕"},
		"Bob":  {"b", "bo", "bob", "o", "ob"},
	} {
		if got := Grams(name); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
