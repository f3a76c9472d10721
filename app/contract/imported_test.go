package contract_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/tool"
	"laoqi/app/cert"
	"laoqi/app/demo"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/pki"
	"laoqi/app/seal"
)

// TestForeignToolsAcceptAContractSealedByAnImportedCertificate seals by what the
// openssl of today and that of ten years ago pack, with either kind of key.
func TestForeignToolsAcceptAContractSealedByAnImportedCertificate(t *testing.T) {
	tool.Need(t, "pdfsig", "certutil", "qpdf", "openssl")
	for name, h := range map[string]tool.Holder{"RSA": {Key: "RSA:4096", Legacy: true}, "P-256": {Key: "EC:P-256"}} {
		t.Run(name, func(t *testing.T) {
			w := apptest.New(t)
			w.People()
			sealed, root := w.Certified(w.Actor(demo.Boss), app.SealContract, h)
			_, d := w.ConcludeBy(sealed)
			c := byCode(w, d)
			if c.Verdict != pades.Intact || len(c.Signers) != 2 {
				t.Fatalf("%+v", c)
			}
			s := c.Signers[1]
			if !s.Seal || s.Source != pades.Foreign || s.Name != demo.EnterpriseName || !strings.HasSuffix(s.Detail, "合同专用章") || !s.Proven ||
				s.Proof.Issuer != "签发证书（"+tool.Authority+"）" || !strings.Contains(s.Proof.Key, name) || !s.Proof.Asked.IsZero() {
				t.Errorf("%+v", s)
			}
			file, err := w.Contract.File(d)
			if err != nil {
				t.Fatal(err)
			}
			accepted(t, file, root)
		})
	}
}

// TestTheIssuersWordGoesIntoTheDocumentAndStopsTheSeal: the answer of the day is kept,
// none is missed where nobody answers, and a revoked certificate seals no more.
func TestTheIssuersWordGoesIntoTheDocumentAndStopsTheSeal(t *testing.T) {
	w := apptest.Asking(t)
	w.People()
	issuer := apptest.NewIssuer(t, w.Now)
	boss := w.Actor(demo.Boss)
	id := w.MakeSeal(boss, app.SealContract)
	w.Wait(2 * time.Minute)
	err := w.Seal.Replace(t.Context(), boss, id, seal.Replacement{Source: seal.SourceImport, File: issuer.File, Password: tool.PKCS12Password}, w.Proof(boss, demo.Boss))
	if err != nil {
		t.Fatal(err)
	}
	sweep := func() {
		t.Helper()
		if err := w.Seal.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Idle()
	}
	sweep()
	_, d := w.ConcludeBy(id)
	if s := byCode(w, d).Signers[1]; s.Verdict != pades.Intact || s.Source != pades.Foreign || s.Proof.Asked.IsZero() || !s.Proof.Revoked.IsZero() {
		t.Errorf("%+v", s)
	}
	issuer.Leave()
	w.Wait(21 * time.Hour)
	sweep()
	if _, err := w.Seal.Unlock(t.Context(), boss.Enterprise); err != nil {
		t.Errorf("nobody answers: %v", err)
	}
	issuer.Revoke()
	w.Wait(21 * time.Hour)
	sweep()
	if _, err := w.Seal.Unlock(t.Context(), boss.Enterprise); app.KindOf(err) != app.Conflict {
		t.Errorf("a revoked certificate: %v", err)
	}
	if s := byCode(w, d).Signers[1]; s.Verdict != pades.Intact {
		t.Errorf("what was sealed before: %+v", s)
	}
	w.Wait(48 * time.Hour)
	thief, err := pki.OpenBundle(issuer.File, tool.PKCS12Password)
	if err != nil {
		t.Fatal(err)
	}
	file, err := w.Contract.File(d)
	if err != nil {
		t.Fatal(err)
	}
	blank := file[:bytes.Index(file, []byte("%%EOF\n"))+len("%%EOF\n")]
	forged, err := pades.Sign(blank, pades.Request{Field: pdf.FieldSeal, Signer: thief.Key, Chain: thief.Chain[:1], Time: w.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if c, err := w.Contract.ByFile(t.Context(), forged); err != nil || c.Verdict != pades.Revoked || c.Signers[0].Proof.Revoked.IsZero() {
		t.Errorf("sealed by the thief of a revoked key: %+v, %v", c, err)
	}
	trust, err := cert.Trusted(t.Context(), w.DB)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := pades.Check(forged, trust); err != nil || r.Verdict != pades.Revoked {
		t.Errorf("on the command line: verdict %d, %v", r.Verdict, err)
	}
}

// accepted lets pdfsig, qpdf and openssl judge a contract, whose seal they trust by the root.
func accepted(t *testing.T, file, root []byte) {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		return string(out)
	}
	write("contract.pdf", file)
	write("root.pem", root)
	if err := os.Mkdir(filepath.Join(dir, "nss"), 0o700); err != nil {
		t.Fatal(err)
	}
	run("certutil", "-N", "-d", "sql:nss", "--empty-password")
	run("certutil", "-A", "-d", "sql:nss", "-n", "root", "-t", "C,C,C", "-i", "root.pem")
	out := run("pdfsig", "-nssdir", "sql:nss", "contract.pdf")
	_, second, _ := strings.Cut(out, "Signature #2")
	if strings.Count(out, "Signature is Valid.") != 2 || !strings.Contains(second, "Certificate is Trusted.") {
		t.Errorf("pdfsig says\n%s", out)
	}
	run("qpdf", "--check", "contract.pdf")
	open := bytes.LastIndex(file, []byte("/Contents<")) + len("/Contents")
	end := open + bytes.IndexByte(file[open:], '>') + 1
	der, err := hex.DecodeString(string(file[open+1 : end-1]))
	if err != nil {
		t.Fatal(err)
	}
	write("signature.der", bytes.TrimRight(der, "\x00"))
	report, err := pades.Check(file, pades.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	covers := report.Signatures[1].Covers
	write("content", append(bytes.Clone(file[:covers[1]]), file[covers[2]:covers[2]+covers[3]]...))
	run("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature.der", "-content", "content", "-CAfile", "root.pem", "-purpose", "any", "-out", "verified")
}
