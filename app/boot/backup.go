package boot

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"laoqi/app/store"
	"laoqi/app/vault"
)

// lastBackup is the file in the data folder that tells when the last backup ended.
const lastBackup = "last-backup"

// kept are the folders of files that are written once and never changed.
var kept = []string{"documents", "pictures", "workbooks"}

// backUp copies an installation, which may be running, all but its key file.
func backUp(ctx context.Context, w World) error {
	if len(w.Args) == 0 || strings.HasPrefix(w.Args[0], "-") {
		return errors.New("name of the folder is missing: laoqi backup FOLDER")
	}
	f := flag.NewFlagSet("laoqi backup", flag.ContinueOnError)
	f.SetOutput(w.Err)
	data := f.String("data", cmp.Or(w.Getenv("LAOQI_DATA"), "data"), "data folder of the installation to back up")
	if err := f.Parse(w.Args[1:]); err != nil {
		return err
	}
	folder, err := filepath.Abs(w.Args[0])
	if err != nil {
		return err
	}
	if err := fit(folder, *data); err != nil {
		return err
	}
	b := backup{data: *data}
	if err := b.make(ctx, w.Files, folder); err != nil {
		return err
	}
	fmt.Fprintf(w.Out, "备份完成：%s（数据库和 %d 个文件）\n", folder, b.files)
	fmt.Fprintln(w.Out, "注意：合同等 PDF 文件在备份里没有加密（丢失密钥也不会丢失合同），打开就能看到姓名和证件号码，请妥善保管备份。")
	fmt.Fprintf(w.Out, "注意：备份里没有密钥文件。没有它，加密的数据无法恢复；请把 %s 另存一份，不要和备份放在一起。\n", filepath.Join(*data, "key"))
	return os.WriteFile(filepath.Join(*data, lastBackup), []byte(time.Now().UTC().Format(time.RFC3339)+"\n"), 0o600)
}

// fit tells whether a backup of the data folder may be made under the name.
func fit(folder, data string) error {
	if err := present(data); err != nil {
		return err
	}
	source, err := filepath.Abs(data)
	if err != nil {
		return err
	}
	if inside, err := filepath.Rel(source, folder); err == nil && filepath.IsLocal(inside) {
		return fmt.Errorf("备份不能放在数据文件夹 %s 里面，请换一个位置", source)
	}
	there, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(there) > 0 {
		return fmt.Errorf("文件夹 %s 不是空的，请换一个名字", folder)
	}
	return os.MkdirAll(filepath.Dir(folder), 0o700)
}

// backup is a copy in the making, under a name that nobody takes for a whole one.
type backup struct {
	data, folder string
	files        int
}

func (b *backup) make(ctx context.Context, files fs.FS, folder string) (err error) {
	b.folder, err = os.MkdirTemp(filepath.Dir(folder), filepath.Base(folder)+".unfinished-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(b.folder)
	// A file is put before the row that names it, and removed after. So what the
	// copied database names was there either before the copying or after.
	for _, step := range []func(context.Context) error{
		b.keep, func(ctx context.Context) error { return b.database(ctx, files) }, b.keep, b.certificates, b.sync,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(b.folder, folder); err != nil {
		return err
	}
	return vault.SyncFolder(filepath.Dir(folder))
}

func (b *backup) database(ctx context.Context, files fs.FS) error {
	db, err := openData(ctx, files, b.data)
	if err != nil {
		return err
	}
	return errors.Join(db.Backup(ctx, filepath.Join(b.folder, store.File)), db.Close())
}

// keep takes the files that never change, by a link where the disk is the same.
func (b *backup) keep(ctx context.Context) error {
	for _, name := range kept {
		if err := b.walk(ctx, name, linkOrCopy); err != nil {
			return err
		}
	}
	return nil
}

// certificates takes what HTTPS keeps, which may be written over.
func (b *backup) certificates(ctx context.Context) error {
	return b.walk(ctx, tlsFolder, copyFile)
}

// walk takes every file of a folder that is not taken yet. One that vanishes
// meanwhile was removed by the running installation.
func (b *backup) walk(ctx context.Context, name string, take func(from, to string) error) error {
	return filepath.WalkDir(filepath.Join(b.data, name), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		relative, err := filepath.Rel(b.data, path)
		if err != nil {
			return err
		}
		to := filepath.Join(b.folder, relative)
		if d.IsDir() {
			return os.MkdirAll(to, 0o700)
		}
		switch err := take(path, to); {
		case err == nil:
			b.files++
		case !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist):
			return err
		}
		return nil
	})
}

func linkOrCopy(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return copyFile(from, to)
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}

// sync brings all of the copy to the disk before it gets its name.
func (b *backup) sync(ctx context.Context) error {
	return filepath.WalkDir(b.folder, func(path string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if d.IsDir() {
			return vault.SyncFolder(path)
		}
		return syncFile(path)
	})
}

// syncFile opens for writing, too: Windows syncs nothing else.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
