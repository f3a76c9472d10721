package contract_test

import (
	"testing"

	"laoqi/app/contract"
	"laoqi/app/pdf/pades"
)

func TestALaterSignatureIsNamedWithThePageOnWhichItWasAdded(t *testing.T) {
	r := pades.Report{Signatures: []pades.Signature{{}, {}, {AddedOn: 2, WholeFile: true}}}
	const want = "只增加了后面的签名，其中第 2 页上增加了一个签名，请看它有没有遮住内容"
	if got := contract.Followed(r, 0); got != want {
		t.Errorf("the first: %s", got)
	}
	r.Signatures[2].AddedOn = 0
	if got := contract.Followed(r, 1); got != "只增加了后面的签名" {
		t.Errorf("the second: %s", got)
	}
}
