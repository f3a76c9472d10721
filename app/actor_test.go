package app_test

import (
	"testing"

	"laoqi/app"
)

func TestLimitsCountANetworkOfIPv6(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7":              "192.0.2.7",
		"::ffff:192.0.2.7":       "192.0.2.7",
		"2001:db8:0:1:2:3:4:5":   "2001:db8:0:1::/64",
		"fe80::5054:ff:fe00:1%2": "fe80::/64",
		"pipe":                   "pipe",
	} {
		if got := app.Network(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
