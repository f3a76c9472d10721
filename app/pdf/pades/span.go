package pades

import (
	"crypto"
	"strings"
	"time"

	"laoqi/app/pdf/pades/syntax"
)

// A span is what a signature covers: from the first byte to start and from resume to end.
type span struct {
	start, resume, end int
}

// newSpan reads a ByteRange [0 start resume length] that lies within a file of that size.
func newSpan(byteRange syntax.Object, size int) (span, bool) {
	a, _ := byteRange.(syntax.Array)
	if len(a) != 4 {
		return span{}, false
	}
	var n [4]int
	for i := range n {
		v, ok := a[i].(int)
		if !ok || v < 0 || v > size {
			return span{}, false
		}
		n[i] = v
	}
	s := span{n[1], n[2], n[2] + n[3]}
	return s, n[0] == 0 && s.start < s.resume && s.resume <= s.end && s.end <= size
}

// digest hashes the covered bytes of pdf.
func (s span) digest(pdf []byte, h crypto.Hash) []byte {
	w := h.New()
	w.Write(pdf[:s.start])
	w.Write(pdf[s.resume:s.end])
	return w.Sum(nil)
}

// parseDate reads a PDF date (ISO 32000-1, 7.9.4) of full length; anything else is the zero time.
func parseDate(s string) time.Time {
	s = strings.ReplaceAll(strings.TrimPrefix(s, "D:"), "'", "")
	for _, layout := range []string{"20060102150405-0700", "20060102150405Z0000", "20060102150405Z", "20060102150405"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
