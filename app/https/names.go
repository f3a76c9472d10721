package https

import (
	"net"
	"os"
	"regexp"
	"slices"
	"strings"
)

var dnsName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)

// Machine tells what this machine is called: its own name, that name under .local
// (as mDNS spreads it), its private addresses, and the names given besides.
func Machine(besides ...string) func() Names {
	return func() (n Names) {
		n.DNS = []string{"localhost"}
		// A certificate cannot hold a name in Chinese letters, nor does a network carry one.
		if host, err := os.Hostname(); err == nil && dnsName.MatchString(host) {
			host = strings.ToLower(host)
			n.DNS = append(n.DNS, host)
			if !strings.Contains(host, ".") {
				n.DNS = append(n.DNS, host+".local")
			}
		}
		addresses, _ := net.InterfaceAddrs()
		for _, a := range addresses {
			if a, ok := a.(*net.IPNet); ok {
				n.IP = append(n.IP, a.IP)
			}
		}
		for _, name := range besides {
			if ip := net.ParseIP(name); ip != nil {
				n.IP = append(n.IP, ip)
			} else if dnsName.MatchString(name) {
				n.DNS = append(n.DNS, strings.ToLower(name))
			}
		}
		return n
	}
}

// LanAddress is the address under which phones in the office reach this machine,
// the loopback address if it is on no network.
func LanAddress() string {
	for _, ip := range Machine()().IP {
		if ip.IsPrivate() && ip.To4() != nil {
			return ip.String()
		}
	}
	return "127.0.0.1"
}

// Loopback tells whether a host, a name or an address, is this machine alone.
func Loopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}

// Here reports whether the address is one of this machine's.
func Here(address string) bool {
	ip := net.ParseIP(address)
	if ip.IsLoopback() {
		return true
	}
	own, _ := net.InterfaceAddrs()
	return slices.ContainsFunc(own, func(a net.Addr) bool {
		n, ok := a.(*net.IPNet)
		return ok && n.IP.Equal(ip)
	})
}
