package storage_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// rewrite writes a whole file anew and returns where, and its passphrase.
type rewrite func(ctx context.Context, s *storage.Store, progress storage.Progress) (path, passphrase string, err error)

func rewrites() map[string]rewrite {
	return map[string]rewrite{
		"compact": func(ctx context.Context, s *storage.Store, progress storage.Progress) (string, string, error) {
			return s.Dir(), storetest.Passphrase, s.Compact(ctx, progress)
		},
		"rekey": func(ctx context.Context, s *storage.Store, progress storage.Progress) (string, string, error) {
			_, err := s.Rekey(ctx, "换过以后的新密码", progress)
			return s.Dir(), "换过以后的新密码", err
		},
		"handover": func(ctx context.Context, s *storage.Store, progress storage.Progress) (string, string, error) {
			bundle := filepath.Join(s.Dir(), "移交.zhibu")
			_, err := s.Handover(ctx, bundle, "下一任书记的密码", progress)
			return bundle, "下一任书记的密码", err
		},
	}
}

// everything does one of each kind of write, the n-th time, and takes the drafts,
// settings and attachments of earlier times away again.
func everything(t *testing.T, s *storage.Store, n int) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("write %d: %v", n, err)
		}
	}
	apply(t, s, record.Edit{Kind: "member", ID: fmt.Sprint("m", n%7), Set: record.Values{"name": fmt.Sprint("姓名", n)}})
	apply(t, s, record.Edit{Kind: "meeting", ID: fmt.Sprint("new", n), Set: record.Values{"title": fmt.Sprint(n)}})
	must(s.SaveDraft(record.Draft{Key: fmt.Sprint(n), Kind: "form"}))
	must(s.DropDraft(fmt.Sprint(n - 2)))
	must(s.SetSetting(fmt.Sprint("place", n), "值"))
	must(s.SetSetting(fmt.Sprint("place", n-2), ""))
	must(s.Audit(storage.AuditEntry{Act: storage.AuditPrint, What: fmt.Sprint(n)}))
	_, err := s.AddFile(fmt.Sprint(n), fmt.Appendf(nil, "附件 %d", n))
	must(err)
	_, err = s.DropOrphans()
	must(err)
}

func TestSavesGoThroughWhileTheFileIsWrittenAnew(t *testing.T) {
	for name, rewrite := range rewrites() {
		t.Run(name, func(t *testing.T) {
			now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.Local)
			s := storetest.Open(t, withChild(t), func(o *storage.Options) { o.Now = func() time.Time { return now } })
			var edits []record.Edit
			for n := range 1000 { // more than stay loose
				edits = append(edits, record.Edit{Kind: "member", ID: fmt.Sprint("m", n%7), Set: record.Values{"name": fmt.Sprint("前", n), "text": noise(20, uint64(n))}})
			}
			if _, err := s.Apply(edits...); err != nil {
				t.Fatal(err)
			}
			n := 0
			path, passphrase, err := rewrite(t.Context(), s, func(done, total int) {
				now = now.AddDate(0, 0, 20) // attachments of two calls ago are dropped
				everything(t, s, n)
				if n++; done > total {
					t.Errorf("%d of %d", done, total)
				}
			})
			if err != nil || n < 9 {
				t.Fatalf("%d saves in between: %v", n, err)
			}
			if name == "handover" {
				var done storage.Restored
				next, done, err := storage.Restore(t.TempDir(), path, passphrase, storage.RestoreOptions{Options: storetest.Options(nil)})
				if err != nil {
					t.Fatal(done, err)
				}
				defer storetest.Finish(t, next)
				samePlace(t, next, s)
				return
			}
			samePlace(t, s, s)
			before := truthOf(t, s, "")
			again, err := storage.Open(closed(t, s), passphrase, storetest.Options(nil))
			if err != nil {
				t.Fatal(err)
			}
			defer storetest.Finish(t, again)
			if err := before.wrong(again); err != nil {
				t.Error(err)
			}
		})
	}
}

func samePlace(t *testing.T, got, want *storage.Store) {
	t.Helper()
	if err := truthOf(t, want, "").wrong(got); err != nil {
		t.Error(err)
	}
	files, err := got.Files()
	rest, restErr := want.Files()
	if err != nil || restErr != nil || len(files) != len(rest) || len(files) == 0 {
		t.Errorf("%d attachments, want %d: %v %v", len(files), len(rest), err, restErr)
	}
	for _, a := range files {
		if _, _, err := got.File(a.SHA); err != nil {
			t.Error(err)
		}
	}
	if rep, err := got.Check(t.Context(), nil); err != nil || !rep.OK {
		t.Error(rep, err)
	}
}

func TestRewritingStopsAndLeavesEverythingAsItWas(t *testing.T) {
	for name, rewrite := range rewrites() {
		t.Run(name, func(t *testing.T) {
			s := storetest.Open(t)
			for n := range 10 {
				everything(t, s, n)
			}
			want := truthOf(t, s, "")
			for stopAt := range 9 {
				ctx, stop := context.WithCancel(t.Context())
				calls := 0
				_, _, err := rewrite(ctx, s, func(int, int) {
					if calls++; calls == stopAt+1 {
						stop()
					}
				})
				stop()
				if !errors.Is(err, context.Canceled) {
					t.Fatalf("stopped at %d: %v", stopAt, err)
				}
			}
			for path := range snapshotOf(t, s.Dir()) {
				if base := filepath.Base(path); !slices.Contains([]string{"zhibu.db", "zhibu.journal", "zhibu.side"}, base) {
					t.Errorf("%s was left behind", base)
				}
			}
			if err := want.wrong(s); err != nil {
				t.Error(err)
			}
			member(t, s, "照样能存")
		})
	}
}

func TestLockingEndsARewriting(t *testing.T) {
	s := storetest.Open(t)
	member(t, s, "甲")
	if err := s.Compact(t.Context(), func(int, int) { s.Lock() }); record.CodeOf(err) != "LOCKED" {
		t.Fatal(err)
	}
	if err := s.Unlock(storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	if err := s.Compact(t.Context(), nil); err != nil || names(s) != "甲" {
		t.Errorf("%s %v", names(s), err)
	}
}
