package pades_test

import (
	"encoding/asn1"
	"strings"
	"testing"

	"laoqi/app/pdf/pades"
)

// critics are the programs that accept asks.
var critics = []string{"pdfsig", "certutil", "qpdf", "mutool", "openssl"}

// newCourt is a bench on which every critic trusts the office.
func newCourt(t *testing.T, o *office, more ...string) bench {
	t.Helper()
	b := newBench(t, append(more, critics...)...)
	b.trust(o)
	b.write("changes.js", []byte(changesScript))
	return b
}

// accept has every critic judge a file: with nothing after its last signature, and
// with data for checking appended.
func (b bench) accept(o *office, name string, pdf []byte) {
	b.t.Helper()
	r := check(b.t, pdf, o.trust())
	if r.Verdict != pades.Intact || !r.Signatures[len(r.Signatures)-1].WholeFile {
		b.t.Errorf("%s: our own check says %+v", name, r)
	}
	b.write(name, pdf)
	n := len(r.Signatures)
	out := b.must("pdfsig", "-nssdir", "sql:nss", name)
	if strings.Count(out, "Signature is Valid.") != n || strings.Count(out, "Certificate is Trusted.") != n || strings.Count(out, "Total document signed") != 1 {
		b.t.Errorf("%s: pdfsig says:\n%s", name, out)
	}
	for _, one := range r.Signatures {
		b.verify(name, pdf, one)
	}
	b.faultless(name)
	data := "data-" + name
	kept, err := pades.AddDSS(pdf, pades.DSS{Certs: [][]byte{o.authority.Issuing().Raw, o.authority.Root().Raw},
		OCSPs: o.answers(b.t, o.worker.Chain[0], o.seal.Chain[0], o.authority.Stamping())})
	if err != nil {
		b.t.Fatal(err)
	}
	b.write(data, kept)
	b.faultless(data)
	if out := b.must("pdfsig", "-nssdir", "sql:nss", data); strings.Count(out, "Signature is Valid.") != n {
		b.t.Errorf("%s: pdfsig says:\n%s", data, out)
	}
	b.acceptStamped(o, "stamped-"+name, o.stamped(b.t, kept), n)
}

// acceptStamped has every critic judge a file that ends in a timestamp over all of it.
func (b bench) acceptStamped(o *office, name string, pdf []byte, signatures int) {
	b.t.Helper()
	b.write(name, pdf)
	b.faultless(name)
	if out := b.must("pdfsig", "-nssdir", "sql:nss", name); strings.Count(out, "Signature is Valid.") != signatures || strings.Count(out, "Total document signed") != 1 {
		b.t.Errorf("%s: pdfsig says:\n%s", name, out)
	}
	r := check(b.t, pdf, o.trust())
	if r.Verdict != pades.Intact || len(r.Stamps) != 1 || !r.Stamps[0].WholeFile {
		b.t.Errorf("%s: our own check says %+v", name, r)
		return
	}
	b.verifyStamp(name, pdf, r.Stamps[0], "root.pem")
}

// verifyStamp has OpenSSL check a timestamp over the bytes that it covers.
func (b bench) verifyStamp(name string, pdf []byte, s pades.DocumentStamp, roots string) {
	b.t.Helper()
	var token asn1.RawValue
	if _, err := asn1.Unmarshal(s.Token, &token); err != nil {
		b.t.Fatal(err)
	}
	b.write("token.der", token.FullBytes)
	b.write("content", append(append([]byte(nil), pdf[:s.Covers[1]]...), pdf[s.Covers[2]:][:s.Covers[3]]...))
	if out, ok := b.run("openssl", "ts", "-verify", "-token_in", "-in", "token.der", "-data", "content", "-CAfile", roots); !ok {
		b.t.Errorf("%s: openssl says of %s:\n%s", name, s.Field, out)
	}
}

// faultless asks qpdf for faults of syntax and MuPDF for changes that a signature does not allow.
func (b bench) faultless(name string) {
	b.t.Helper()
	if out := b.must("qpdf", "--check", name); !strings.Contains(out, "No syntax or stream encoding errors found") {
		b.t.Errorf("%s: qpdf says: %s", name, out)
	}
	if out := b.must("mutool", "run", "changes.js", name); !strings.Contains(out, "changed at 0") {
		b.t.Errorf("%s: mutool says: %s", name, out)
	}
}

// verify has OpenSSL check one signature as CAdES over the bytes that it covers.
func (b bench) verify(name string, pdf []byte, s pades.Signature) {
	b.t.Helper()
	var message asn1.RawValue
	if _, err := asn1.Unmarshal(s.CMS, &message); err != nil {
		b.t.Fatal(err)
	}
	b.write("signature.der", message.FullBytes)
	b.write("content", append(append([]byte(nil), pdf[s.Covers[0]:][:s.Covers[1]]...), pdf[s.Covers[2]:][:s.Covers[3]]...))
	out, ok := b.run("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature.der", "-content", "content",
		"-CAfile", "root.pem", "-purpose", "any", "-out", "verified")
	if !ok {
		b.t.Errorf("%s: openssl says of %s:\n%s", name, s.Field, out)
	}
}
