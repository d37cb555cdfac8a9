//go:build linux

package storage_test

import (
	"context"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"zhibu/storage/internal/powerfs"
)

// mounted mounts a disk with the content of dir, as type fuse.name.
func mounted(t *testing.T, disk *powerfs.Disk, name, dir string) (mount string, unmount func()) {
	t.Helper()
	if _, err := os.Stat("/dev/fuse"); err != nil {
		t.Fatalf("this test needs /dev/fuse (package fuse3): %v", err)
	}
	if err := disk.Load(dir); err != nil {
		t.Fatal(err)
	}
	mount = t.TempDir()
	stop, err := disk.Mount(mount, name)
	if err != nil {
		t.Fatalf("this test needs /dev/fuse (package fuse3): %v", err)
	}
	return mount, func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	}
}

// cutOnce lets a worker run on a disk with the content of dir, cuts the power at
// a random moment and leaves in dir what survived.
func cutOnce(t *testing.T, dir string, seed uint64, lies bool, seen acked) string {
	t.Helper()
	disk := powerfs.New(seed, lies)
	mount, unmount := mounted(t, disk, "powerfs", dir)
	defer unmount()
	after := time.Duration(rand.New(rand.NewPCG(seed, 2)).IntN(400)) * time.Millisecond
	life, kill := context.WithCancel(t.Context())
	defer kill()
	return runWorker(life, t, mount, seed, seen, func() {
		time.AfterFunc(after, func() {
			if err := disk.Cut(dir); err != nil {
				t.Error(err)
			}
			kill()
		})
	})
}

func TestPowerCutLosesNothingSynced(t *testing.T) {
	dir, seen := made(t), acked{}
	n := rounds(30, 300)
	for round := range n {
		said := cutOnce(t, dir, uint64(round), false, seen)
		if said != "" && !strings.Contains(said, "input/output error") {
			t.Fatalf("round %d: worker said %s", round, said)
		}
		if lost := soundAfterCrash(t, dir, seen); len(lost) > 0 {
			t.Fatalf("round %d: %v", round, lost)
		}
	}
	if len(seen) < 20 {
		t.Errorf("the workers did next to nothing: %d calls", len(seen))
	}
	t.Logf("%d rounds, 0 lost", n)
}

// TestPowerCutTestNoticesLostSyncs is the control: on a disk that answers syncs
// without doing them, the same rounds must find a loss.
func TestPowerCutTestNoticesLostSyncs(t *testing.T) {
	for round := range 20 {
		dir, seen := made(t), acked{}
		cutOnce(t, dir, uint64(round), true, seen)
		if lost := soundAfterCrash(t, dir, seen); len(seen) > 1 && len(lost) > 0 {
			t.Logf("found in round %d: %v", round, lost[0])
			return
		}
	}
	t.Fatal("20 cuts on a disk that ignores syncs went unnoticed")
}

// TestWriteErrorsLoseNothingAcknowledged lets every write and sync fail from a
// random moment on; the worker must end with a sentence, not a crash, and what it
// had acknowledged must be there on the sound disk.
func TestWriteErrorsLoseNothingAcknowledged(t *testing.T) {
	dir, seen := made(t), acked{}
	for round := range rounds(20, 200) {
		disk := powerfs.New(uint64(round), false)
		mount, unmount := mounted(t, disk, "powerfs", dir)
		disk.FailAfter(rand.New(rand.NewPCG(uint64(round), 3)).IntN(300))
		life, stop := context.WithTimeout(t.Context(), 20*time.Second)
		said := runWorker(life, t, mount, uint64(round), seen, func() {})
		stop()
		if strings.Contains(said, "panic") || strings.Contains(said, "SIG") || said == "" {
			t.Fatalf("round %d: worker said %q", round, said)
		}
		if err := disk.Cut(dir); err != nil {
			t.Fatal(err)
		}
		unmount()
		if lost := soundAfterCrash(t, dir, seen); len(lost) > 0 {
			t.Fatalf("round %d: %v (worker: %s)", round, lost, said)
		}
	}
}

// TestFullDiskIsSaidAndLosesNothing fills the disk under a working store.
func TestFullDiskIsSaidAndLosesNothing(t *testing.T) {
	dir, seen := made(t), acked{}
	for round := range rounds(6, 60) {
		disk := powerfs.New(uint64(round), false)
		mount, unmount := mounted(t, disk, "powerfs", dir)
		// Sometimes the free-space check sees it coming, sometimes the write fails.
		disk.Limit(disk.Used() + 8<<20 + int64(round%3)*(1<<18))
		life, stop := context.WithTimeout(t.Context(), 30*time.Second)
		said := runWorker(life, t, mount, uint64(round), seen, func() {})
		stop()
		if !strings.Contains(said, "DISK_FULL") && !strings.Contains(said, "NOT_SAVED") {
			t.Fatalf("round %d: worker said %q", round, said)
		}
		disk.Limit(1 << 40)
		if err := disk.Cut(dir); err != nil {
			t.Fatal(err)
		}
		unmount()
		if lost := soundAfterCrash(t, dir, seen); len(lost) > 0 {
			t.Fatalf("round %d: %v", round, lost)
		}
	}
}
