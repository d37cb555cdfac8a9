package storage_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// put copies a file between data folders.
func put(t *testing.T, from, to, name string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(from, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(to, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAnotherBranchsFileIsRefused(t *testing.T) {
	ours, other := made(t), made(t)
	put(t, other, ours, "zhibu.db")
	refused(t, ours, "OTHER_STORE")
}

// TestPassphraseChangeSurvivesACrash stops between the database's header and the
// side file's: the side file still has the old header and says "open".
func TestPassphraseChangeSurvivesACrash(t *testing.T) {
	dir, crashed := made(t), t.TempDir()
	s, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, s)
	put(t, dir, crashed, "zhibu.side")
	if err := s.ChangePassphrase("不是这个密码", "换过的新密码"); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Fatalf("old passphrase not asked: %v", err)
	}
	if err := s.ChangePassphrase(storetest.Passphrase, "换过的新密码"); err != nil {
		t.Fatal(err)
	}
	put(t, dir, crashed, "zhibu.db")
	put(t, dir, crashed, "zhibu.journal")
	again, err := storage.Open(crashed, "换过的新密码", storetest.Options(nil))
	if err != nil {
		t.Fatalf("new passphrase after the crash: %v", err)
	}
	closed(t, again)
	if _, err := storage.Open(crashed, storetest.Passphrase, storetest.Options(nil)); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Errorf("old passphrase: %v", err)
	}
}

func TestLeftoversAreSwept(t *testing.T) {
	dir := made(t)
	if err := os.MkdirAll(filepath.Join(dir, "backups"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"zhibu.db.compact", "zhibu.db.restore", "backups/.zhibu-1.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	storetest.Finish(t, s)
	if left := snapshotOf(t, dir); len(left) != 3 {
		t.Errorf("%d files left", len(left))
	}
}

func TestAuditTrailIsKept(t *testing.T) {
	s := storetest.Open(t)
	for _, what := range []string{"a", "b", "c"} {
		if err := s.Audit(storage.AuditEntry{Act: storage.AuditExport, What: what}); err != nil {
			t.Fatal(err)
		}
	}
	trail, err := s.AuditTrail()
	if err != nil || len(trail) != 3 || trail[2].N != 3 || trail[0].What != "a" {
		t.Fatalf("%+v %v", trail, err)
	}
	rep, err := s.Check(t.Context(), nil)
	if err != nil || rep.Audit != 3 || !rep.OK {
		t.Errorf("%+v %v", rep, err)
	}
}

func TestCheckVerifiesTheStructureInAChild(t *testing.T) {
	s := storetest.Open(t, withChild(t))
	member(t, s, "甲")
	rep, err := s.Check(t.Context(), nil)
	if err != nil || !rep.OK || rep.Records != 1 || rep.History != 1 {
		t.Errorf("%+v %v", rep, err)
	}
}

func TestCheckTellsHowFarItIsAndStops(t *testing.T) {
	s := storetest.Open(t)
	for i := range 450 {
		apply(t, s, record.Edit{Kind: "member", ID: "m1", Set: record.Values{"name": noise(5, uint64(i))}})
	}
	var told []int
	if rep, err := s.Check(t.Context(), func(done, total int) { told = append(told, done, total) }); err != nil || !rep.OK {
		t.Fatal(rep, err)
	}
	if !slices.Equal(told, []int{200, 450, 400, 450}) {
		t.Error(told)
	}
	ctx, stop := context.WithCancel(t.Context())
	if _, err := s.Check(ctx, func(int, int) { stop() }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestFaultOfTheMappingEndsInARestart cuts the file under the open store: pages
// that are touched then do not exist. No call may crash or hang, and restoring
// brings everything back.
func TestFaultOfTheMappingEndsInARestart(t *testing.T) {
	for _, left := range []int64{0, 4096, 8192, 16384} {
		s, _, err := storage.Create(t.TempDir(), storetest.Passphrase, storetest.Options(nil))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 40 {
			apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": noise(500, uint64(i))}})
		}
		b := backup(t, s)
		last := member(t, s, "最后一个")
		if err := os.Truncate(filepath.Join(s.Dir(), "zhibu.db"), left); err != nil {
			t.Fatal(err)
		}
		refusedNow := 0
		for range 2 {
			if _, err := s.History("member", last.ID); err != nil {
				refusedNow++
			}
			if _, err := s.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "丢"}}); err != nil {
				refusedNow++
			}
			if rep, err := s.Check(t.Context(), nil); err != nil || !rep.OK {
				refusedNow++
			}
		}
		if refusedNow < 2 {
			t.Errorf("%d bytes left: nearly everything went on as if nothing had happened", left)
		}
		if err := s.Close(); err != nil {
			t.Logf("close after %d bytes left: %v", left, err)
		}
		next, _ := restore(t, s.Dir(), b.Path, false)
		if _, ok := next.Get("member", last.ID); !ok {
			t.Errorf("%d bytes left: the last save is lost", left)
		}
	}
}

// TestRestartGoesOnWhereTheFaultStopped lets the mapping fault once, while the file
// is cut, puts the file back and goes on with the same store.
func TestRestartGoesOnWhereTheFaultStopped(t *testing.T) {
	s := storetest.Open(t)
	for i := range 40 {
		apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": noise(500, uint64(i))}})
	}
	last := member(t, s, "最后一个")
	heard := 0
	s.OnChange(func(string, []string) { heard++ })
	path := filepath.Join(s.Dir(), "zhibu.db")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "当时没有存上"}}); record.CodeOf(err) != "RESTART" || !s.Failed() {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Restart(); err != nil || s.Failed() {
		t.Fatal(err)
	}
	if _, ok := s.Get("member", last.ID); !ok {
		t.Error("the last save is lost")
	}
	next := member(t, s, "接着记")
	if _, ok := s.Get("member", next.ID); !ok || heard != 1 {
		t.Errorf("nothing can be stored, or nobody hears of it: %d", heard)
	}
}

func TestRestartOfADamagedFileIsRefused(t *testing.T) {
	s, _, err := storage.Create(t.TempDir(), storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(s.Dir(), "zhibu.db"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "丢"}}); record.CodeOf(err) != "RESTART" {
		t.Fatal(err)
	}
	if err := s.Restart(); record.CodeOf(err) != "STORE_GONE" {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
