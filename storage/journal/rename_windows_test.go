package journal

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestRenameWaitsForWhoReads holds the target as a program does that looks for viruses.
func TestRenameWaitsForWhoReads(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "新"), filepath.Join(t.TempDir(), "旧")
	for _, path := range []string{from, to} {
		if err := os.WriteFile(path, []byte(filepath.Base(path)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	held, err := os.Open(to) // shared for reading and writing, not for renaming
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(from, to); err == nil {
		t.Fatal("nothing was held")
	}
	time.AfterFunc(300*time.Millisecond, func() { _ = held.Close() })
	if err := Rename(from, to); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(to); err != nil || string(data) != "新" {
		t.Errorf("%q %v", data, err)
	}
}
