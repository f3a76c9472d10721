package syntax

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
)

// Append writes o as PDF source to b. Keys are sorted, so that equal objects have equal bytes.
func Append(b []byte, o Object) []byte {
	switch v := o.(type) {
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case float64:
		return strconv.AppendFloat(b, v, 'f', -1, 64)
	case Name:
		return appendName(b, v)
	case Ref:
		b = strconv.AppendInt(b, int64(v.Num), 10)
		b = strconv.AppendInt(append(b, ' '), int64(v.Gen), 10)
		return append(b, " R"...)
	case String:
		b = hex.AppendEncode(append(b, '<'), v.Value)
		return append(b, '>')
	case Array:
		return appendArray(b, v)
	case Dict:
		return appendDict(b, v)
	case *Stream:
		return appendStream(b, v)
	case nil:
		return append(b, "null"...)
	}
	panic(fmt.Sprintf("syntax: %T is no PDF object", o))
}

func appendName(b []byte, n Name) []byte {
	b = append(b, '/')
	for i := range len(n) {
		if c := n[i]; c > ' ' && c < 0x7F && c != '#' && class[c] == regular {
			b = append(b, c)
		} else {
			b = fmt.Appendf(b, "#%02X", c)
		}
	}
	return b
}

func appendArray(b []byte, a Array) []byte {
	b = append(b, '[')
	for i, o := range a {
		if i > 0 {
			b = append(b, ' ')
		}
		b = Append(b, o)
	}
	return append(b, ']')
}

func appendDict(b []byte, d Dict) []byte {
	keys := make([]Name, 0, len(d))
	for k := range d {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	b = append(b, "<<"...)
	for _, k := range keys {
		b = Append(append(appendName(b, k), ' '), d[k])
	}
	return append(b, ">>"...)
}

func appendStream(b []byte, s *Stream) []byte {
	b = appendDict(b, s.Dict.With("Length", len(s.Raw)))
	b = append(b, "\nstream\n"...)
	b = append(b, s.Raw...)
	return append(b, "\nendstream"...)
}
