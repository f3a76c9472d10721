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
		if host, err := os.Hostname(); err == nil && Nameable(host) {
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
		for _, host := range besides {
			more := named(host)
			n.DNS, n.IP = append(n.DNS, more.DNS...), append(n.IP, more.IP...)
		}
		return n
	}
}

// named is the host as a certificate names it, nothing if none can.
func named(host string) (n Names) {
	if ip := net.ParseIP(host); ip != nil {
		n.IP = []net.IP{ip}
	} else if Nameable(host) {
		n.DNS = []string{strings.ToLower(host)}
	}
	return n
}

// Nameable reports whether a host's name can stand in a certificate, and on a network:
// one in Chinese letters cannot.
func Nameable(name string) bool { return net.ParseIP(name) == nil && dnsName.MatchString(name) }

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
