package cms

import (
	"encoding/asn1"
	"math/big"
	"slices"
)

// Tags of DER (X.690) as they are written.
const (
	tagBoolean     = 0x01
	tagInteger     = 0x02
	tagOctets      = 0x04
	tagNull        = 0x05
	tagOID         = 0x06
	tagTime        = 0x18
	tagSequence    = 0x30
	tagSet         = 0x31
	tagContext0    = 0xA0
	tagContext1    = 0xA1
	tagContext4    = 0xA4
	maxShortLength = 0x7F
)

// tlv writes one DER value made of parts. What signing writes is of a known shape and needs no reflection.
func tlv(tag byte, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	out := append(make([]byte, 0, n+6), tag)
	if n <= maxShortLength {
		out = append(out, byte(n))
	} else {
		size := big.NewInt(int64(n)).Bytes()
		out = append(append(out, 0x80|byte(len(size))), size...)
	}
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// integer writes a number that is not negative.
func integer(n *big.Int) []byte {
	b := n.Bytes()
	if len(b) == 0 || b[0] > maxShortLength {
		b = append([]byte{0}, b...)
	}
	return tlv(tagInteger, b)
}

// setOf writes a SET OF, whose elements DER sorts.
func setOf(tag byte, elements [][]byte) []byte {
	slices.SortFunc(elements, slices.Compare)
	return tlv(tag, elements...)
}

// oid writes a constant object identifier.
func oid(id asn1.ObjectIdentifier) []byte {
	b, err := asn1.Marshal(id)
	if err != nil {
		panic("cms: " + err.Error())
	}
	return b
}

// newAttribute writes a CMS attribute with one value.
func newAttribute(kind, value []byte) []byte {
	return tlv(tagSequence, kind, tlv(tagSet, value))
}

// Values that every signature writes.
var (
	derVersion1      = integer(big.NewInt(1))
	derVersion3      = integer(big.NewInt(3))
	derNull          = []byte{tagNull, 0}
	derTrue          = []byte{tagBoolean, 1, 0xFF}
	derData          = oid(oidData)
	derSignedData    = oid(oidSignedData)
	derTokenInfo     = oid(oidTokenInfo)
	derContentType   = oid(oidContentType)
	derMessageDigest = oid(oidMessageDigest)
	derTimestamp     = oid(oidTimestamp)
	derCertificateV2 = oid(oidCertificateV2)
	derSHA256        = tlv(tagSequence, oid(oidSHA256))
	derSHA256Null    = tlv(tagSequence, oid(oidSHA256), derNull)
	derECDSA         = tlv(tagSequence, oid(oidECDSASHA256))
	derRSA           = tlv(tagSequence, oid(oidRSA), derNull)
)
