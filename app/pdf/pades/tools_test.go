package pades_test

import (
	"bytes"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app/apptest/tool"
	"laoqi/app/pdf/pades"
)

// A bench is a directory in which foreign tools work.
type bench struct {
	t   *testing.T
	dir string
}

// newBench skips the test where a tool is missing; in CI it fails.
func newBench(t *testing.T, tools ...string) bench {
	t.Helper()
	tool.Need(t, tools...)
	return bench{t, t.TempDir()}
}

func (b bench) write(name string, content []byte) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name), content, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// run returns all that a tool said, and whether it was content.
func (b bench) run(name string, args ...string) (string, bool) {
	cmd := exec.Command(name, args...)
	cmd.Dir = b.dir
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}

func (b bench) must(name string, args ...string) string {
	b.t.Helper()
	out, ok := b.run(name, args...)
	if !ok {
		b.t.Fatalf("%s %s:\n%s", name, strings.Join(args, " "), out)
	}
	return out
}

// trust makes an NSS database that trusts the office's root, and a PEM file of it.
func (b bench) trust(o *office) {
	b.t.Helper()
	root := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: o.authority.Root().Raw})
	b.write("root.pem", root)
	if err := os.Mkdir(filepath.Join(b.dir, "nss"), 0o700); err != nil {
		b.t.Fatal(err)
	}
	b.must("certutil", "-N", "-d", "sql:nss", "--empty-password")
	b.must("certutil", "-A", "-d", "sql:nss", "-n", "root", "-t", "C,C,C", "-i", "root.pem")
}

func TestPdfsigTrustsBothSignatures(t *testing.T) {
	b, o := newBench(t, "pdfsig", "certutil"), newOffice(t)
	b.trust(o)
	for name, pdf := range map[string][]byte{"table": o.concluded(t), "stream": o.concludedStream(t)} {
		b.write(name+".pdf", pdf)
		out := b.must("pdfsig", "-nssdir", "sql:nss", name+".pdf")
		for text, times := range map[string]int{
			"Signature is Valid.": 2, "Certificate is Trusted.": 2, "ETSI.CAdES.detached": 2, "SHA-256": 2,
			"Total document signed": 1, "Not total document signed": 1, "张䶮": 2, "合同专用章": 2,
		} {
			if strings.Count(out, text) < times {
				t.Errorf("%s: pdfsig does not say %q %d times:\n%s", name, text, times, out)
			}
		}
	}
}

func TestPdfsigFindsAFlippedByte(t *testing.T) {
	b, o := newBench(t, "pdfsig", "certutil"), newOffice(t)
	b.trust(o)
	pdf := o.concluded(t)
	pdf[bytes.Index(pdf, []byte("page 3"))+5] = '8'
	b.write("flipped.pdf", pdf)
	out, _ := b.run("pdfsig", "-nssdir", "sql:nss", "flipped.pdf")
	if strings.Count(out, "Digest Mismatch") != 2 {
		t.Errorf("pdfsig finds nothing:\n%s", out)
	}
}

func TestQpdfFindsNoFaultInAnyRevision(t *testing.T) {
	b, o := newBench(t, "qpdf"), newOffice(t)
	for name, pdf := range map[string][]byte{
		"unsigned.pdf": contract{pages: 4}.build(), "concluded.pdf": o.concluded(t), "stream.pdf": o.concludedStream(t),
		"dss.pdf": o.withDSS(t, o.concluded(t), o.now), "dss-stream.pdf": o.withDSS(t, o.concludedStream(t), o.now),
	} {
		b.write(name, pdf)
		if out := b.must("qpdf", "--check", name); !strings.Contains(out, "No syntax or stream encoding errors found") {
			t.Errorf("%s: %s", name, out)
		}
	}
}

// changesScript asks MuPDF for the first revision with a change that its predecessors' signatures do not allow; 0 is none.
const changesScript = "print('changed at', new PDFDocument(scriptArgs[0]).validateChangeHistory())"

