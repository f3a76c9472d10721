package pki_test

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"testing"
	"time"

	"laoqi/app/apptest/tool"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
)

// company is whose certificates these tests import.
var company = pki.Seal{Enterprise: "杭州云栖智造科技（集团）有限公司", USCC: "91330106MA2CFLDG4R", Name: "合同专用章"}

const companyName = "/C=CN/O=杭州云栖智造科技（集团）有限公司/CN=杭州云栖智造科技（集团）有限公司"

func open(t *testing.T, h tool.Holder) (pki.Bundle, error) {
	t.Helper()
	file, _ := tool.PKCS12(t, h)
	return pki.OpenBundle(file, tool.PKCS12Password)
}

func TestBundlesOfEitherKeyAndEitherEncryptionAreRead(t *testing.T) {
	for _, key := range []string{"RSA:2048", "RSA:3072", "EC:P-256"} {
		for _, legacy := range []bool{false, true} {
			b, err := open(t, tool.Holder{Subject: companyName, Key: key, Legacy: legacy})
			if err != nil {
				t.Fatalf("%s, legacy %v: %v", key, legacy, err)
			}
			if len(b.Chain) != 2 || b.Chain[1].Subject.CommonName != "签发证书" {
				t.Errorf("%s, legacy %v: a chain of %d", key, legacy, len(b.Chain))
			}
			if err := errors.Join(b.CanSign(time.Now()), company.IsFor(b.Chain[0])); err != nil {
				t.Errorf("%s, legacy %v: %v", key, legacy, err)
			}
			signature, err := cms.SignDetached([]byte("合同"), cms.Signer{Key: b.Key, Chain: b.Chain}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if m, err := cms.Parse(signature); err != nil || !bytes.Equal(m.Signer.Raw, b.Chain[0].Raw) {
				t.Errorf("%s: %v", key, err)
			}
		}
	}
}

func TestABundleWithoutItsIssuersIsRead(t *testing.T) {
	b, err := open(t, tool.Holder{Subject: companyName, Alone: true})
	if err != nil || len(b.Chain) != 1 || len(b.Above()) != 0 {
		t.Errorf("chain of %d, %v", len(b.Chain), err)
	}
}

func TestABundleThatCannotBeUsedSaysWhy(t *testing.T) {
	good, _ := tool.PKCS12(t, tool.Holder{Subject: companyName})
	if _, err := pki.OpenBundle(good, "wrong"); !errors.Is(err, pki.ErrPassword) {
		t.Errorf("wrong password: %v", err)
	}
	for name, file := range map[string][]byte{"nothing": nil, "a picture": []byte("\x89PNG\r\n"), "cut off": good[:len(good)/2], "large": make([]byte, pki.MaxBundle+1)} {
		if _, err := pki.OpenBundle(file, ""); !errors.Is(err, pki.ErrBundle) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		tool.Holder
		want error
	}{
		"no key":   {tool.Holder{Keyless: true}, pki.ErrNoKey},
		"weak RSA": {tool.Holder{Key: "RSA:1024"}, pki.ErrWeakKey},
		"P-384":    {tool.Holder{Key: "EC:P-384"}, pki.ErrKeyKind},
		"SM2":      {tool.Holder{SM2: true}, pki.ErrKeyKind},
	} {
		c.Subject = companyName
		if _, err := open(t, c.Holder); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestACertificateThatMayNotSignIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		tool.Holder
		want error
	}{
		"encryption only": {tool.Holder{Usage: "critical,keyEncipherment,dataEncipherment"}, pki.ErrUsage},
		"timestamps only": {tool.Holder{Extensions: []string{"extendedKeyUsage=critical,timeStamping"}}, pki.ErrUsage},
		"expired":         {tool.Holder{From: "20240101000000Z", Until: "20250101000000Z"}, pki.ErrExpired},
		"not yet":         {tool.Holder{From: "20990101000000Z", Until: "21000101000000Z"}, pki.ErrEarly},
		"its own":         {tool.Holder{SelfSigned: true}, pki.ErrSelfIssued},
		"unknown":         {tool.Holder{Extensions: []string{"1.2.3.4=critical,ASN1:UTF8String:x"}}, pki.ErrCritical},
		"no usage named":  {tool.Holder{Extensions: []string{"extendedKeyUsage=clientAuth,emailProtection"}}, nil},
	} {
		c.Subject = companyName
		b, err := open(t, c.Holder)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := b.CanSign(time.Now()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestOnlyACertificateForNothingElseMakesTimestamps(t *testing.T) {
	for usage, want := range map[string]error{
		"extendedKeyUsage=critical,timeStamping":                nil,
		"extendedKeyUsage=timeStamping":                         pki.ErrUsage,
		"extendedKeyUsage=critical,timeStamping,clientAuth":     pki.ErrUsage,
		"extendedKeyUsage=critical,timeStamping,1.3.6.1.4.1.99": pki.ErrUsage,
		"subjectKeyIdentifier=hash":                             pki.ErrUsage,
	} {
		b, err := open(t, tool.Holder{Subject: "/CN=时间戳", Usage: "critical,digitalSignature", Extensions: []string{usage}})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.CanStamp(time.Now()); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", usage, err, want)
		}
	}
}

func TestTheHolderIsKnownByCodeOrNameHoweverTheAuthorityWritesThem(t *testing.T) {
	for name, c := range map[string]struct {
		subject    string
		extensions []string
		want       error
	}{
		"name as organization":        {"/C=CN/O=杭州云栖智造科技(集团)有限公司/OU=财务部/CN=张三", nil, nil},
		"name among others":           {"/C=CN/CN=051@杭州云栖智造科技（集团）有限公司@N91330106MA2CFLDG4R@1", nil, nil},
		"code among others":           {"/C=CN/CN=051@云栖智造@N91330106MA2CFLDG4R@1", nil, nil},
		"code as organization's id":   {"/C=CN/CN=云栖/organizationIdentifier=NTRCN-91330106MA2CFLDG4R", nil, nil},
		"code as serial number":       {"/C=CN/CN=云栖/serialNumber=91330106MA2CFLDG4R", nil, nil},
		"code of GM/T 0015":           {"/CN=云栖", []string{"1.2.156.10260.4.1.4=ASN1:PRINTABLESTRING:91330106MA2CFLDG4R"}, nil},
		"code of GB/T 20518":          {"/CN=云栖", []string{"1.2.86.11.7.4=ASN1:UTF8String:91330106MA2CFLDG4R"}, nil},
		"another's code":              {companyName + "/serialNumber=91220101MA17K8RX4D", nil, pki.ErrOtherCode},
		"another's code as extension": {companyName, []string{"1.2.156.10260.4.1.4=ASN1:PRINTABLESTRING:91220101MA17K8RX4D"}, pki.ErrOtherCode},
		"a longer name":               {"/O=杭州云栖智造科技（集团）有限公司上海分公司/CN=张三", nil, pki.ErrOtherName},
		"a person":                    {"/CN=张三", nil, pki.ErrOtherName},
	} {
		b, err := open(t, tool.Holder{Subject: c.subject, Extensions: c.extensions})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := company.IsFor(b.Chain[0]); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// The count of rounds is the last number of a file: here one says two thousand million.
func TestABundleThatWouldKeepTheServerBusyIsRefused(t *testing.T) {
	file, _ := tool.PKCS12(t, tool.Holder{Subject: companyName})
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(file, &outer); err != nil {
		t.Fatal(err)
	}
	var mac asn1.RawValue
	before := outer.Bytes
	for rest := before; len(rest) > 0; {
		before = outer.Bytes[:len(outer.Bytes)-len(rest)]
		var err error
		if rest, err = asn1.Unmarshal(rest, &mac); err != nil {
			t.Fatal(err)
		}
	}
	few := []byte{0x02, 0x02, 0x08, 0x00}
	if !bytes.HasSuffix(mac.Bytes, few) {
		t.Fatalf("the file ends otherwise: %x", mac.Bytes)
	}
	mac = asn1.RawValue{Tag: mac.Tag, IsCompound: true, Bytes: append(bytes.TrimSuffix(mac.Bytes, few), 0x02, 0x04, 0x7F, 0xFF, 0xFF, 0xFF)}
	many, err := asn1.Marshal(mac)
	if err != nil {
		t.Fatal(err)
	}
	busy, err := asn1.Marshal(asn1.RawValue{Tag: outer.Tag, IsCompound: true, Bytes: append(bytes.Clone(before), many...)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pki.OpenBundle(busy, tool.PKCS12Password); !errors.Is(err, pki.ErrBundle) {
		t.Error(err)
	}
}
