package intake_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/intake"
	"laoqi/app/store"
)

const (
	childFolder = "LAOQI_TEST_IMPORT_FOLDER"
	childRows   = 500
	filed       = "filed %d\n" // what a child says of its progress
)

// TestChildImports is no test by itself: it is the process that the next test
// kills. The first one uploads and confirms; the later ones go on.
func TestChildImports(t *testing.T) {
	folder := os.Getenv(childFolder)
	if folder == "" {
		t.Skip("run by TestEachRowIsFiledOnceAlsoByAProcessThatIsKilled")
	}
	_, err := os.Stat(filepath.Join(folder, store.File))
	w := &world{World: apptest.Open(t, folder)}
	if errors.Is(err, os.ErrNotExist) {
		w.People()
		w.clerk = w.Actor(demo.Agent)
		w.must(w.Enterprise.Enable(t.Context(), w.clerk))
		w.must(w.Intake.Confirm(t.Context(), w.clerk, w.upload(apptest.Forms(childRows, firstOfMay)...).ID, intake.Confirmation{}))
	} else {
		w.Wait(24 * time.Hour) // what the first process asked for is due
		w.clerk = w.Actor(demo.Agent)
	}
	for last, end := -1, time.Now().Add(time.Minute); time.Now().Before(end); {
		i, err := w.Intake.Get(t.Context(), w.clerk, 1)
		w.must(err)
		if i.Filed != last {
			last = i.Filed
			fmt.Printf(filed, last)
		}
		if i.State == intake.Stored {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("the import does not end")
}

func TestEachRowIsFiledOnceAlsoByAProcessThatIsKilled(t *testing.T) {
	folder := t.TempDir()
	for _, at := range []int{100, 200, 300} {
		child(t, folder, at)
	}
	child(t, folder, childRows+1)
	w := &world{World: apptest.Open(t, folder)}
	w.clerk = w.Actor(demo.Agent)
	if i, err := w.Intake.Get(t.Context(), w.clerk, 1); err != nil || i.State != intake.Stored || i.Filed != childRows {
		t.Errorf("import %+v, %v", i, err)
	}
	workers := map[string]int{}
	rows, err := w.Filing.Export(t.Context(), w.clerk, app.FilingNew, app.FilingSubmitted)
	w.must(err)
	for f, err := range rows {
		w.must(err)
		workers[f.Worker.Name]++
	}
	if len(workers) != childRows || w.filings("") != childRows {
		t.Errorf("%d workers in %d filings, want %d once each", len(workers), w.filings(""), childRows)
	}
}

// child runs a process until it has filed as many rows, and kills it then.
func child(t *testing.T, folder string, death int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChildImports$")
	cmd.Env = append(os.Environ(), childFolder+"="+folder)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said += lines.Text() + "\n"
		var n int
		if _, err := fmt.Sscanf(lines.Text()+"\n", filed, &n); err == nil && n >= death {
			cmd.Process.Kill()
		}
	}
	if err := cmd.Wait(); (err == nil) != (death > childRows) {
		t.Fatalf("the process that should die at %d rows: %v\n%s", death, err, said)
	}
}
