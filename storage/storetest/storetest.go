// Package storetest opens real stores for the tests of other packages.
package storetest

import (
	"context"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
)

// Passphrase opens every store made here.
const Passphrase = "测试用的口令"

// Cost is a cheap Argon2id: tests try no passphrases of real people.
func Cost() storage.Cost { return storage.Cost{Time: 1, Memory: 8 << 10, Threads: 1} }

// Options returns options with a cheap key derivation and the given clock; a nil
// clock is the machine's.
func Options(now func() time.Time) storage.Options {
	return storage.Options{Now: now, Cost: Cost(), Machine: "测试机"}
}

// Open makes a store in a folder of its own. When the test ends it is checked
// and closed. with may change the options before.
func Open(t testing.TB, with ...func(*storage.Options)) *storage.Store {
	t.Helper()
	opt := Options(nil)
	for _, f := range with {
		f(&opt)
	}
	s, _, err := storage.Create(t.TempDir(), Passphrase, opt)
	if err != nil {
		t.Fatalf("make store: %v", err)
	}
	t.Cleanup(func() { Finish(t, s) })
	return s
}

// Finish checks that everything in the store is sound and closes it; a store
// that the test locked or closed is only closed.
func Finish(t testing.TB, s *storage.Store) {
	t.Helper()
	if !s.Locked() {
		rep, err := s.Check(context.Background(), nil) // t.Context ends before clean-up
		if err != nil || !rep.OK {
			t.Errorf("store is not sound: %v %v", err, rep.Problems)
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("close store: %v", err)
	}
}

// Guarded is an option that guards fields of a kind.
func Guarded(kind string, fields ...string) func(*storage.Options) {
	return func(o *storage.Options) { o.Guards = record.Guards{kind: fields} }
}
