package boot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/contract"
	"laoqi/app/pdf/pades"
)

var (
	errNotIntact = errors.New("核验未通过")
	errUnvouched = errors.New("没有认识的机构担保签署人的身份")
)

// checkFile is the check page for the command line: nothing is masked, since who
// has the file has what is in it. Without a data folder nobody is trusted.
func checkFile(ctx context.Context, w World) error {
	if len(w.Args) == 0 || strings.HasPrefix(w.Args[0], "-") {
		return errors.New("name of the file is missing: laoqi check FILE.pdf")
	}
	name := w.Args[0]
	f := flag.NewFlagSet("laoqi check", flag.ContinueOnError)
	f.SetOutput(w.Err)
	data := f.String("data", w.Getenv("LAOQI_DATA"), "data folder of the installation to trust")
	if err := f.Parse(w.Args[1:]); err != nil {
		return err
	}
	file, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	report, err := checkBy(ctx, w.Files, *data, file)
	if err != nil {
		return uncheckable(err)
	}
	fmt.Fprintf(w.Out, "文件：%s（%d 字节）\n指纹（SHA-256）：%x\n结论：%s\n", name, len(file), sha256.Sum256(file), contract.Conclusions[report.Verdict])
	if *data == "" {
		fmt.Fprintln(w.Out, "说明：没有用 -data 指定数据文件夹，只核验签名和内容，不认可任何签发机构。")
	}
	for i := range report.Signatures {
		printSignature(w.Out, report, i)
	}
	for _, one := range report.Stamps {
		printStamp(w.Out, one)
	}
	switch report.Verdict {
	case pades.Intact:
		return nil
	case pades.Unvouched:
		return errUnvouched
	}
	return errNotIntact
}

// checkBy checks a file as an installation would, which may be running, or as nobody.
func checkBy(ctx context.Context, files fs.FS, data string, file []byte) (pades.Report, error) {
	if data == "" {
		return pades.Check(file, pades.Trust{})
	}
	if err := present(data); err != nil {
		return pades.Report{}, err
	}
	db, err := openData(ctx, files, data)
	if err != nil {
		return pades.Report{}, err
	}
	defer db.Close()
	trust, err := cert.Trusted(ctx, db)
	if err != nil {
		return pades.Report{}, err
	}
	return pades.Check(file, trust)
}

func uncheckable(err error) error {
	for known, text := range map[error]string{
		pades.ErrNotPDF: "这不是 PDF 文件", pades.ErrEncrypted: "这个 PDF 加了密码，无法核验",
		pades.ErrBroken: "这个 PDF 不完整或已损坏，无法核验", pades.ErrUnsigned: "这个 PDF 没有电子签名",
	} {
		if errors.Is(err, known) {
			return fmt.Errorf("%s（%w）", text, err)
		}
	}
	return err
}

// printer prints a line of a list.
func printer(w io.Writer) func(label, value string) {
	return func(label, value string) { fmt.Fprintf(w, "  %s：%s\n", label, cmp.Or(value, "未知")) }
}

func printSignature(w io.Writer, r pades.Report, i int) {
	s, line := r.Signatures[i], printer(w)
	fmt.Fprintf(w, "\n签名 %d：%s\n", i+1, contract.VerdictLabels[s.Verdict])
	if s.Signer != nil {
		line("持有人", holder(s.Signer))
		line("签发者", named(s.Signer.Issuer.CommonName, s.Signer.Issuer.Organization))
		line("担保方", contract.SourceLabels[s.Source])
	}
	line("签署时间", signedAt(s))
	line("覆盖范围", covers(s.Verdict, s.WholeFile, "签名"))
	line("之后的改动", changes(s, contract.Followed(r, i)))
	if cause := contract.Cause(s); cause != "" {
		line("发现的问题", fmt.Sprintf("%s（%v）", cause, s.Err))
	}
}

// printStamp tells of a timestamp over the whole file.
func printStamp(w io.Writer, s pades.DocumentStamp) {
	line := printer(w)
	fmt.Fprintf(w, "\n文件时间戳：%s\n", contract.VerdictLabels[s.Verdict])
	if s.Stamp != nil {
		line("时间", s.Stamp.Time.In(app.Zone).Format(time.DateTime))
		line("时间戳", contract.StampedBy(*s.Stamp))
	}
	line("覆盖范围", covers(s.Verdict, s.WholeFile, "加盖"))
	if cause := contract.StampCause(s); cause != "" {
		line("发现的问题", fmt.Sprintf("%s（%v）", cause, s.Err))
	}
}

// holder names a person, or a seal with its enterprise.
func holder(c *x509.Certificate) string {
	return named(c.Subject.CommonName, c.Subject.Organization)
}

func named(name string, organization []string) string {
	if len(organization) == 0 {
		return name
	}
	return name + "（" + strings.Join(organization, "，") + "）"
}

func signedAt(s pades.Signature) string {
	at, proven := s.Time()
	if at.IsZero() {
		return ""
	}
	text := at.In(app.Zone).Format(time.DateTime)
	switch {
	case proven:
		return fmt.Sprintf("%s（时间戳证明：%s）", text, contract.StampedBy(*s.Stamp))
	case s.Stamp != nil:
		return fmt.Sprintf("%s（签署软件记录；时间戳为 %s，但其机构 %s 不被信任）", text, s.Stamp.Time.In(app.Zone).Format(time.DateTime), s.Stamp.Authority.Subject.CommonName)
	}
	return text + "（签署软件记录的时间，没有可信时间戳）"
}

func covers(v pades.Verdict, whole bool, when string) string {
	switch {
	case v == pades.Damaged:
		return ""
	case whole:
		return "整个文件"
	}
	return when + "时的整个文件，不含之后附加的部分"
}

func changes(s pades.Signature, followed string) string {
	switch {
	case s.Verdict == pades.Altered:
		return "被签名的内容已被改动"
	case s.Verdict == pades.Changed:
		return "有，签名之后文件又被改动"
	case s.Verdict == pades.Damaged:
		return ""
	case followed == "":
		return "没有"
	}
	return "没有，" + followed + "（允许附加，不影响签名）"
}
