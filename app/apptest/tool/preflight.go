package tool

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Preflight asks Apache PDFBox whether a file is valid PDF/A-1b and returns what it
// has against it, "" for nothing. It skips or fails the test as Need does.
func Preflight(t testing.TB, path string) string {
	t.Helper()
	Need(t, "java")
	jars := []string{"preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "javax.activation", "jaxb-api"}
	for i, jar := range jars {
		jars[i] = "/usr/share/java/" + jar + ".jar"
		if _, err := os.Stat(jars[i]); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal(err)
			}
			t.Skipf("%v: .ci/tools installs it", err)
		}
	}
	out, _ := exec.Command("java", "-cp", strings.Join(jars, ":"), "org.apache.pdfbox.preflight.Validator_A1b", path).CombinedOutput()
	if strings.Contains(string(out), "is a valid PDF/A-1b file") {
		return ""
	}
	return string(out)
}
