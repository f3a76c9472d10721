package evidence

import (
	"archive/zip"
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"slices"

	"laoqi/app"
)

// A file of the package.
type file struct {
	name, title string
	content     []byte
}

const (
	contractFile = "contract.pdf"
	rootFile     = "root.pem"
	sumsFile     = "SHA256SUMS"
	guideFile    = "核验说明.txt"
	reportFile   = "证据报告.pdf"
)

// write packs all files; SHA256SUMS lists the others.
func (c collection) write(w io.Writer) error {
	files := c.files()
	report, err := c.readable(files)
	if err != nil {
		return err
	}
	files = append(files, file{name: reportFile, content: report}, file{name: guideFile, content: c.guide()})
	var sums bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&sums, "%s  %s\n", sum(f.content), f.name)
	}
	z := zip.NewWriter(w)
	for _, f := range append(files, file{name: sumsFile, content: sums.Bytes()}) {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: c.madeAt.In(app.Zone)})
		if err != nil {
			return err
		}
		if _, err := entry.Write(f.content); err != nil {
			return err
		}
	}
	return z.Close()
}

// files are what the evidence consists of, without the report and the guide to it.
func (c collection) files() []file {
	files := []file{{contractFile, "合同文件", c.file}}
	for _, t := range c.texts {
		files = append(files, file(t))
	}
	for _, p := range c.proofs {
		files = append(files, file{p.name + ".p7s", p.title + "（CMS 签名）", p.der}, file{p.name + ".tst", p.title + "的时间戳", p.token},
			file{p.name + ".pem", p.title + "的证书", inPEM("CERTIFICATE", p.signer.Raw)})
		switch {
		case !p.imported():
			files = append(files, file{p.name + ".ors", p.title + "的证书是否吊销", p.answer})
		case len(p.above) > 0:
			files = append(files, file{p.name + issuersEnd, p.title + "的证书的签发机构", allInPEM(p.above)})
		}
	}
	for _, t := range c.stamps {
		files = append(files, file{t.name + ".tst", "合同文件的时间戳", t.token})
	}
	files = append(files, file{rootFile, "根证书", inPEM("CERTIFICATE", c.trust.own.cert.Raw)}, file{"issuing.pem", "签发证书", inPEM("CERTIFICATE", c.issuing.Raw)},
		file{"tsa.pem", "时间戳证书", c.authorities()})
	for _, r := range c.trust.outside {
		files = append(files, file{r.name, "外部时间戳服务的根证书", inPEM("CERTIFICATE", r.cert.Raw)})
	}
	for i, s := range c.stretches {
		files = append(files, file{chainName(i) + ".txt", "审计链节选", s.text}, file{chainName(i) + ".tst", "审计链的时间戳", s.anchor.Token})
	}
	return append(files, c.eventFiles()...)
}

func (c collection) eventFiles() (files []file) {
	for _, e := range c.events {
		files = append(files, file{eventName(e.ID), kinds[e.Kind], e.text()})
		if e.detail != nil {
			files = append(files, file{"details/" + itoa(e.ID) + ".txt", kinds[e.Kind] + "的网络地址和设备", e.detail})
		}
	}
	return files
}

// issuersEnd ends the name of the file with the certificates above an imported one.
const issuersEnd = "-issuers.pem"

func allInPEM(certs []*x509.Certificate) (all []byte) {
	for _, c := range certs {
		all = append(all, inPEM("CERTIFICATE", c.Raw)...)
	}
	return all
}

// authorities are the certificates of the timestamps, each once.
func (c collection) authorities() []byte {
	var known []*x509.Certificate
	add := func(tsa *x509.Certificate) {
		if !slices.ContainsFunc(known, tsa.Equal) {
			known = append(known, tsa)
		}
	}
	for _, p := range c.proofs {
		add(p.tsa)
	}
	for _, t := range c.stamps {
		add(t.tsa)
	}
	return allInPEM(known)
}

func inPEM(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func chainName(i int) string { return "chain-" + itoa(int64(i+1)) }

func eventName(id int64) string { return "events/" + itoa(id) + ".txt" }
