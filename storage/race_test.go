package storage_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// TestConcurrentUse reads, writes, backs up, compacts, locks and unlocks from
// several goroutines at once. Refusals with code LOCKED are expected, nothing
// else; go test -race watches.
func TestConcurrentUse(t *testing.T) {
	s := storetest.Open(t)
	var saved sync.Map
	work := map[string]func(i int) error{
		"save":    func(i int) error { return saveOne(s, i, &saved) },
		"draft":   func(i int) error { return s.SaveDraft(record.Draft{Key: fmt.Sprint(i % 3), Kind: "form"}) },
		"read":    func(i int) error { return readAll(s, i) },
		"backup":  every(20, func() error { _, err := s.Backup(storage.BackupManual); return err }),
		"compact": every(30, func() error { return s.Compact(t.Context(), nil) }),
		"lock":    every(15, func() error { s.Lock(); return s.Unlock(storetest.Passphrase) }),
	}
	var wait sync.WaitGroup
	for name, one := range work {
		wait.Go(func() {
			for i := range 60 {
				if err := one(i); err != nil && record.CodeOf(err) != "LOCKED" && record.CodeOf(err) != "RECORD_UNKNOWN" {
					t.Errorf("%s: %v", name, err)
					return
				}
			}
		})
	}
	wait.Wait()
	saved.Range(func(id, last any) bool {
		if r, _ := s.Get("member", fmt.Sprint(id)); r.Values["name"] != fmt.Sprint(last) {
			t.Errorf("%v holds %q, saved %v", id, r.Values["name"], last)
		}
		return true
	})
}

// every makes work happen on each n-th turn only.
func every(n int, work func() error) func(int) error {
	return func(i int) error {
		if i%n != 0 {
			return nil
		}
		return work()
	}
}

func saveOne(s *storage.Store, i int, saved *sync.Map) error {
	id := fmt.Sprint("m", i%7)
	_, err := s.Apply(record.Edit{Kind: "member", ID: id, Set: record.Values{"name": fmt.Sprint(i)}})
	if err == nil {
		saved.Store(id, i)
	}
	return err
}

func readAll(s *storage.Store, i int) error {
	for _, r := range s.All("member") {
		if r.Values["name"] == "" {
			return errors.New("half a record")
		}
	}
	_, err := s.History("member", fmt.Sprint("m", i%7))
	return err
}
