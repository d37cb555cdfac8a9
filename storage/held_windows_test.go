package storage

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"

	"zhibu/storage/record"
)

// TestWindowsErrorsAreSaid: the system's own numbers, which package syscall has
// no common names for.
func TestWindowsErrorsAreSaid(t *testing.T) {
	for code, say := range map[windows.Errno]string{
		windows.ERROR_DISK_FULL: "DISK_FULL", windows.ERROR_HANDLE_DISK_FULL: "DISK_FULL", windows.ERROR_FILE_TOO_LARGE: "DISK_FULL",
		windows.ERROR_WRITE_PROTECT: "READ_ONLY", windows.ERROR_ACCESS_DENIED: "READ_ONLY", windows.ERROR_CRC: "DISK_FAULT",
	} {
		if got := record.CodeOf(place(&os.PathError{Op: "write", Path: "台账", Err: code})); got != say {
			t.Errorf("%v is said as %s, want %s", code, got, say)
		}
	}
}

// TestAnOpenStoreIsHeld asks without mapping the file, as before a restore.
func TestAnOpenStoreIsHeld(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "支部 台账")
	s, _, err := Create(dir, "测试用的口令", Options{Cost: Cost{Time: 1, Memory: 8 << 10, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := unheld(s.path()); record.CodeOf(err) != "ALREADY_OPEN" {
		t.Errorf("open store: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := unheld(s.path()); err != nil {
		t.Errorf("closed store: %v", err)
	}
}
