package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// read turns what stands in a cell into what a person would have typed.
func (k Kind) read(cell string) string {
	switch k {
	case Day:
		return readDay(cell)
	case Number:
		return readNumber(cell)
	}
	return readText(cell)
}

// dayForms are the ways in which days are typed.
var dayForms = []string{"2006-1-2", "2006/1/2", "2006.1.2", "2006年1月2日", "20060102", "2006-1-2 15:04:05", "2006/1/2 15:04:05"}

// Days that a cell may hold as a number: 1 January 1930 to 31 December 2199.
const firstDay, lastDay = 10959, 109574

func readDay(cell string) string {
	if serial, err := strconv.ParseFloat(cell, 64); err == nil && serial >= firstDay && serial <= lastDay {
		if day, err := excelize.ExcelDateToTime(serial, false); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	for _, form := range dayForms {
		if day, err := time.Parse(form, cell); err == nil {
			return day.Format(time.DateOnly)
		}
	}
	return cell
}

// readNumber takes off what formats and binary fractions leave: 4500.4999999999998
// was typed as 4500.5.
func readNumber(cell string) string {
	cell = strings.NewReplacer(",", "", "，", "", "￥", "", "¥", "", "元", "").Replace(cell)
	_, fraction, _ := strings.Cut(cell, ".")
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil || n > 1e12 || len(fraction) < 7 && !strings.ContainsAny(cell, "eE") {
		return cell
	}
	const places = 1e4 // more than any amount or count has
	return strconv.FormatFloat(math.Round(n*places)/places, 'f', -1, 64)
}

// scientific is how workbooks keep long whole numbers.
var scientific = regexp.MustCompile(`^\d(\.\d+)?[eE]\+?\d{1,2}$`)

// exactDigits is how many digits of a number a workbook keeps.
const exactDigits = 15

// readText writes out a number that stands where a text should, such as a mobile.
func readText(cell string) string {
	if !scientific.MatchString(cell) {
		return cell
	}
	n, err := strconv.ParseFloat(cell, 64)
	if text := strconv.FormatFloat(n, 'f', -1, 64); err == nil && len(text) <= exactDigits {
		return text
	}
	return cell
}

// rounded is what becomes of 18 digits.
var rounded = regexp.MustCompile(`^\d{15}000$`)

// Rounded reports whether a cell that is no sound number may have lost digits
// because it was typed into a cell that is not text: workbooks keep 15 digits.
func Rounded(cell string) bool { return scientific.MatchString(cell) || rounded.MatchString(cell) }
