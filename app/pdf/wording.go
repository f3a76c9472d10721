package pdf

import (
	"embed"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed wording/*.txt
var wordingFiles embed.FS

// A part is a part of a document's wording: paragraphs without heading, or a
// heading and its numbered articles.
type part struct {
	heading string
	clauses []clause
}

// A clause is one article or paragraph. Its text names values as 【名称】; it is left
// out unless the fact named by when is so. Where own is set, the enterprise's own
// clauses stand instead.
type clause struct {
	when, text string
	own        bool
	small      bool // small print
}

func (c clause) style() style {
	if c.small {
		return smallStyle
	}
	return bodyStyle
}

// values is what fills a wording in: the values by name, the facts that decide
// which clauses it has, and the enterprise's own clauses.
type values struct {
	texts map[string]string
	facts map[string]bool
	own   []string
}

// wordingOf reads a wording of the program, whose rules contract.txt tells.
func wordingOf(name string) func() []part {
	return sync.OnceValue(func() []part {
		text, err := wordingFiles.ReadFile("wording/" + name + ".txt")
		if err != nil {
			panic("pdf: " + err.Error()) // a fault of the build
		}
		return parseWording(string(text))
	})
}

var (
	contractWording    = wordingOf("contract")
	terminationWording = wordingOf("termination")
	supplementWording  = wordingOf("supplement")
)

func parseWording(text string) []part {
	parts := []part{{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		last := &parts[len(parts)-1]
		switch heading, headed := strings.CutPrefix(line, "# "); {
		case line == "" || strings.HasPrefix(line, "//"):
		case headed:
			parts = append(parts, part{heading: heading})
		default:
			last.clauses = append(last.clauses, parseClause(line))
		}
	}
	return parts
}

func parseClause(line string) clause {
	if line == "@自定条款" {
		return clause{own: true}
	}
	var c clause
	if rest, found := strings.CutPrefix(line, "["); found {
		c.when, line, _ = strings.Cut(rest, "] ")
	}
	c.text, c.small = strings.CutPrefix(line, "~ ")
	return c
}

// spans splits a text into what is printed and the values that its fields name. A
// name that is none is printed as it stands.
func spans(text string, v values) (list []span) {
	for {
		before, rest, found := strings.Cut(text, "【")
		list = append(list, span{text: before})
		if !found {
			return list
		}
		name, after, _ := strings.Cut(rest, "】")
		if value, known := v.texts[strings.TrimSpace(name)]; known {
			list = append(list, span{text: value, field: true})
		} else {
			list = append(list, span{text: "【" + name + "】"})
		}
		text = after
	}
}

// chosen leaves out the clauses whose facts are not so, and parts without clauses;
// it puts the enterprise's own clauses in their place.
func chosen(wording []part, v values) (list []part) {
	for _, p := range wording {
		var clauses []clause
		for _, c := range p.clauses {
			switch {
			case c.own:
				for _, text := range v.own {
					clauses = append(clauses, clause{text: ownParagraphs(text)})
				}
			case c.when == "" || v.facts[c.when]:
				clauses = append(clauses, c)
			}
		}
		if clauses != nil {
			list = append(list, part{p.heading, clauses})
		}
	}
	return list
}

var fieldNames = regexp.MustCompile("【.*?】")

// printed collects the characters of a wording, and those of every document.
func printed(wording []part) (regular, bold string) {
	regular, bold = "编号核验码：第页　共签署时间以电子签名所附的戳为准。", "第一二三四五六七八九十条、　甲乙方（盖章签名）："
	for r := ' '; r <= '~'; r++ {
		regular += string(r)
	}
	for _, p := range wording {
		bold += p.heading
		for _, c := range p.clauses {
			regular += fieldNames.ReplaceAllString(c.text, "")
		}
	}
	return regular, bold
}

// ownFields are the values that an enterprise's own clauses may name. None of them
// is ever empty.
var ownFields = []string{"单位名称", "姓名", "证件号码", "岗位", "工作地点", "合同起始日期", "合同期限", "试用期", "月工资", "发薪日"}

// OwnFields lists what an enterprise's own clauses may name as 【名称】.
func OwnFields() []string { return slices.Clone(ownFields) }

// FillOwn returns an own clause as the contract prints it, with what the filing
// states in the place of its fields. What is not stated yet stays 【名称】.
func FillOwn(text string, d ContractDoc) string {
	known := contractTexts(d)
	if d.Terms.PayDay == 0 {
		delete(known, "发薪日")
	}
	if d.Terms.Kind == "" {
		delete(known, "合同期限")
		delete(known, "试用期")
	}
	return fieldNames.ReplaceAllStringFunc(text, func(field string) string {
		name := strings.TrimSpace(strings.Trim(field, "【】"))
		if value := known[name]; value != "" && slices.Contains(ownFields, name) {
			return value
		}
		return field
	})
}

// CheckOwn returns the names in an own clause that are none of OwnFields, each
// once, and whether a bracket lacks its other half.
func CheckOwn(text string) (unknown []string, unpaired bool) {
	for {
		before, rest, found := strings.Cut(text, "【")
		if strings.Contains(before, "】") {
			unpaired = true
		}
		if !found {
			return unknown, unpaired
		}
		name, after, closed := strings.Cut(rest, "】")
		if !closed || strings.Contains(name, "【") {
			unpaired, text = true, rest
			continue
		}
		if name = strings.TrimSpace(name); !slices.Contains(ownFields, name) && !slices.Contains(unknown, name) {
			unknown = append(unknown, name)
		}
		text = after
	}
}

// chinese writes a number from 1 to 99 in Chinese numerals.
func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	text := ""
	if n >= 20 {
		text = string(digits[n/10])
	}
	if n >= 10 {
		text += "十"
	}
	if n%10 > 0 {
		text += string(digits[n%10])
	}
	return text
}

// oneParagraph joins the lines of a value that stands inside a sentence.
func oneParagraph(s string) string {
	return strings.TrimRight(strings.Join(strings.Fields(s), " "), "。.；;、，, ")
}

// ownParagraphs keeps the lines of a value, without empty ones.
func ownParagraphs(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
