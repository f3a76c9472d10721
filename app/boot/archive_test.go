package boot

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/store"
)

// inAMoment runs what would be asked of an installation that looks for jobs of
// others all the time.
func inAMoment(t *testing.T, w *apptest.World, before time.Time) (said string, err error) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		for ctx.Err() == nil {
			w.Jobs.Wake()
			time.Sleep(10 * time.Millisecond)
		}
	}()
	var out bytes.Buffer
	err = renewal{contract.Archive{DB: w.DB, Before: app.At(before)}, &out, 10 * time.Second, 10 * time.Millisecond}.run(t.Context())
	return out.String(), err
}

func TestArchiveStampRenewsAndSaysWhatIsLeft(t *testing.T) {
	folder := t.TempDir()
	t.Run("signing", func(t *testing.T) {
		w := apptest.Open(t, folder)
		w.People()
		w.Conclude()
		end := apptest.Start.AddDate(5, 0, 0)
		if f, err := lasting(t.Context(), w.DB, folder, end.Add(-contract.RenewWithin).AddDate(0, 0, -1)); err != nil || f.Mend != "" || !strings.Contains(f.State, "2031年5月6日") {
			t.Errorf("in time: %+v, %v", f, err)
		}
		if f, err := lasting(t.Context(), w.DB, folder, end.Add(-contract.RenewWithin).AddDate(0, 0, 1)); err != nil || !strings.Contains(f.Mend, "laoqi archive-stamp -data "+folder) {
			t.Errorf("near the end: %+v, %v", f, err)
		}
		if said, err := inAMoment(t, w, end); err != nil || said != "没有需要续期的时间戳。\n" {
			t.Errorf("nothing to do: %s, %v", said, err)
		}
		said, err := inAMoment(t, w, end.AddDate(0, 1, 0))
		if !errors.Is(err, errNotRenewed) || !strings.Contains(said, "已续期 0 份，剩余 1 份") || !strings.Contains(said, "不比剩余文件的更晚到期") {
			t.Errorf("nothing better: %s, %v", said, err)
		}
	})
	w := apptest.OpenAt(t, folder, apptest.Start.AddDate(4, 7, 0))
	said, err := inAMoment(t, w, apptest.Start.AddDate(5, 1, 0))
	if err != nil || !strings.Contains(said, "1 份文件的时间戳需要续期") || !strings.Contains(said, "已续期 1 份，剩余 0 份") {
		t.Errorf("%s, %v", said, err)
	}
}

func TestArchiveStampSaysThatNobodyRuns(t *testing.T) {
	w := apptest.New(t)
	w.People()
	w.Conclude()
	var out bytes.Buffer
	copied := t.TempDir()
	schema, err := os.ReadFile(filepath.Join(apptest.Root(), "schema.sql"))
	if err := errors.Join(err, w.DB.Backup(t.Context(), filepath.Join(copied, store.File))); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), copied, string(schema), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = renewal{contract.Archive{DB: db, Before: app.At(apptest.Start.AddDate(6, 0, 0))}, &out, 50 * time.Millisecond, 10 * time.Millisecond}.run(t.Context())
	if !errors.Is(err, errNobodyRuns) {
		t.Errorf("%s, %v", out.String(), err)
	}
}

func TestArchiveStampNeedsAnInstallationAndADayOrMore(t *testing.T) {
	for says, args := range map[string][]string{
		"这里没有劳契的数据":               {"archive-stamp", "-data", t.TempDir()},
		"usage: laoqi archive-st": {"archive-stamp", "-within", "0"},
		"-within DAYS":            {"archive-stamp", "now"},
	} {
		var out bytes.Buffer
		code := Main(t.Context(), World{Files: os.DirFS(apptest.Root()), Args: args, Getenv: func(string) string { return "" }, Out: &out, Err: &out})
		if code != 1 || !strings.Contains(out.String(), says) {
			t.Errorf("%v: exit code %d\n%s", args, code, out.String())
		}
	}
}
