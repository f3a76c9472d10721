// Package tool finds the foreign programs that tests ask for a second opinion.
package tool

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Need skips the test where a program is missing. Where CI is set it fails: there
// nothing may go unproved.
func Need(t testing.TB, programs ...string) {
	t.Helper()
	for _, name := range programs {
		if _, err := exec.LookPath(name); err == nil {
			continue
		}
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is missing", name)
		}
		t.Skipf("%s is missing: install it to run this test", name)
	}
}

// Filter passes content through a program that reads and writes files, named as
// its last two arguments.
func Filter(t testing.TB, content []byte, program string, args ...string) []byte {
	t.Helper()
	from, to := filepath.Join(t.TempDir(), "from"), filepath.Join(t.TempDir(), "to")
	if err := os.WriteFile(from, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, append(args, from, to)...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	result, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	return result
}
