package vault

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Files keeps files in a folder, each under a name that says its content: the
// SHA-256 of what was put. A file is whole or absent, also after a power cut.
type Files struct {
	folder string
	vault  *Vault // nil: stored as they are
}

// NewFiles keeps files as they are.
func NewFiles(folder string) (*Files, error) { return newFiles(folder, nil) }

// NewSealedFiles keeps files encrypted by the vault.
func NewSealedFiles(folder string, v *Vault) (*Files, error) { return newFiles(folder, v) }

func newFiles(folder string, v *Vault) (*Files, error) {
	return &Files{folder, v}, os.MkdirAll(folder, 0o700)
}

const fileLabel = "file"

// Put stores the content and returns its name. Equal content is stored once.
func (f *Files) Put(content []byte) (name string, err error) {
	name = f.Name(content)
	if f.vault != nil {
		content = f.vault.Seal(fileLabel, content)
	}
	path, err := f.path(name)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		return name, nil
	}
	return name, write(path, content, os.Rename)
}

// Name is the name under which Put stores the content.
func (f *Files) Name(content []byte) string {
	sum := sha256.Sum256(content)
	name := hex.EncodeToString(sum[:])
	if f.vault == nil {
		return name
	}
	return hex.EncodeToString(f.vault.Index(fileLabel, name))
}

// write puts the content under a name for the time being, then has place give it its own.
func write(path string, content []byte, place func(from, to string) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(content)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := place(tmp.Name(), path); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// SyncFolder brings the names in a folder to the disk. Windows refuses to be asked
// (golang/go#75541), and keeps a journal of names.
func SyncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Get reads a file.
func (f *Files) Get(name string) ([]byte, error) {
	path, err := f.path(name)
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(path)
	if err != nil || f.vault == nil {
		return content, err
	}
	return f.vault.Open(fileLabel, content)
}

// Open opens a file that is not sealed, to be streamed.
func (f *Files) Open(name string) (io.ReadSeekCloser, error) {
	path, err := f.path(name)
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

// Remove deletes a file; one that is gone already is no error.
func (f *Files) Remove(name string) error {
	path, err := f.path(name)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// lost is the folder for files that Sweep took out of use.
const lost = "lost"

// Sweep takes every file that used denies out of use, and deletes what a crash
// left half written. Nothing may be put meanwhile. The files are set aside, not
// deleted: an older database put back by mistake must not cost the newer files.
func (f *Files) Sweep(used func(name string) (bool, error)) error {
	return f.sweep(used, f.setAside)
}

// Purge is Sweep for files that must not be kept longer than they are needed: it
// deletes them.
func (f *Files) Purge(used func(name string) (bool, error)) error { return f.sweep(used, os.Remove) }

func (f *Files) sweep(used func(name string) (bool, error), unused func(path string) error) error {
	return filepath.WalkDir(f.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == lost {
				return fs.SkipDir
			}
			return nil
		}
		if _, err := f.path(d.Name()); err != nil {
			return os.Remove(path)
		}
		if keep, err := used(d.Name()); err != nil || keep {
			return err
		}
		return unused(path)
	})
}

func (f *Files) setAside(path string) error {
	folder := filepath.Join(f.folder, lost)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return os.Rename(path, filepath.Join(folder, filepath.Base(path)))
}

func (f *Files) path(name string) (string, error) {
	if b, err := hex.DecodeString(name); err != nil || len(b) != sha256.Size {
		return "", fmt.Errorf("files: bad name %q", name)
	}
	return filepath.Join(f.folder, name[:2], name), nil
}
