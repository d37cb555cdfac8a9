package server_test

import (
	"os"
	"path/filepath"
	"testing"

	"zhibu/sync/server"
)

// What a killed server left of its snapshots is personal data in plain: the next
// one throws it away, and leaves nothing itself.
func TestSnapshotsOfAKilledServerAreThrownAway(t *testing.T) {
	store := t.TempDir()
	open := func() *server.Server {
		t.Helper()
		s, err := server.Open(store, server.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if err := open().Close(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(store, "snapshots")
	left := filepath.Join(dir, "left.snap")
	if err := os.WriteFile(left, []byte("姓名"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open()
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", left, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("%v, %v are left", files, err)
	}
}
