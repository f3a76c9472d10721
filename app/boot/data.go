package boot

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"laoqi/app/store"
)

// present tells, as a sentence, if the folder holds no installation.
func present(data string) error {
	if _, err := os.Stat(filepath.Join(data, store.File)); err != nil {
		return fmt.Errorf("这里没有劳契的数据，请用 -data 指定数据文件夹：%w", err)
	}
	return nil
}

// openData opens the database of an installation, which may be running.
func openData(ctx context.Context, files fs.FS, data string) (*store.DB, error) {
	schema, err := fs.ReadFile(files, "schema.sql")
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, data, string(schema), time.Now)
}
