package pdf

import "strings"

// A part is a headed part of a document's wording.
type part struct {
	heading string
	clauses []clause
}

// A clause is one article. Its text names values as {value}; it is left out
// unless the fact named by when is so.
type clause struct{ when, text string }

// values is what fills a wording in: the values by name, and the facts that decide
// which clauses it has.
type values struct {
	texts map[string]string
	facts map[string]bool
}

// spans splits a wording into printed text and values.
func spans(text string, v values) (list []span) {
	for {
		before, rest, found := strings.Cut(text, "{")
		list = append(list, span{text: before})
		if !found {
			return list
		}
		name, after, _ := strings.Cut(rest, "}")
		list = append(list, span{text: v.texts[name], field: true})
		text = after
	}
}

// chosen leaves out the clauses whose facts are not so, and parts without clauses.
func chosen(wording []part, v values) (list []part) {
	for _, p := range wording {
		var clauses []clause
		for _, c := range p.clauses {
			if c.when == "" || v.facts[c.when] {
				clauses = append(clauses, c)
			}
		}
		if clauses != nil {
			list = append(list, part{p.heading, clauses})
		}
	}
	return list
}

// printed collects the characters of a wording, and those of every document.
func printed(wording []part) (regular, bold string) {
	regular, bold = "编号核验码：第页　共扫码签署时间以电子签名所附的戳为准。", "第一二三四五六七八九十条　甲乙方（盖章签名）："
	for r := ' '; r <= '~'; r++ {
		regular += string(r)
	}
	for _, p := range wording {
		bold += p.heading
		for _, c := range p.clauses {
			regular += c.text
		}
	}
	return regular, bold
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
