// Package spooltest opens a print service of its own for tests: a real CUPS under
// its own configuration, with one printer, which keeps what it is sent.
package spooltest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The printer of the office: its queue, and what people call it.
const (
	Queue = "Office"
	Label = "办公室激光打印机"
)

// Office is a running print service.
type Office struct {
	Env   []string // makes lp, lpstat and lpadmin ask this service
	paper string   // file of the job that came out
}

// Open starts the service; it ends with the test. The printer is not the default one.
func Open(t testing.TB) *Office {
	t.Helper()
	dir := t.TempDir()
	for _, open := range []string{dir, filepath.Dir(dir)} { // the service works under a user of its own
		must(t, os.Chmod(open, 0o755))
	}
	for _, sub := range []string{"state", "cache", "spool", "tmp", "programs/backend"} {
		must(t, os.MkdirAll(filepath.Join(dir, sub), 0o755))
	}
	write := func(name, format string, args ...any) string {
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, fmt.Appendf(nil, format, args...), 0o700))
		return path
	}
	for _, part := range []string{"daemon", "filter", "notifier"} {
		must(t, os.Symlink(filepath.Join("/usr/lib/cups", part), filepath.Join(dir, "programs", part)))
	}
	paper := filepath.Join(dir, "paper") // the printer itself: a program that takes the job, run by root as only root may run it
	write("programs/backend/paper", "#!/bin/sh\ncat ${6:+\"$6\"} > %[1]s.wet && mv %[1]s.wet %[1]s\n", paper)
	socket := filepath.Join(dir, "s")
	files := write("cups-files.conf", "ServerRoot %[1]s\nStateDir %[1]s/state\nCacheDir %[1]s/cache\nRequestRoot %[1]s/spool\nTempDir %[1]s/tmp\nErrorLog %[1]s/error\nAccessLog %[1]s/access\nServerBin %[1]s/programs\nSystemGroup root\n", dir)
	conf := write("cupsd.conf", "Listen %s\nBrowsing Off\nDefaultAuthType None\n<Location />\nOrder allow,deny\n</Location>\n<Location /admin>\nOrder allow,deny\n</Location>\n", socket)
	cmd := exec.Command("cupsd", "-f", "-c", conf, "-s", files)
	if err := cmd.Start(); err != nil {
		t.Fatalf("the test needs cups (apt install cups): %v", err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		if _, err := cmd.Process.Wait(); err != nil {
			t.Error(err)
		}
	})
	o := &Office{Env: []string{"CUPS_SERVER=" + socket}, paper: paper}
	until(t, "the print service to listen", func() bool { _, err := os.Stat(socket); return err == nil })
	o.Run(t, "lpadmin", "-p", Queue, "-v", "paper:/tray", "-E", "-D", Label, "-m", "raw")
	return o
}

// Run runs a command of CUPS against the service and returns what it says.
func (o *Office) Run(t testing.TB, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(append(os.Environ(), "LC_ALL=C"), o.Env...)
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, said)
	}
	return string(said)
}

// Paper waits for a job to come out of the printer and returns what it was sent.
func (o *Office) Paper(t testing.TB) []byte {
	t.Helper()
	until(t, "paper from the printer", func() bool { _, err := os.Stat(o.paper); return err == nil })
	data, err := os.ReadFile(o.paper)
	must(t, err)
	must(t, os.Remove(o.paper))
	return data
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// until waits for something another process does.
func until(t testing.TB, what string, done func() bool) {
	t.Helper()
	tick, stop := time.NewTicker(20*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-stop:
			t.Fatal("waited in vain for " + what)
		}
	}
}
