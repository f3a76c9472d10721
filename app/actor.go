package app

import "net/netip"

// AccountKind is the kind of an account (see DOMAIN.md, Accounts).
type AccountKind string

const (
	AccountPerson   AccountKind = "person"   // personal account, one per person
	AccountLegalRep AccountKind = "legalrep" // the enterprise account of its legal rep
	AccountAgent    AccountKind = "agent"    // an agent's account at one enterprise
	AccountDesk     AccountKind = "desk"     // a reviewer's account
)

// Actor is who makes a request: one account, and what belongs to it. The zero
// Actor is nobody.
type Actor struct {
	Account    int64
	Kind       AccountKind
	Person     int64 // 0 for a desk account
	Enterprise int64 // 0 for personal and desk accounts
	Manages    bool  // may manage seals and grants: the legal rep, or an agent with 经办人管理
	Name       string
	Session    int64
	Device     Device
}

// Permission is what a route asks of its actor. The zero Permission denies.
type Permission int

const (
	Denied   Permission = iota
	Public              // anybody
	Person              // a personal account
	Clerk               // the legal rep or an agent, at work in the hall
	Manager             // the legal rep or an agent who manages seals
	Holder              // who may have a certificate: a personal account or a Manager
	LegalRep            // the legal rep only
	Member              // any personal or enterprise account
	Reviewer            // a desk account
)

// Allows reports whether the actor has the permission.
func (p Permission) Allows(a Actor) bool {
	clerk := a.Kind == AccountLegalRep || a.Kind == AccountAgent
	switch p {
	case Public:
		return true
	case Person:
		return a.Kind == AccountPerson
	case Clerk:
		return clerk
	case Manager:
		return clerk && a.Manages
	case Holder:
		return a.Kind == AccountPerson || clerk && a.Manages
	case LegalRep:
		return a.Kind == AccountLegalRep
	case Member:
		return clerk || a.Kind == AccountPerson
	case Reviewer:
		return a.Kind == AccountDesk
	}
	return false
}

// Device is where a request came from; it goes into the audit log.
type Device struct {
	Address string `json:"address"`
	Agent   string `json:"agent"`
	Mark    string `json:"-"` // random, of the browser that logs in; "" for none
}

// Network is an address as limits count it: whoever has one of IPv6 has the /64 around it.
func Network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if a = a.Unmap(); a.Is4() {
		return a.String()
	}
	return netip.PrefixFrom(a, 64).Masked().String()
}

// IdentityLevel says how sure the installation is who a person is.
type IdentityLevel string

const (
	Declared IdentityLevel = "declared" // 自报: rules and SMS code only
	Verified IdentityLevel = "verified" // 已核验: the desk or a provider compared
)

// Label is the printed name of the level.
func (l IdentityLevel) Label() string {
	if l == Verified {
		return "已核验"
	}
	return "自报"
}
