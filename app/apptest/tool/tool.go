// Package tool finds the foreign programs that tests ask for a second opinion.
package tool

import (
	"os"
	"os/exec"
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
