package spool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

// service starts a print service of its own with one network printer, which is
// the test itself, and returns how to reach it and what the printer is sent.
func service(t *testing.T) (CUPS, <-chan []byte) {
	t.Helper()
	dir := t.TempDir()
	for _, open := range []string{dir, filepath.Dir(dir)} { // the service works under a user of its own
		if err := os.Chmod(open, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, sub := range []string{"state", "cache", "spool", "tmp"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	socket := filepath.Join(dir, "s")
	address, sent := printer(t)
	write := func(name, format string, args ...any) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, fmt.Appendf(nil, format, args...), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	files := write("cups-files.conf", "ServerRoot %[1]s\nStateDir %[1]s/state\nCacheDir %[1]s/cache\nRequestRoot %[1]s/spool\nTempDir %[1]s/tmp\nErrorLog %[1]s/error\nAccessLog %[1]s/access\nServerBin /usr/lib/cups\nSystemGroup root\n", dir)
	conf := write("cupsd.conf", "Listen %s\nBrowsing Off\nDefaultAuthType None\n<Location />\nOrder allow,deny\n</Location>\n<Location /admin>\nOrder allow,deny\n</Location>\n", socket)
	start(t, exec.Command("cupsd", "-f", "-c", conf, "-s", files), socket)
	c := CUPS{Env: []string{"CUPS_SERVER=" + socket}}
	run(t, c, "lpadmin", "-p", "Office", "-v", "socket://"+address, "-E", "-D", "办公室激光打印机", "-m", "raw")
	return c, sent
}

// printer listens as a network printer does and hands on what it is sent.
func printer(t *testing.T) (address string, sent <-chan []byte) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	got := make(chan []byte, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			close(got) // the test ended without printing
			return
		}
		data, err := io.ReadAll(conn)
		if err := errors.Join(err, conn.Close()); err != nil {
			t.Error(err)
		}
		got <- data
	}()
	return l.Addr().String(), got
}

func start(t *testing.T, cmd *exec.Cmd, socket string) {
	t.Helper()
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
	until(t, "the print service to listen", func() bool { _, err := os.Stat(socket); return err == nil })
}

func run(t *testing.T, c CUPS, name string, args ...string) {
	t.Helper()
	if out, err := c.run(t.Context(), nil, name, args...); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

// until waits for something another process does.
func until(t *testing.T, what string, done func() bool) {
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

func TestPrintsThroughRealCUPS(t *testing.T) {
	c, sent := service(t)
	run(t, c, "lpadmin", "-d", "Office")
	list, err := c.List(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	if p := list[0]; p.Label != "办公室激光打印机" || !p.Ready || !p.Default || p.State != "就绪" {
		t.Fatalf("%+v", p)
	}
	pdf := []byte("%PDF-1.4\n% 会议记录\n")
	if err := c.Print(t.Context(), "Office", pdf, screen.Job{Title: "会议记录", Copies: 1, Duplex: true}); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-sent:
		if !bytes.Equal(got, pdf) {
			t.Fatalf("the printer got %q", got)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("nothing came to the printer")
	}
	if err := c.Print(t.Context(), "Nowhere", pdf, screen.Job{Title: "会议记录"}); record.CodeOf(err) != "PRINT_FAILED" {
		t.Fatal(err)
	}
	run(t, c, "cupsdisable", "Office")
	if list, err = c.List(t.Context()); err != nil || list[0].Ready || list[0].State != "已停用" {
		t.Fatalf("%+v %v", list, err)
	}
}

func TestNoServiceIsNoPrinter(t *testing.T) {
	c := CUPS{Env: []string{"CUPS_SERVER=" + filepath.Join(t.TempDir(), "none")}}
	list, err := c.List(context.Background())
	if len(list) != 0 || (err != nil && record.CodeOf(err) != "PRINT_SERVICE") {
		t.Fatalf("%v %v", list, err)
	}
}

func TestReadsStatesAndPutsTheDefaultFirst(t *testing.T) {
	list := read(`printer Front is idle.  enabled since Fri 20 Nov 2026
	Description: 前台彩色打印机
	Alerts: offline-report
printer Laser now printing Laser-7.  enabled since Fri 20 Nov 2026
	Description: 
	Alerts: none
printer Old is idle.  enabled since Fri
	Alerts: media-empty-error
`, "system default destination: Laser\n")
	want := []screen.Printer{
		{Name: "Laser", Label: "Laser", Ready: true, State: "正在打印", Default: true},
		{Name: "Front", Label: "前台彩色打印机", State: "脱机"},
		{Name: "Old", Label: "Old", State: "缺纸"},
	}
	for i, p := range list {
		if p != want[i] {
			t.Errorf("%+v, want %+v", p, want[i])
		}
	}
}
