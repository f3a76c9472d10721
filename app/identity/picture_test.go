package identity_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/enterprise"
	"laoqi/app/store"
)

// photo is a picture as far as its first bytes tell.
func photo(n string) []byte { return []byte("\x89PNG\r\n\x1a\n" + n) }

// pictures counts the files in the folder of the pictures.
func pictures(w *apptest.World) (n int) {
	w.T.Helper()
	err := filepath.WalkDir(filepath.Join(w.Folder, "pictures"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return n
}

func TestARefusedUploadLeavesNoPicture(t *testing.T) {
	w := apptest.New(t)
	w.People()
	before := pictures(w)
	if err := w.Identity.Claim(t.Context(), w.Actor(demo.WorkerA), photo("verified already")); app.KindOf(err) != app.Conflict {
		t.Fatalf("the claim: %v", err)
	}
	waits := enterprise.Form{Name: "长春另一家有限公司", USCC: "91330106673959654P", Address: "长春市", Phone: "1", Licence: photo("first"), Password: demo.Password, Again: demo.Password}
	if _, err := w.Enterprise.Register(t.Context(), w.Actor(demo.WorkerA), waits); err != nil {
		t.Fatal(err)
	}
	waits.Licence = photo("second")
	if _, err := w.Enterprise.Register(t.Context(), w.Actor(demo.WorkerA), waits); app.FaultsOf(err).Of("uscc") == "" {
		t.Fatalf("the second application: %v", err)
	}
	if n := pictures(w); n != before+1 {
		t.Errorf("%d pictures, want %d and the first licence", n, before)
	}
}

func TestAPictureThatACrashLeftIsDeletedByTheSweep(t *testing.T) {
	w := apptest.New(t)
	w.People()
	used := pictures(w)
	err := w.Identity.KeepPicture(t.Context(), photo("decided"), func(*store.Tx, string) error { return nil })
	if err != nil || pictures(w) != used+1 {
		t.Fatalf("%v, %d pictures", err, pictures(w))
	}
	half := filepath.Join(w.Folder, "pictures", "new-123")
	if err := os.WriteFile(half, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Sweep(t.Context()); err != nil || pictures(w) != used {
		t.Errorf("%v, %d pictures, want the %d that something names", err, pictures(w), used)
	}
}

func TestAPictureIsSafeFromTheSweepWhileItIsUploaded(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by, swept := w.Actor(demo.WorkerA), make(chan error, 1)
	var kept string
	err := w.Identity.KeepPicture(t.Context(), photo("in time"), func(tx *store.Tx, name string) error {
		go func() { swept <- w.Identity.DropPicture(context.Background(), name) }()
		time.Sleep(30 * time.Millisecond) // in which it would see no row
		kept = name
		_, err := tx.InsertClaim(t.Context(), store.InsertClaimParams{PersonID: by.Person, Picture: name, CreatedAt: tx.Now})
		return err
	})
	if err := errors.Join(err, <-swept); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(w.Folder, "pictures", kept[:2], kept)); err != nil {
		t.Error(err)
	}
}

func TestTheDeskLooksAtAPictureOnTheRecord(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by, desk := w.Actor(demo.WorkerA), w.Actor(demo.Reviewer)
	var id int64
	err := w.Identity.KeepPicture(t.Context(), photo("waits"), func(tx *store.Tx, name string) (err error) {
		id, err = tx.InsertClaim(t.Context(), store.InsertClaimParams{PersonID: by.Person, Picture: name, CreatedAt: tx.Now})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := w.Identity.ClaimPicture(t.Context(), desk, id); err != nil || string(picture) != string(photo("waits")) {
		t.Fatalf("%q, %v", picture, err)
	}
	events, err := w.DB.EventsOf(t.Context(), store.EventsOfParams{Subjects: fmt.Sprintf(`["person:%d"]`, by.Person), Last: 1 << 62})
	if err != nil || !slices.ContainsFunc(events, func(e store.Audit) bool { return e.Kind == "identity.picture" && e.AccountID == desk.Account }) {
		t.Errorf("%+v, %v", events, err)
	}
}
