// Package trial tells on pictures that somebody supplies how often faces are
// confused, and how long it takes to tell them apart. It keeps no picture.
package trial

import (
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"

	"laoqi/app/face"
)

// Reader is what is tried.
type Reader interface {
	ReadDocument(ctx context.Context, picture []byte) (face.Face, error)
}

// sitting is the readable pictures of one person.
type sitting struct {
	person    string
	templates []face.Template
}

// Unread is a picture without a face, and why.
type Unread struct {
	Name string
	Err  error
}

// Faces is what was read in a folder.
type Faces struct {
	Unread   []Unread
	sittings []sitting
}

// Pictures counts those that were read.
func (f Faces) Pictures() (n int) {
	for _, s := range f.sittings {
		n += len(s.templates)
	}
	return n
}

// People counts those of whom a picture was read.
func (f Faces) People() int { return len(f.sittings) }

// Read reads the pictures (.jpg, .jpeg, .png) of a folder that has a folder a
// person, and tells of each as it goes.
func Read(ctx context.Context, r Reader, folder fs.FS, told func(name string)) (f Faces, err error) {
	err = each(ctx, folder, func(name string) error {
		told(name)
		t, err := template(ctx, r, folder, name)
		if err != nil {
			f.Unread = append(f.Unread, Unread{name, err})
			return nil
		}
		person := path.Dir(name)
		i := slices.IndexFunc(f.sittings, func(s sitting) bool { return s.person == person })
		if i < 0 {
			i, f.sittings = len(f.sittings), append(f.sittings, sitting{person: person})
		}
		f.sittings[i].templates = append(f.sittings[i].templates, t)
		return nil
	})
	return f, err
}

// each does something with each picture that lies in a person's folder.
func each(ctx context.Context, folder fs.FS, do func(name string) error) error {
	return fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Dir(name) == "." || !isPicture(name) {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return do(name)
	})
}

func isPicture(name string) bool {
	return slices.Contains([]string{".jpg", ".jpeg", ".png"}, strings.ToLower(path.Ext(name)))
}

func template(ctx context.Context, r Reader, folder fs.FS, name string) (face.Template, error) {
	picture, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, err
	}
	f, err := r.ReadDocument(ctx, picture)
	if err != nil {
		return nil, err
	}
	return f.Describe(ctx)
}
