package syntax

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
)

// An Update is a revision being appended to a file (ISO 32000-1, 7.5.6). The bytes of the file stay as they are.
type Update struct {
	file *File
	out  []byte
	next int
	put  map[int]entry
}

// NewUpdate begins a revision. It expects the new objects to take about room bytes.
func NewUpdate(f *File, room int) *Update {
	out := slices.Grow(slices.Clip(f.data), room) // copies, and clears nothing first
	if out[len(out)-1] != '\n' {
		out = append(out, '\n')
	}
	return &Update{file: f, out: out, next: f.size(), put: map[int]entry{}}
}

// size returns the first number above all objects.
func (f *File) size() int {
	size, _ := f.Trailer["Size"].(int)
	for num := range f.entries {
		size = max(size, num+1)
	}
	return size
}

// Alloc returns the reference of an object that is new.
func (u *Update) Alloc() Ref {
	u.next++
	return Ref{Num: u.next - 1}
}

// Add writes a new object and returns its reference.
func (u *Update) Add(o Object) Ref {
	ref := u.Alloc()
	u.Put(ref, o)
	return ref
}

// Put writes the object ref, which is either allocated or replaces an older one.
func (u *Update) Put(ref Ref, o Object) {
	u.PutFunc(ref, func(b []byte) []byte { return Append(b, o) })
}

// PutFunc writes the object ref as the source that write appends to what precedes it in the file.
func (u *Update) PutFunc(ref Ref, write func(b []byte) []byte) {
	u.put[ref.Num] = entry{1, len(u.out), ref.Gen}
	u.out = fmt.Appendf(u.out, "%d %d obj\n", ref.Num, ref.Gen)
	u.out = append(write(u.out), "\nendobj\n"...)
}

// Finish writes the cross-references in the form that the file used last, and returns the whole file.
func (u *Update) Finish() []byte {
	at := len(u.out)
	if u.file.stream {
		u.finishStream(at)
	} else {
		u.finishTable()
	}
	u.out = fmt.Appendf(u.out, "startxref\n%d\n%%%%EOF\n", at)
	return u.out
}

func (u *Update) trailer() Dict {
	d := Dict{"Size": u.next, "Root": u.file.Trailer["Root"], "Prev": u.file.start, "ID": u.id()}
	if info := u.file.Trailer["Info"]; info != nil {
		d["Info"] = info
	}
	return d
}

// id keeps the file's first identifier and renews the second (ISO 32000-1, 14.4).
func (u *Update) id() Array {
	fresh := make([]byte, 16)
	rand.Read(fresh)
	if old, err := u.file.Array(u.file.Trailer["ID"]); err == nil && len(old) == 2 {
		return Array{old[0], String{Value: fresh}}
	}
	return Array{String{Value: fresh}, String{Value: fresh}}
}

// runs returns the numbers of the revision's objects, split where they are not consecutive.
func (u *Update) runs() (runs [][]int) {
	nums := make([]int, 0, len(u.put))
	for num := range u.put {
		nums = append(nums, num)
	}
	slices.Sort(nums)
	for start, i := 0, 1; i <= len(nums); i++ {
		if i == len(nums) || nums[i] != nums[i-1]+1 {
			runs = append(runs, nums[start:i])
			start = i
		}
	}
	return runs
}

func (u *Update) finishTable() {
	u.out = append(u.out, "xref\n"...)
	for _, run := range u.runs() {
		u.out = fmt.Appendf(u.out, "%d %d\n", run[0], len(run))
		for _, num := range run {
			u.out = appendRow(u.out, u.put[num])
		}
	}
	u.out = Append(append(u.out, "trailer\n"...), u.trailer())
	u.out = append(u.out, '\n')
}

// appendRow writes "nnnnnnnnnn ggggg n \n".
func appendRow(b []byte, e entry) []byte {
	b = appendPadded(b, e.pos, 10)
	b = appendPadded(append(b, ' '), e.extra, 5)
	return append(b, " n \n"...)
}

func appendPadded(b []byte, n, width int) []byte {
	digits := strconv.Itoa(n)
	for range width - len(digits) {
		b = append(b, '0')
	}
	return append(b, digits...)
}

func (u *Update) finishStream(at int) {
	ref := u.Alloc()
	u.put[ref.Num] = entry{1, at, 0}
	var rows []byte
	index := Array{}
	for _, run := range u.runs() {
		index = append(index, run[0], len(run))
		for _, num := range run {
			rows = append(rows, 1)
			rows = binary.BigEndian.AppendUint32(rows, uint32(u.put[num].pos))
			rows = binary.BigEndian.AppendUint16(rows, uint16(u.put[num].extra))
		}
	}
	d := u.trailer()
	d["Type"], d["W"], d["Index"] = Name("XRef"), Array{1, 4, 2}, index
	u.Put(ref, &Stream{Dict: d, Raw: rows})
}
