package web_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
)

// mutations is how many bytes of each region the tests flip.
const mutations = 60

// What the check page calls a file that is not as it was signed.
var (
	intact  = contract.Conclusions[pades.Intact]
	differs = "但它与本系统保存的文件不同"
	named   = []string{contract.Conclusions[pades.Altered], contract.Conclusions[pades.Damaged], contract.Conclusions[pades.Changed],
		contract.Conclusions[pades.Unchecked], "不完整或已损坏", "这不是 PDF 文件", "没有电子签名，也不是本系统保存的合同"}
)

// concludedFile is a sealed contract, and the same before anybody signed.
func concludedFile(s *site) (file, base []byte) {
	s.t.Helper()
	_, d := s.Conclude()
	file, err := s.Contract.File(d)
	s.must(err)
	return file, file[:bytes.Index(file, []byte("%%EOF"))+len("%%EOF\n")]
}

// finds uploads a file to the check page, which must say one of the sentences and
// never that all is well. It returns what can be read.
func finds(t *testing.T, v browser, what string, file []byte, sentences ...string) string {
	t.Helper()
	body := v.upload(link.Check, contract.FieldFile, file).Body
	if strings.Contains(body, intact) {
		t.Errorf("%s: %s", what, intact)
	}
	if !slices.ContainsFunc(sentences, func(s string) bool { return strings.Contains(body, s) }) {
		t.Errorf("%s: none of %q\n%s", what, sentences, page{Body: body}.text())
	}
	return page{Body: body}.text()
}

func TestTheCheckPageFindsEveryFlippedByte(t *testing.T) {
	s := open(t)
	file, _ := concludedFile(s)
	report, err := pades.Check(file, pades.Trust{Self: s.Cert.Roots()})
	s.must(err)
	v, chance := s.visitor(), rand.New(rand.NewPCG(1, 2))
	flip := func(at int) []byte {
		b := bytes.Clone(file)
		b[at] ^= 1 << chance.IntN(7)
		return b
	}
	last := report.Signatures[len(report.Signatures)-1].Covers
	for range mutations {
		at := chance.IntN(last[1])
		if inContents(report, at) {
			continue
		}
		finds(t, v, fmt.Sprintf("signed byte %d", at), flip(at), named...)
	}
	for range mutations / 2 { // the signatures' own room, and what follows them
		at := last[1] + chance.IntN(len(file)-last[1])
		finds(t, v, fmt.Sprintf("byte %d", at), flip(at), append([]string{differs, contract.Conclusions[pades.Unvouched], contract.Conclusions[pades.Revoked]}, named...)...)
	}
}

// inContents tells whether a byte lies in the room of a signature, which it does not cover.
func inContents(report pades.Report, at int) bool {
	return slices.ContainsFunc(report.Signatures, func(s pades.Signature) bool { return at >= s.Covers[1] && at < s.Covers[2] })
}

func TestTheCheckPageFindsWhatWasCutOff(t *testing.T) {
	s := open(t)
	file, base := concludedFile(s)
	v := s.visitor()
	for i := range mutations / 3 {
		cut := len(base)/2 + i*(len(file)-len(base)/2)/(mutations/3)
		finds(t, v, fmt.Sprintf("cut at %d of %d", cut, len(file)), file[:cut], named...)
	}
	finds(t, v, "more bytes at the end", append(bytes.Clone(file), "<script>"...), contract.Conclusions[pades.Damaged])
}

var trailer = regexp.MustCompile(`(/Info \d+ 0 R)/Prev \d+(/Root \d+ 0 R/Size \d+)>>\nstartxref\n(\d+)\n%%EOF\n$`)

// appended adds a revision that replaces an object, as an editor does.
func appended(t *testing.T, file []byte, number int, object string) []byte {
	t.Helper()
	m := trailer.FindSubmatch(file)
	if m == nil {
		t.Fatal("no trailer")
	}
	at := len(file)
	b := fmt.Appendf(bytes.Clone(file), "%d 0 obj\n%s\nendobj\n", number, object)
	table := len(b)
	return fmt.Appendf(b, "xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n", number, at, m[1], m[2], m[3], table)
}

// disputed adds a revision in which some readers find the object, while others find the one that was there before.
func disputed(t *testing.T, file []byte, number int, object string) []byte {
	t.Helper()
	before := bytes.LastIndex(file, fmt.Appendf(nil, "\n%d 0 obj", number)) + 1
	plain := appended(t, file, number, object)
	row := fmt.Appendf(nil, "%010d 00000 n \n", len(file))
	return bytes.Replace(plain, row, fmt.Appendf(nil, "%010d 00000 n\n", before), 1)
}

