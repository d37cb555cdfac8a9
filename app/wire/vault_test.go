package wire

import (
	"context"
	"errors"
	"testing"
	"time"

	"zhibu/storage"
)

// The day's housekeeping of a folder that is locked or closed meanwhile is put off,
// not reported; a stop of the work is passed on to it.
func TestHousekeepingIsPutOffWhenLocked(t *testing.T) {
	v := &Vault{Dir: t.TempDir(), Options: storage.Options{Now: time.Now, Machine: "甲", Cost: storage.Cost{Time: 1, Memory: 8 << 10, Threads: 1}}}
	if _, _, err := v.Create("一句很长的测试密码"); err != nil {
		t.Fatal(err)
	}
	s, err := v.Store()
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Housekeep(t.Context()); err != nil {
		t.Errorf("open: %v", err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := s.Compact(stopped, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	s.Lock()
	if err := v.Housekeep(t.Context()); err != nil {
		t.Errorf("locked: %v", err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if err := v.Housekeep(t.Context()); err != nil {
		t.Errorf("closed: %v", err)
	}
}
