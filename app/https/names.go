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
func LanAddress() string { return reachedBy(routed(), Machine()().IP) }

// routed is the address of the default route, if there is one. Nothing is sent.
func routed() []net.IP {
	c, err := net.Dial("udp4", "203.0.113.1:9") // reserved for documentation (RFC 5737)
	if err != nil {
		return nil
	}
	defer c.Close()
	return []net.IP{c.LocalAddr().(*net.UDPAddr).IP}
}

// reachedBy chooses among a machine's addresses. Private ones are an office's; that of
// the default route comes first, as others may lead to virtual machines only.
func reachedBy(routed, own []net.IP) string {
	all := slices.Concat(routed, own)
	for _, fits := range []func(net.IP) bool{net.IP.IsPrivate, net.IP.IsGlobalUnicast} {
		if i := slices.IndexFunc(all, func(ip net.IP) bool { return ip.To4() != nil && fits(ip) }); i >= 0 {
			return all[i].String()
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