// latest returns number and text of the newest object that has the words.
func latest(t *testing.T, file []byte, words string) (number int, object string) {
	t.Helper()
	all := regexp.MustCompile(`(?s)\n(\d+) 0 obj\n(<<.*?)\nendobj`).FindAllSubmatch(file, -1)
	for _, m := range slices.Backward(all) {
		if strings.Contains(string(m[2]), words) {
			number, err := strconv.Atoi(string(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			return number, string(m[2])
		}
	}
	t.Fatalf("no object with %s", words)
	return 0, ""
}

func TestTheCheckPageFindsEveryAppendedChange(t *testing.T) {
	s := open(t)
	file, _ := concludedFile(s)
	replaced := func(words, old, another string) []byte {
		n, object := latest(t, file, words)
		changed := strings.Replace(object, old, another, 1)
		if changed == object {
			t.Fatalf("%s has no %s", words, old)
		}
		return appended(t, file, n, changed)
	}
	signature, _ := latest(t, file, "/Contents<")
	cases := map[string][]byte{
		"another text in place of a page": appended(t, file, contentOf(t, file), "<</Length 0>>\nstream\n\nendstream"),
		"no signature any more":           appended(t, file, signature, "null"),
		"an action on opening":            replaced("/DSS", "/Pages", "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Pages"),
		"another title":                   replaced("/Creator", "/Title", "/Title(other)/Before"),
		"another size of page":            replaced("/MediaBox", "/MediaBox", "/MediaBox[0 0 595 100]/Before"),
		"no signature fields":             replaced("/Fields", "/Fields", "/Fields[]/Before"),
	}
	v := s.visitor()
	for _, what := range slices.Sorted(maps.Keys(cases)) {
		if said := finds(t, v, what, cases[what], named...); strings.Contains(said, "乙方（劳动者）签名 "+contract.VerdictLabels[pades.Intact]) {
			t.Errorf("%s: the worker's signature is called valid\n%s", what, said)
		}
	}
}

func TestTheCheckPageSaysWhatWasChanged(t *testing.T) {
	s := open(t)
	file, base := concludedFile(s)
	report, err := pades.Check(file, pades.Trust{Self: s.Cert.Roots()})
	s.must(err)
	v := s.visitor()
	replaced := func(words, old, another string) []byte {
		n, object := latest(t, file, words)
		return appended(t, file, n, strings.Replace(object, old, another, 1))
	}
	worker, seal := report.Signatures[0], report.Signatures[1]
	moved := bytes.Clone(file) // the worker's signature in the seal's place
	room := moved[seal.Covers[1]+1 : seal.Covers[2]-1]
	copy(room, bytes.Repeat([]byte("0"), len(room)))
	copy(room, file[worker.Covers[1]+1:worker.Covers[2]-1])
	shorter := bytes.Replace(file, fmt.Appendf(nil, "[0 %d ", seal.Covers[1]), fmt.Appendf(nil, "[0 %d ", seal.Covers[1]-1), 1)
	swapped := bytes.Replace(file, fmt.Appendf(nil, "/ByteRange[0 %d %d %d", seal.Covers[1], seal.Covers[2], seal.Covers[3]),
		fmt.Appendf(nil, "/ByteRange[0 %d %d %d", worker.Covers[1], worker.Covers[2], worker.Covers[3]), 1)
	noise := bytes.Clone(file)
	copy(noise[seal.Covers[1]+1:], strings.Repeat("f", 64))
	for what, c := range map[string]struct {
		file []byte
		says string
	}{
		"another text":       {appended(t, file, contentOf(t, file), "<</Length 0>>\nstream\n\nendstream"), "页页面内容被改动"},
		"a text for some":    {disputed(t, file, contentOf(t, file), "<</Length 0>>\nstream\n\nendstream"), "不同的阅读软件可能显示不同的内容"},
		"a covering note":    {replaced("/MediaBox", "/Annots[", "/Annots[<</Type/Annot/Subtype/FreeText/Rect[0 0 500 500]/DA(/F 9 Tf)/Contents(1000)>> "), "页增加、删除或修改了批注"},
		"another size":       {replaced("/MediaBox", "/MediaBox", "/MediaBox[0 0 595 100]/Before"), "页页面的大小"},
		"a page fewer":       {replaced("/Kids[", "/Kids[", "/Kids[] /Before["), "页面被增加、删除或调换"},
		"a script":           {replaced("/DSS", "/Pages", "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Pages"), "增加或修改了脚本"},
		"another title":      {replaced("/Creator", "/Title", "/Title(other)/Before"), "文件属性被改动"},
		"no form":            {replaced("/Fields", "/Fields", "/Fields[]/Before"), "没有电子签名"},
		"a byte of text":     {flipped(file, bytes.Index(file, []byte("stream\n"))+20), "与签名时的内容不一致"},
		"a moved signature":  {moved, "与签名时的内容不一致"},
		"another kind":       {bytes.ReplaceAll(file, []byte("ETSI.CAdES.detached"), []byte("ETSI.XAdES.detached")), "签名的格式或算法不是本系统能够核验的"},
		"a noise signature":  {noise, "签名的数据已损坏"},
		"a narrower cover":   {shorter, "签名的范围可能被改动"},
		"two equal covers":   {swapped, "签名的范围可能被改动"},
		"a tail":             {append(bytes.Clone(file), "<html>"...), "末尾被附加了内容"},
		"half the last part": {file[:len(file)-300], "最后保存的部分被截断"},
		"parts of two files": {append(append(bytes.Clone(base), "\n\n\n"...), file[len(base):]...), "不完整或已损坏"},
	} {
		finds(t, v, what, c.file, c.says)
	}
}

func TestMoreDataForCheckingIsAllowedAndNamed(t *testing.T) {
	s := open(t)
	file, _ := concludedFile(s)
	more, err := pades.AddDSS(file, pades.DSS{Certs: [][]byte{s.Cert.Root().Raw}})
	s.must(err)
	v := s.visitor()
	v.upload(link.Check, contract.FieldFile, more).shows(t, 200, differs, "只附加了供长期核验")
	v.upload(link.Check, contract.FieldFile, file).shows(t, 200, intact, "证书序列号", "签名时的整个文件", "没有吊销", "劳契自签发证书机构")
}

func flipped(file []byte, at int) []byte {
	b := bytes.Clone(file)
	b[at] ^= 1
	return b
}

func TestAForeignSignerIsMaskedAndNoPartyOfAContract(t *testing.T) {
	s := open(t)
	_, base := concludedFile(s)
	stranger, err := pki.New("测试办公室", s.Now())
	s.must(err)
	key, err := pki.NewKey()
	s.must(err)
	c, err := stranger.IssuePerson(pki.Person{Name: "041@欧阳建国@330106199203154417"}, key.Public(), pki.Terms{Now: s.Now(), Until: s.Now().AddDate(1, 0, 0)})
	s.must(err)
	file, err := pades.Sign(base, pades.Request{Field: pdf.FieldWorker, Signer: key, Chain: stranger.Chain(c), Time: s.Now()})
	s.must(err)
	p := s.visitor().upload(link.Check, contract.FieldFile, file)
	p.shows(t, 200, contract.Conclusions[pades.Unvouched], "签名 1", "本系统不认识", "没有可信时间戳")
	for _, private := range []string{"3301061992", "154417", "建国", "乙方（劳动者）签名"} {
		if strings.Contains(p.Body, private) {
			t.Errorf("the page says %s", private)
		}
	}
}

// contentOf is the number of a page's content stream.
func contentOf(t *testing.T, file []byte) int {
	t.Helper()
	_, object := latest(t, file, "/MediaBox")
	m := regexp.MustCompile(`/Contents ?\[(?:\d+ 0 R ?)*?(\d+) 0 R ?\]`).FindStringSubmatch(object)
	if m == nil {
		t.Fatal(object)
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheCheckPageKnowsAForeignAuthority(t *testing.T) {
	s := open(t)
	file, base := concludedFile(s)
	stranger, err := pki.New("测试办公室", s.Now()) // by the same name
	s.must(err)
	both := base
	for _, field := range []string{pdf.FieldWorker, pdf.FieldSeal} {
		both = signedBy(s, stranger, both, field)
	}
	v, unvouched := s.visitor(), contract.Conclusions[pades.Unvouched]
	finds(t, v, "both signed anew", both, unvouched)
	worker := file[:endOfRevision(file, 2)]
	finds(t, v, "sealed anew", signedBy(s, stranger, worker, pdf.FieldSeal), unvouched)
	v.upload(link.Check, contract.FieldFile, signedBy(s, stranger, worker, pdf.FieldSeal)).shows(t, 200, "不能确认第 2 个签名是谁签的", "本系统没有保存这个文件")
	v.upload(link.Check, contract.FieldFile, worker).shows(t, 200, "合同签署完成之前的版本")
	v.upload(link.Check, contract.FieldFile, base).shows(t, 200, "合同签署之前的版本，文件中没有签名", fmt.Sprintf("%x", sha256.Sum256(base)))
}

func endOfRevision(file []byte, n int) (end int) {
	for range n {
		end += bytes.Index(file[end:], []byte("%%EOF\n")) + len("%%EOF\n")
	}
	return end
}

// signedBy signs a field in the name of the sample worker by an authority of one's own.
func signedBy(s *site, a *pki.Authority, file []byte, field string) []byte {
	s.t.Helper()
	key, err := pki.NewKey()
	s.must(err)
	sample, _ := demo.Find(demo.WorkerA)
	c, err := a.IssuePerson(pki.Person{Name: sample.Name, Reference: "1"}, key.Public(), pki.Terms{Now: s.Now(), Until: s.Now().AddDate(1, 0, 0)})
	s.must(err)
	signer := cms.Signer{Key: key, Chain: a.Chain(c)}
	signed, err := pades.Sign(file, pades.Request{Field: field, Signer: signer.Key, Chain: signer.Chain, TSA: a.TSA(s.Now), Name: sample.Name, Time: s.Now()})
	s.must(err)
	return signed
}
