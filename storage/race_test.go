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
	fine := func(err error) error {
		if record.CodeOf(err) == "LOCKED" || record.CodeOf(err) == "RECORD_UNKNOWN" {
			return nil
		}
		return err
	}
	var saved sync.Map
	work := map[string]func(i int) error{
		"save": func(i int) error {
			id := fmt.Sprint("m", i%7)
			_, err := s.Apply(record.Edit{Kind: "member", ID: id, Set: record.Values{"name": fmt.Sprint(i)}})
			if err == nil {
				saved.Store(id, i)
			}
			return fine(err)
		},
		"draft": func(i int) error {
			return fine(s.SaveDraft(record.Draft{Key: fmt.Sprint(i % 3), Kind: "form"}))
		},
		"read": func(i int) error {
			for _, r := range s.All("member") {
				if r.Values["name"] == "" {
					return errors.New("half a record")
				}
			}
			_, err := s.History("member", fmt.Sprint("m", i%7))
			return fine(err)
		},
		"backup": func(i int) error {
			if i%20 != 0 {
				return nil
			}
			_, err := s.Backup(storage.BackupManual)
			return fine(err)
		},
		"compact": func(i int) error {
			if i%30 != 0 {
				return nil
			}
			return fine(s.Compact(t.Context()))
		},
		"lock": func(i int) error {
			if i%15 != 0 {
				return nil
			}
			s.Lock()
			return s.Unlock(storetest.Passphrase)
		},
	}
	var wait sync.WaitGroup
	for name, one := range work {
		wait.Go(func() {
			for i := range 60 {
				if err := one(i); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
			}
		})
	}
	wait.Wait()
	saved.Range(func(id, last any) bool {
		if r, _ := s.Get("member", id.(string)); r.Values["name"] != fmt.Sprint(last) {
			t.Errorf("%v holds %q, saved %v", id, r.Values["name"], last)
		}
		return true
	})
}
