package journey

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// site is a running program.
type site struct {
	t       *testing.T
	address string
	plain   string // its address by plain HTTP where address is HTTPS
	browser context.Context
	process *exec.Cmd
	printed *lines // what it says on the terminal
	log     *lines
}

// demo starts `laoqi demo`.
func demoSite(t *testing.T) *site { return start(t, "劳契演示：", nil, "demo") }

// start runs the program on a free port until the test ends, and waits until it
// prints the line with its address.
func start(t *testing.T, ready string, env []string, args ...string) *site {
	t.Helper()
	s := &site{t: t, browser: browserOf(t), printed: &lines{}, log: &lines{}}
	port := freePort()
	s.address = fmt.Sprintf("http://127.0.0.1:%d", port)
	s.process = exec.Command(program, append(args, "-addr", fmt.Sprintf("127.0.0.1:%d", port))...)
	s.process.Env = append(os.Environ(), env...)
	s.process.Stdout, s.process.Stderr = s.printed, s.log
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	s.until("the program to start", func() bool { return s.printed.after(ready) != "" })
	return s
}

// stop ends the program as Ctrl+C does; it must end well and without an error in its log.
func (s *site) stop() {
	if s.process.ProcessState != nil {
		return // stopped before
	}
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Error(err)
	}
	if err := s.process.Wait(); err != nil {
		s.t.Errorf("the program ended badly: %v", err)
	}
	if log := s.log.String(); strings.Contains(log, "level=ERROR") {
		s.t.Errorf("the program logged errors:\n%s", log)
	}
}

func (s *site) until(what string, holds func() bool) {
	s.t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("waited in vain for %s; the program said:\n%s%s", what, s.printed, s.log)
		}
	}
}

// fetch reads a public file of the site.
func (s *site) fetch(path string) []byte {
	s.t.Helper()
	answer, err := http.Get(s.address + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		s.t.Fatalf("GET %s: %s %v", path, answer.Status, err)
	}
	return content
}

// ports counts those that freePort gave.
var ports atomic.Int32

// freePort is a port so low that the system gives it to nobody by itself, so that it
// is still free when the program listens.
func freePort() int {
	for {
		port := 20000 + (os.Getpid()+int(ports.Add(1)))%10000
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			l.Close()
			return port
		}
	}
}

// lines collects what a process writes.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// after returns what follows the words in their line, "" if no line holds them.
func (l *lines) after(words string) string {
	scan := bufio.NewScanner(strings.NewReader(l.String()))
	for scan.Scan() {
		if _, rest, ok := strings.Cut(scan.Text(), words); ok {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}
