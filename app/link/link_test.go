package link_test

import (
	"testing"

	"laoqi/app/link"
)

func TestALinkIsFilledInOrderAndEscaped(t *testing.T) {
	for got, want := range map[string]string{
		link.To(link.MobilePage, 12, 3):                      "/m/contract/12/page/3",
		link.To(link.CheckCode, "a/b?c 王"):                   "/check/a%2Fb%3Fc%20%E7%8E%8B",
		link.To(link.Home):                                   "/",
		link.With(link.HallContracts):                        "/hall/contracts",
		link.With(link.HallContracts, "state", ""):           "/hall/contracts",
		link.With("/x", "next", "/m/a/1?b=c&d", "way", "个人"): "/x?next=%2Fm%2Fa%2F1%3Fb%3Dc%26d&way=%E4%B8%AA%E4%BA%BA",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestALinkWithTheWrongNumberOfArgumentsPanics(t *testing.T) {
	for _, args := range [][]any{nil, {1, 2}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("no panic with %d arguments", len(args))
				}
			}()
			link.To(link.HallFiling, args...)
		}()
	}
}
