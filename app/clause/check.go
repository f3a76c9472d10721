package clause

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/pdf"
	"laoqi/app/pdf/font"
)

// Limits of the own clauses.
const (
	MaxClauses = 20
	MaxText    = 500 // characters of one
)

// FieldName is the name of the control of clause n, counted from 1, and of its faults.
func FieldName(n int) string { return fmt.Sprintf("clause%d", n) }

// Check names everything that is wrong with the texts, each fault at its clause.
func Check(texts []string) app.Faults {
	var faults app.Faults
	if len(tidied(texts)) > MaxClauses {
		faults.Add("", fmt.Sprintf("自定条款最多 %d 条，请合并或删减。", MaxClauses))
	}
	for i, text := range texts {
		if list := problems(text); list != nil {
			faults.Add(FieldName(i+1), fmt.Sprintf("第 %d 条：%s", i+1, strings.Join(list, "")))
		}
	}
	return faults
}

// problems are the sentences on one clause.
func problems(text string) (list []string) {
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n > MaxText {
		list = append(list, fmt.Sprintf("每条最多 %d 个字，现在是 %d 个，请缩短或分成两条。", MaxText, n))
	}
	unknown, unpaired := pdf.CheckOwn(text)
	for _, name := range unknown {
		list = append(list, fmt.Sprintf("没有名为“%s”的字段，请从页面列出的字段中选用。", name))
	}
	if unpaired {
		list = append(list, "“【”和“】”应当成对使用，中间写字段名称。")
	}
	if refusal := font.Refusal("条款", text); refusal != "" {
		list = append(list, refusal)
	}
	return list
}
