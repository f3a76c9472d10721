package https

import (
	"net"
	"strings"
	"testing"
)

func TestPhonesAreGivenTheAddressOfTheDefaultRoute(t *testing.T) {
	for _, c := range []struct{ routed, own, want string }{
		{"192.168.1.5", "172.28.0.1 192.168.1.5", "192.168.1.5"}, // an adapter for virtual machines is listed first
		{"", "127.0.0.1 169.254.7.7 172.28.0.1 192.168.1.5", "172.28.0.1"},
		{"203.0.113.7", "203.0.113.7 192.168.1.5", "192.168.1.5"}, // it dials up to the internet itself
		{"203.0.113.7", "127.0.0.1 203.0.113.7", "203.0.113.7"},
		{"", "127.0.0.1 ::1 fd00::5 169.254.7.7", "127.0.0.1"},
	} {
		if got := reachedBy(addresses(c.routed), addresses(c.own)); got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.routed, c.own, got, c.want)
		}
	}
	if got := net.ParseIP(LanAddress()); got.To4() == nil || !Here(got.String()) {
		t.Errorf("this machine has no address %s", got)
	}
}

func addresses(list string) (ips []net.IP) {
	for _, a := range strings.Fields(list) {
		ips = append(ips, net.ParseIP(a))
	}
	return ips
}
