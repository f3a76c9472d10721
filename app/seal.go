package app

// SealKind is a type of an enterprise's seal (印章类型).
type SealKind string

const (
	SealName     SealKind = "name"     // 电子法定名称章, round with a star
	SealContract SealKind = "contract" // 合同专用章
	SealFinance  SealKind = "finance"  // 财务专用章
	SealHR       SealKind = "hr"       // 人事专用章
	SealBusiness SealKind = "business" // 业务专用章
	SealInvoice  SealKind = "invoice"  // 发票专用章, oval
	SealLegalRep SealKind = "legalrep" // 法定代表人名章, square
)

var sealKinds = []struct {
	kind  SealKind
	label string
}{
	{SealName, "电子法定名称章"},
	{SealContract, "合同专用章"},
	{SealFinance, "财务专用章"},
	{SealHR, "人事专用章"},
	{SealBusiness, "业务专用章"},
	{SealInvoice, "发票专用章"},
	{SealLegalRep, "法定代表人名章"},
}

// SealKinds lists the types in the order of the form.
func SealKinds() []SealKind {
	kinds := make([]SealKind, len(sealKinds))
	for i, k := range sealKinds {
		kinds[i] = k.kind
	}
	return kinds
}

// Label is the printed name of the type, "" if there is no such type.
func (k SealKind) Label() string {
	for _, x := range sealKinds {
		if x.kind == k {
			return x.label
		}
	}
	return ""
}

// Contracts reports whether a seal of this type may be put on a labour contract
// (DOMAIN.md, ruling 1.3).
func (k SealKind) Contracts() bool {
	return k == SealName || k == SealContract || k == SealHR
}
