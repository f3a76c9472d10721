package boot_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app/apptest"
)

func TestABackupOfARunningInstallationStartsOnceTheKeyIsAdded(t *testing.T) {
	w := apptest.New(t)
	w.People()
	clerk, d := w.Conclude()
	file, err := w.Contract.File(d)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(w.Folder, "tls", "root.pem"), []byte("the root"))
	place := t.TempDir()
	folder := filepath.Join(place, "backup")
	code, said := laoqi(t, "backup", folder, "-data", w.Folder)
	if code != 0 || !strings.Contains(said, "备份完成") || !strings.Contains(said, "密钥文件") || !strings.Contains(said, "PDF 文件在备份里没有加密") {
		t.Fatalf("exit code %d\n%s", code, said)
	}
	if there, err := os.ReadDir(place); err != nil || len(there) != 1 {
		t.Errorf("beside the backup: %v, %v", there, err)
	}
	if _, err := os.Stat(filepath.Join(folder, "key")); !os.IsNotExist(err) {
		t.Errorf("the key file is in the backup: %v", err)
	}
	if root, err := os.ReadFile(filepath.Join(folder, "tls", "root.pem")); string(root) != "the root" {
		t.Errorf("tls: %q, %v", root, err)
	}
	if _, err := os.Stat(filepath.Join(w.Folder, "last-backup")); err != nil {
		t.Error(err)
	}

	key, err := os.ReadFile(filepath.Join(w.Folder, "key"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "key"), key)
	restored := apptest.Open(t, folder)
	again, err := restored.Contract.OfContract(t.Context(), clerk, d.Contract)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := restored.Contract.File(again); err != nil || !bytes.Equal(got, file) {
		t.Errorf("the contract has %d bytes instead of %d, %v", len(got), len(file), err)
	}
}

func TestABackupThatCannotBeMadeLeavesNothing(t *testing.T) {
	w := apptest.New(t)
	full := t.TempDir()
	write(t, filepath.Join(full, "letter.txt"), []byte("mine"))
	broken := t.TempDir()
	write(t, filepath.Join(broken, "laoqi.db"), bytes.Repeat([]byte("no database "), 1000))
	place := t.TempDir()
	for what, c := range map[string]struct {
		folder, data, says string
	}{
		"into a folder with files":      {full, w.Folder, "不是空的"},
		"into the data folder":          {filepath.Join(w.Folder, "documents", "backup"), w.Folder, "里面"},
		"of a folder without database":  {filepath.Join(place, "a"), full, "-data"},
		"of a database that is damaged": {filepath.Join(place, "b"), broken, "laoqi.db"},
	} {
		if code, said := laoqi(t, "backup", c.folder, "-data", c.data); code != 1 || !strings.Contains(said, c.says) {
			t.Errorf("%s: exit code %d\n%s", what, code, said)
		}
	}
	if there, err := os.ReadDir(place); err != nil || len(there) != 0 {
		t.Errorf("left behind: %v, %v", there, err)
	}
	if mine, err := os.ReadFile(filepath.Join(full, "letter.txt")); string(mine) != "mine" {
		t.Errorf("the folder's own file: %q, %v", mine, err)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
