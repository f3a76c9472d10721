package boot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app/apptest/tsa"
)

func TestATimeStampAuthorityOutsideIsNamedTogetherWithItsRoots(t *testing.T) {
	a := tsa.Start(t, 30)
	none := filepath.Join(t.TempDir(), "none.pem")
	if err := os.WriteFile(none, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := configOf("-tsa-url", a.URL, "-tsa-roots", a.RootsFile); err != nil || len(c.TSARoots) != 1 || c.tsa(nil) == nil {
		t.Errorf("%d roots, %v", len(c.TSARoots), err)
	}
	if c, err := configOf(); err != nil || c.tsa(nil) != nil {
		t.Error("an authority that nobody named", err)
	}
	for says, args := range map[string][]string{
		"-tsa-roots is missing": {"-tsa-url", a.URL},
		"-tsa-url is missing":   {"-tsa-roots", a.RootsFile},
		"not an address":        {"-tsa-url", "tsa.example/secret", "-tsa-roots", a.RootsFile},
		"no such file":          {"-tsa-url", a.URL, "-tsa-roots", none + "x"},
		"no certificate in":     {"-tsa-url", a.URL, "-tsa-roots", none},
	} {
		if _, err := configOf(args...); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%v: %v", args, err)
		}
	}
}

func TestTheDoctorReallyAsksTheTimeStampAuthority(t *testing.T) {
	a, other := tsa.Start(t, 30), tsa.Start(t, 30)
	cfg, err := configOf("-tsa-url", a.URL, "-tsa-roots", a.RootsFile)
	if err != nil {
		t.Fatal(err)
	}
	if f := stamps(t.Context(), cfg); f.Mend != "" || !strings.Contains(f.State, tsa.Name) {
		t.Errorf("one that answers: %+v", f)
	}
	a.Fail(tsa.Down)
	if f := stamps(t.Context(), cfg); !strings.Contains(f.State, "status 502") || !strings.Contains(f.Mend, "-tsa-url") {
		t.Errorf("one that is away: %+v", f)
	}
	a.Mend()
	cfg.TSARoots = other.Roots
	if f := stamps(t.Context(), cfg); !strings.Contains(f.State, "unknown authority") {
		t.Errorf("one that is somebody else: %+v", f)
	}
	if f := stamps(t.Context(), Config{}); f.Mend != "" || !strings.Contains(f.State, "不使用外部服务") {
		t.Errorf("none: %+v", f)
	}
}
