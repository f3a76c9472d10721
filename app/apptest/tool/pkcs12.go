package tool

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// PKCS12Password is that of every file which PKCS12 makes.
const PKCS12Password = "Zhengshu@2026"

// Authority is what the authority of PKCS12's certificates calls itself.
const Authority = "示例第三方证书机构"

// A Holder is whom the certificate in a PKCS #12 file is for. What is left out is as usual.
type Holder struct {
	Subject    string   // as openssl writes it
	Key        string   // "RSA:2048", "EC:P-384" ...; EC:P-256
	SM2        bool     // instead of Key
	Usage      string   // keyUsage; critical, for signatures
	Extensions []string // further ones, as in openssl's configuration
	From       string   // such as 20250101000000Z; years ago
	Until      string   // in many years
	SelfSigned bool
	Alone      bool // without the certificates above it
	Legacy     bool // encrypted as before OpenSSL 3: RC2 and 3DES
	Keyless    bool
}

// PKCS12 has openssl make a root, an issuing authority and a certificate of the
// holder, and pack them. It returns the file and the root in PEM.
func PKCS12(t testing.TB, h Holder) (file, root []byte) {
	t.Helper()
	Need(t, "openssl")
	b := bench{t, t.TempDir()}
	b.write("ext", "[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n[leaf]\nbasicConstraints=CA:FALSE\nkeyUsage="+
		cmp.Or(h.Usage, "critical,digitalSignature,nonRepudiation")+"\n"+strings.Join(h.Extensions, "\n")+"\n[ca_database]\nnew_certs_dir=.\ndatabase=index\nserial=serial\ndefault_md=sha256\npolicy=any\nunique_subject=no\n[any]\n")
	b.write("index", "")
	b.write("serial", "5A17\n")
	b.request("root", "/C=CN/O="+Authority+"/CN=根证书", "")
	b.certify("root", "ca", h, "-selfsign", "-keyfile", "root.key")
	b.request("issuing", "/C=CN/O="+Authority+"/CN=签发证书", "")
	b.certify("issuing", "ca", h, "-cert", "root.pem", "-keyfile", "root.key")
	b.request("leaf", h.Subject, h.Key)
	switch {
	case h.SelfSigned:
		b.certify("leaf", "leaf", h, "-selfsign", "-keyfile", "leaf.key")
	case h.SM2:
		b.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", "leaf.key")
		b.run("pkey", "-in", "leaf.key", "-pubout", "-out", "leaf.pub")
		b.run("x509", "-req", "-in", "leaf.csr", "-force_pubkey", "leaf.pub", "-CA", "issuing.pem", "-CAkey", "issuing.key", "-CAcreateserial", "-days", "365", "-out", "leaf.pem")
	default:
		b.certify("leaf", "leaf", h, "-cert", "issuing.pem", "-keyfile", "issuing.key")
	}
	export := []string{"pkcs12", "-export", "-in", "leaf.pem", "-out", "leaf.p12", "-passout", "pass:" + PKCS12Password}
	if h.Keyless {
		export = append(export, "-nokeys")
	} else {
		export = append(export, "-inkey", "leaf.key")
	}
	if !h.Alone {
		b.write("above.pem", b.read("issuing.pem")+b.read("root.pem"))
		export = append(export, "-certfile", "above.pem")
	}
	if h.Legacy {
		export = append(export, "-legacy")
	}
	b.run(export...)
	return []byte(b.read("leaf.p12")), []byte(b.read("root.pem"))
}

// A bench is a folder in which openssl works.
type bench struct {
	t   testing.TB
	dir string
}

func (b bench) write(name, content string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name), []byte(content), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

func (b bench) read(name string) string {
	b.t.Helper()
	content, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	return string(content)
}

func (b bench) run(args ...string) {
	b.t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = b.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		b.t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// request makes a key and asks for its certificate.
func (b bench) request(name, subject, key string) {
	b.t.Helper()
	kind, detail, _ := strings.Cut(cmp.Or(key, "EC:P-256"), ":")
	option := map[string]string{"EC": "ec_paramgen_curve:", "RSA": "rsa_keygen_bits:"}[kind]
	b.run("req", "-new", "-utf8", "-newkey", kind, "-pkeyopt", option+detail, "-nodes", "-keyout", name+".key", "-subj", subject, "-out", name+".csr")
}

// certify issues a certificate of the section of the configuration. All of a holder's
// are valid as long as his own, but begin early: the clocks of tests run ahead and behind.
func (b bench) certify(name, section string, h Holder, signer ...string) {
	b.t.Helper()
	b.run(append([]string{"ca", "-config", "ext", "-name", "ca_database", "-batch", "-notext", "-utf8", "-preserveDN", "-in", name + ".csr", "-extensions", section,
		"-startdate", cmp.Or(h.From, "20200101000000Z"), "-enddate", cmp.Or(h.Until, "20400101000000Z"), "-out", name + ".pem"}, signer...)...)
}
