package vault_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"laoqi/app/vault"
)

func TestASealedValueOpensOnlyUnderItsOwnLabel(t *testing.T) {
	v, err := vault.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	sealed := v.Seal("person.mobile", []byte("13800002028"))
	if bytes.Contains(sealed, []byte("13800002028")) {
		t.Fatal("the sealed value shows the number")
	}
	if plain, err := v.Open("person.mobile", sealed); err != nil || string(plain) != "13800002028" {
		t.Fatalf("got %q, %v", plain, err)
	}
	if _, err := v.Open("person.id", sealed); err == nil {
		t.Fatal("opened under another label")
	}
	sealed[len(sealed)-1] ^= 1
	if _, err := v.Open("person.mobile", sealed); err == nil {
		t.Fatal("opened although it was changed")
	}
}

func TestTheKeyFileIsMadeOnceAndReadableByItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if _, err := vault.Open(path, false); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("a missing key file gave %v", err)
	}
	first, err := vault.Open(path, true)
	if err != nil {
		t.Fatal(err)
	}
	again, err := vault.Open(path, true)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Index("x", "y"), again.Index("x", "y")) {
		t.Fatal("the second start has another key")
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v", info.Mode())
	}
}

func TestTheKeyFileIsMadeOnceByManyStartsAndLeavesNothingElse(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "key")
	var starts sync.WaitGroup
	hashes := make([][]byte, 8)
	for i := range hashes {
		starts.Go(func() {
			if v, err := vault.Open(path, true); err == nil {
				hashes[i] = v.Index("x", "y")
			} else if !errors.Is(err, os.ErrExist) {
				t.Error(err)
			}
		})
	}
	starts.Wait()
	v, err := vault.Open(path, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, hash := range hashes {
		if hash != nil && !bytes.Equal(hash, v.Index("x", "y")) {
			t.Error("a start went on with a key that is lost")
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

func TestAPasswordMatchesItsHashOnly(t *testing.T) {
	h := vault.NewHasher(vault.Cheap, 1)
	hash, err := h.Hash(t.Context(), "Laoqi2026")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"Laoqi2026": true, "laoqi2026": false, "": false} {
		if got, err := h.Matches(t.Context(), hash, password); got != want || err != nil {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
	if ok, err := h.Matches(t.Context(), "", "anything"); ok || err != nil {
		t.Errorf("an unknown account: %v, %v", ok, err)
	}
}

func TestAPassphraseOpensItsOwnBoxOnly(t *testing.T) {
	h := vault.NewHasher(vault.Cheap, 1)
	box, err := h.Lock(t.Context(), "Seal@2026", []byte("private key"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := h.Unlock(t.Context(), "Seal@2026", box); err != nil || string(got) != "private key" {
		t.Fatalf("got %q, %v", got, err)
	}
	if _, err := h.Unlock(t.Context(), "Seal@2027", box); !errors.Is(err, vault.ErrPassphrase) {
		t.Fatalf("a wrong passphrase gave %v", err)
	}
}

func TestASweepSetsUnusedFilesAsideAndDeletesHalfWrittenOnes(t *testing.T) {
	folder := t.TempDir()
	files, err := vault.NewFiles(folder)
	if err != nil {
		t.Fatal(err)
	}
	kept, err1 := files.Put([]byte("kept"))
	gone, err2 := files.Put([]byte("gone"))
	half := filepath.Join(folder, kept[:2], "new-123")
	if err := errors.Join(err1, err2, os.WriteFile(half, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := files.Sweep(func(name string) (bool, error) { return name == kept, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := files.Get(kept); err != nil {
		t.Error(err)
	}
	if _, err := files.Get(gone); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the unused file: %v", err)
	}
	if b, err := os.ReadFile(filepath.Join(folder, "lost", gone)); string(b) != "gone" {
		t.Errorf("set aside: %q, %v", b, err)
	}
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the half-written file: %v", err)
	}
}
