package web_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"laoqi/app/apptest"
	"laoqi/app/apptest/tsa"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/pdf/pades"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
)

// stampedBy adds a timestamp over the whole file.
func stampedBy(s *site, file []byte, by cms.TSA) []byte {
	s.t.Helper()
	out, err := pades.AddTimestamp(file, pades.DSS{}, by, 0)
	s.must(err)
	return out
}

func TestTheCheckPageTellsWhatATimestampOverTheFileIsWorth(t *testing.T) {
	s := open(t)
	file, _ := concludedFile(s)
	stamped := stampedBy(s, file, s.Cert.TSA())
	report, err := pades.Check(stamped, pades.Trust{Self: s.Cert.Roots()})
	s.must(err)
	covers := report.Stamps[0].Covers
	with := func(token []byte) []byte {
		b := bytes.Clone(stamped)
		copy(b[covers[1]+1:], fmt.Appendf(nil, "%x", token))
		return b
	}
	elsewhere, err := s.Cert.TSA()(make([]byte, 32))
	s.must(err)
	stranger, err := pki.New("测试办公室", s.Now())
	s.must(err)
	blank := "<</Length 0>>\nstream\n\nendstream"
	v := s.visitor()
	for what, c := range map[string]struct {
		file []byte
		says []string
	}{
		"ours":                   {stamped, []string{differs, "只附加了供长期核验的时间戳", "文件时间戳 有效", "文件和其中 2 个签名", "本系统自签发"}},
		"two of them":            {stampedBy(s, stamped, s.Cert.TSA()), []string{differs, "加盖时的整个文件", "整个文件，"}},
		"a stranger's":           {stampedBy(s, file, stranger.TSA(s.Now)), []string{differs, "文件时间戳 身份不明", "劳契自签发时间戳，本系统不认识"}},
		"another file's":         {with(elsewhere), []string{contract.Conclusions[pades.Altered], "时间戳与它覆盖的内容不符", "文件时间戳 无效"}},
		"noise":                  {with([]byte(strings.Repeat("\xff", 64))), []string{contract.Conclusions[pades.Altered], "时间戳与它覆盖的内容不符"}},
		"with a narrower cover":  {bytes.Replace(stamped, fmt.Appendf(nil, "[0 %d ", covers[1]), fmt.Appendf(nil, "[0 %d ", covers[1]-1), 1), []string{contract.Conclusions[pades.Damaged], "签名的范围可能被改动"}},
		"over a changed page":    {stampedBy(s, appended(t, file, contentOf(t, file), blank), s.Cert.TSA()), []string{contract.Conclusions[pades.Changed], "页面内容被改动", "文件时间戳 有效"}},
		"under a changed page":   {appended(t, stamped, contentOf(t, stamped), blank), []string{contract.Conclusions[pades.Changed], "时间戳之后第 ", "文件时间戳 之后被改动"}},
		"with a tail":            {append(bytes.Clone(stamped), "<html>"...), []string{contract.Conclusions[pades.Damaged], "末尾被附加了内容"}},
		"cut off":                {stamped[:len(stamped)-100], []string{contract.Conclusions[pades.Damaged], "最后保存的部分被截断"}},
		"without its last bytes": {stamped[:len(file)+200], []string{contract.Conclusions[pades.Damaged]}},
	} {
		said := finds(t, v, what, c.file, c.says[0])
		for _, words := range c.says[1:] {
			if !strings.Contains(said, words) {
				t.Errorf("%s: nothing of %q\n%s", what, words, said)
			}
		}
	}
	v.upload(link.Check, contract.FieldFile, stamped[:len(file)]).shows(t, 200, intact)
}

func TestTheHallAndTheCheckPageSayThatTheAuthorityOutsideIsAwayUntilItAnswers(t *testing.T) {
	a := tsa.Start(t, 30)
	s := openIn(t, apptest.Stamped(t, a))
	a.Fail(tsa.Down)
	_, d := s.Conclude()
	clerk, v := s.as(demo.Agent), s.visitor()
	const note, stoodIn = "外部时间戳服务暂时不可用，1 份文件的时间戳暂由本系统自签发", "本系统自签发（外部时间戳服务当时不可用）"
	clerk.get(link.Hall).shows(t, 200, note)
	clerk.get(link.HallContracts).shows(t, 200, note)
	v.get(link.To(link.CheckCode, d.CheckCode)).shows(t, 200, intact, stoodIn)
	a.Mend()
	s.Rest()
	s.Until("the timestamp over the file", func() bool {
		s.Wait(time.Minute)
		n, err := s.Contract.StampsOwed(t.Context(), s.clerk.Enterprise)
		return err == nil && n == 0
	})
	if body := clerk.get(link.Hall).Body; strings.Contains(body, "外部时间戳服务") {
		t.Error("the hall still says that the authority is away")
	}
	v.get(link.To(link.CheckCode, d.CheckCode)).shows(t, 200, intact, stoodIn, "文件时间戳", tsa.Name, tsa.Issuer)
}

func TestTheCheckPageFindsEveryFlippedByteUnderATimestamp(t *testing.T) {
	s := open(t)
	file, _ := concludedFile(s)
	stamped := stampedBy(s, file, s.Cert.TSA())
	report, err := pades.Check(stamped, pades.Trust{Self: s.Cert.Roots()})
	s.must(err)
	v, chance, covers := s.visitor(), rand.New(rand.NewPCG(3, 4)), report.Stamps[0].Covers
	for range mutations {
		at := len(file) + chance.IntN(len(stamped)-len(file))
		if at >= covers[1] && at < covers[2] {
			continue
		}
		b := bytes.Clone(stamped)
		b[at] ^= 1 << chance.IntN(7)
		finds(t, v, fmt.Sprintf("byte %d", at), b, named...)
	}
}