func TestMupdfAcceptsBothSignaturesAndEveryChangeBetweenThem(t *testing.T) {
	b, o := newBench(t, "mutool"), newOffice(t)
	b.write("changes.js", []byte(changesScript))
	concluded := o.concluded(t)
	for name, pdf := range map[string][]byte{"concluded.pdf": concluded, "dss.pdf": o.withDSS(t, concluded, o.now)} {
		b.write(name, pdf)
		if out := b.must("mutool", "run", "changes.js", name); !strings.Contains(out, "changed at 0") {
			t.Errorf("%s: mutool finds a change that is not allowed: %s", name, out)
		}
	}
	out, _ := b.run("mutool", "sign", "-v", "concluded.pdf")
	if !strings.Contains(out, "The signature is valid but there have been edits since signing.") ||
		!strings.Contains(out, "The document is unchanged since signing.") {
		t.Errorf("mutool says:\n%s", out)
	}
}

func TestOpenSSLAcceptsTheSignatureAndTheTimestampInIt(t *testing.T) {
	b, o := newBench(t, "openssl"), newOffice(t)
	b.write("root.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: o.authority.Root().Raw}))
	pdf := o.concluded(t)
	open := bytes.LastIndex(pdf, []byte("/Contents<")) + len("/Contents")
	end := open + bytes.IndexByte(pdf[open:], '>') + 1
	der := make([]byte, (end-open)/2-1)
	if _, err := hex.Decode(der, pdf[open+1:end-1]); err != nil {
		t.Fatal(err)
	}
	var message asn1.RawValue
	if _, err := asn1.Unmarshal(der, &message); err != nil {
		t.Fatal(err)
	}
	t.Logf("the signature takes %d bytes", len(message.FullBytes))
	b.write("signature.der", message.FullBytes)
	b.write("content", append(bytes.Clone(pdf[:open]), pdf[end:]...))
	b.must("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature.der", "-content", "content",
		"-CAfile", "root.pem", "-purpose", "any", "-out", "verified")
	out := b.must("openssl", "asn1parse", "-inform", "DER", "-in", "signature.der")
	if !strings.Contains(out, "id-smime-aa-timeStampToken") || strings.Count(out, ":signingTime") != 0 {
		t.Errorf("attributes:\n%s", out)
	}
}

func TestPdftoppmDrawsTheSealAndItsSlices(t *testing.T) {
	b, o := newBench(t, "pdftoppm"), newOffice(t)
	b.write("unsigned.pdf", contract{pages: 4}.build())
	b.write("sealed.pdf", o.concluded(t))
	for _, name := range []string{"unsigned", "sealed"} {
		b.must("pdftoppm", "-r", "40", name+".pdf", name)
	}
	for _, page := range []string{"1", "2", "3", "4"} {
		plain, sealed := b.red("unsigned-"+page+".ppm"), b.red("sealed-"+page+".ppm")
		if plain != 0 || sealed == 0 {
			t.Errorf("page %s: %d red dots, sealed %d", page, plain, sealed)
		}
	}
}

// red counts the red dots of a binary PPM picture.
func (b bench) red(name string) (n int) {
	picture, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	header := bytes.SplitN(picture, []byte("\n"), 4)
	for dots := header[3]; len(dots) >= 3; dots = dots[3:] {
		if dots[0] > 150 && dots[1] < 90 && dots[2] < 90 {
			n++
		}
	}
	return n
}

// concludedStream is concluded over a file whose cross-references and objects are in streams, as qpdf writes it.
func (o *office) concludedStream(t *testing.T) []byte {
	t.Helper()
	b := newBench(t, "qpdf")
	b.write("in.pdf", contract{pages: 4}.build())
	b.must("qpdf", "--object-streams=generate", "in.pdf", "out.pdf")
	pdf, err := os.ReadFile(filepath.Join(b.dir, "out.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	return sign(t, pdf, o.workerRequest(), o.sealRequest())
}

func TestAFileWithObjectStreamsIsSignedAndCheckedToo(t *testing.T) {
	o := newOffice(t)
	pdf := o.withDSS(t, o.concludedStream(t), o.now)
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Intact, pades.Intact, pades.Intact)
}
