//go:build linux

package storage_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// tmpfs mounts a file system of its own of the given size at a folder.
func tmpfs(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Fatalf("this test mounts a tmpfs and needs root: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// filled makes a disk truly full, even what is reserved, until empty is called.
func filled(t *testing.T, dir string) (empty func()) {
	t.Helper()
	filler := filepath.Join(dir, "filler")
	if err := exec.Command("dd", "if=/dev/zero", "of="+filler, "bs=1M").Run(); err == nil {
		t.Fatal("disk is not full")
	}
	return func() {
		if err := os.Remove(filler); err != nil {
			t.Error(err)
		}
	}
}

func TestFullTmpfs(t *testing.T) {
	dir := tmpfs(t, "24m")
	s, _, err := storage.Create(filepath.Join(dir, "data"), storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	saved := 0
	for err == nil {
		_, err = s.Apply(record.Edit{Kind: "member", Set: record.Values{"text": noise(40_000, uint64(saved))}})
		saved++
	}
	saved--
	if record.CodeOf(err) != "DISK_FULL" || saved < 5 {
		t.Fatalf("after %d saves: %v", saved, err)
	}
	if got := len(s.All("member")); got != saved {
		t.Errorf("%d records, %d saved", got, saved)
	}
	empty := filled(t, dir)
	if err := s.SaveDraft(record.Draft{Key: "k", Kind: "member"}); record.CodeOf(err) != "DISK_FULL" {
		t.Errorf("draft on a full disk: %v", err)
	}
	empty()
	storetest.Finish(t, s)
	empty = filled(t, dir)
	if _, err := storage.Open(s.Dir(), storetest.Passphrase, storetest.Options(nil)); record.CodeOf(err) != "DISK_FULL" {
		t.Errorf("open on a full disk: %v", err)
	}
	empty()
	// With what is reserved the books open, and everything can be read.
	if s, err = storage.Open(s.Dir(), storetest.Passphrase, storetest.Options(nil)); err != nil {
		t.Fatal(err)
	}
	if got := len(s.All("member")); got != saved {
		t.Errorf("%d records to read, %d saved", got, saved)
	}
	if _, err := s.Apply(record.Edit{Kind: "member", Set: record.Values{"text": "一"}}); record.CodeOf(err) != "DISK_FULL" {
		t.Errorf("save on a nearly full disk: %v", err)
	}
	storetest.Finish(t, s)
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	if s, err = storage.Open(s.Dir(), storetest.Passphrase, storetest.Options(nil)); err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, s)
	if got := len(s.All("member")); got != saved {
		t.Errorf("%d records after reopening, %d saved", got, saved)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	dir := tmpfs(t, "32m")
	data := filepath.Join(dir, "data")
	s, _, err := storage.Create(data, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT|unix.MS_RDONLY, "size=32m"); err != nil {
		t.Fatal(err)
	}
	refused(t, data, "READ_ONLY")
}

// TestFileSizeLimit runs a worker under a limit that its database reaches soon.
func TestFileSizeLimit(t *testing.T) {
	dir, seen := made(t), acked{}
	life, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	t.Setenv(workerLimit, "400000")
	said := runWorker(life, t, dir, 1, seen, func() {})
	if strings.Contains(said, "SIG") || strings.Contains(said, "panic") || said == "" {
		t.Fatalf("worker said %q", said)
	}
	if lost := soundAfterCrash(t, dir, seen); len(lost) > 0 {
		t.Fatal(lost)
	}
	t.Log(said)
}
