package storage_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

func backup(t testing.TB, s *storage.Store) storage.Backup {
	t.Helper()
	b, err := s.Backup(storage.BackupManual)
	if err != nil {
		t.Fatalf("backup: %v", err)
	}
	return b
}

func closed(t testing.TB, s *storage.Store) string {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s.Dir()
}

func restore(t testing.TB, dir, path string, forget bool) (*storage.Store, storage.Restored) {
	t.Helper()
	s, done, err := storage.Restore(dir, path, storetest.Passphrase, storage.RestoreOptions{Options: storetest.Options(nil), Forget: forget})
	if err != nil {
		t.Fatalf("restore: %v", err)
	}
	t.Cleanup(func() { storetest.Finish(t, s) })
	return s, done
}

func names(s *storage.Store) string {
	var out []string
	for _, r := range s.All("member") {
		out = append(out, r.Values["name"])
	}
	return strings.Join(out, " ")
}

func member(t testing.TB, s *storage.Store, name string) record.Record {
	t.Helper()
	return apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": name}})
}

// What came after an old backup and lies in a newer one is no longer in the journal;
// the present database still has it.
func TestRestoreOfAnOldBackupBringsBackWhatTheJournalDropped(t *testing.T) {
	s := storetest.Open(t, withChild(t))
	first := member(t, s, "甲")
	old := backup(t, s)
	member(t, s, "乙")
	apply(t, s, record.Edit{Kind: "member", ID: first.ID, Set: record.Values{"name": "甲改"}})
	backup(t, s)
	for _, after := range []string{"", "丙"} {
		if after != "" {
			member(t, s, after)
		}
		dir := closed(t, s)
		plan, err := storage.Preview(dir, old.Path, storetest.Passphrase, storetest.Options(nil))
		if want := 2 + len(after)/3; err != nil || plan.Later != want {
			t.Errorf("preview %+v %v, want %d later", plan, err, want)
		}
		var done storage.Restored
		s, done = restore(t, dir, old.Path, false)
		if want := strings.TrimSpace("甲改 乙 " + after); names(s) != want || done.Missing != 0 {
			t.Errorf("%s %+v, want %s", names(s), done, want)
		}
		if r, err := s.Check(t.Context(), nil); err != nil || !r.OK {
			t.Errorf("%+v %v", r, err)
		}
	}
}

func TestRestoreBringsLaterOpsBack(t *testing.T) {
	s := storetest.Open(t, withChild(t))
	member(t, s, "甲")
	b := backup(t, s)
	member(t, s, "乙")
	dir := closed(t, s)
	if err := os.Truncate(filepath.Join(dir, "zhibu.db"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil)); record.CodeOf(err) != "STORE_GONE" {
		t.Fatalf("empty file: %v", err)
	}
	plan, err := storage.Preview(dir, b.Path, storetest.Passphrase, storetest.Options(nil))
	if err != nil || plan.Counts["member"] != 1 || plan.Later != 1 {
		t.Fatalf("preview %+v %v", plan, err)
	}
	s, done := restore(t, dir, b.Path, false)
	if names(s) != "甲 乙" || done.Merged != 1 || done.Missing != 0 || done.Replaced == "" {
		t.Errorf("%s %+v", names(s), done)
	}
	member(t, s, "丙")
	if s = reopen(t, s); names(s) != "甲 乙 丙" {
		t.Errorf("after reopening: %s", names(s))
	}
}

func TestRestoreCanForgetWhatIsLater(t *testing.T) {
	s := storetest.Open(t)
	member(t, s, "甲")
	b := backup(t, s)
	member(t, s, "乙")
	dir := closed(t, s)
	s, done := restore(t, dir, b.Path, true)
	if names(s) != "甲" || done.Merged != 0 {
		t.Errorf("%s %+v", names(s), done)
	}
	if _, err := os.Stat(done.Replaced); err != nil {
		t.Errorf("the replaced file: %v", err)
	}
}

func TestRestoreKeepsPendingOpsOfAJoinedBranch(t *testing.T) {
	s := enrolled(t)
	member(t, s, "甲")
	b := backup(t, s)
	member(t, s, "乙")
	member(t, s, "丙")
	take(t, s, record.Delivery{AckedTo: 2, Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 1}, {N: 2, Verdict: record.Applied, Seq: 2}},
		Cursors: map[string]uint64{"branch:" + ourBranch: 2}})
	ops, err := s.Pending(2, 10)
	if err != nil || len(ops) != 1 {
		t.Fatal(ops, err)
	}
	dir := closed(t, s)
	s, _ = restore(t, dir, b.Path, false)
	waiting, err := s.Pending(0, 10)
	if err != nil || names(s) != "甲 乙 丙" {
		t.Fatalf("%s %v", names(s), err)
	}
	last := waiting[len(waiting)-1]
	if last.ID != ops[0].ID || last.N != 3 || !bytes.Equal(last.Prev, ops[0].Prev) {
		t.Errorf("the chain changed: %+v", last)
	}
}

func TestRebuildFromTheJournalAlone(t *testing.T) {
	s := storetest.Open(t)
	m := member(t, s, "甲")
	apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"name": "乙"}})
	dir := closed(t, s)
	if err := os.Remove(filepath.Join(dir, "zhibu.db")); err != nil {
		t.Fatal(err)
	}
	s, done, err := storage.Rebuild(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, s)
	past, err := s.History("member", m.ID)
	if names(s) != "乙" || done.Merged != 2 || err != nil || len(past) != 2 {
		t.Errorf("%s %+v %v %v", names(s), done, past, err)
	}
}

func TestBackupsRotate(t *testing.T) {
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.Local)
	s := storetest.Open(t, func(o *storage.Options) { o.Now = func() time.Time { return now } })
	for range 40 {
		if _, made, err := s.BackupIfDue(); err != nil || !made {
			t.Fatal(made, err)
		}
		if _, made, err := s.BackupIfDue(); err != nil || made {
			t.Fatal("made twice", err)
		}
		now = now.AddDate(0, 0, 1)
	}
	list, err := s.Backups()
	if err != nil {
		t.Fatal(err)
	}
	weeks := map[int]bool{}
	for _, b := range list {
		_, week := b.At.ISOWeek()
		weeks[week] = true
	}
	if len(list) < 7+2 || len(list) > 7+4 || len(weeks) != 4 {
		t.Errorf("%d copies of %d weeks", len(list), len(weeks))
	}
}

func TestBackupToAnotherPlaceVerifies(t *testing.T) {
	s := storetest.Open(t, withChild(t))
	member(t, s, "甲")
	stick := filepath.Join(t.TempDir(), "备份")
	b, err := s.BackupTo(stick)
	if err != nil {
		t.Fatal(err)
	}
	c, err := storage.Verify(b.Path, storetest.Passphrase, storage.Options{Child: verifyChild(t)})
	if err != nil || c.Counts["member"] != 1 || c.Store != s.ID() {
		t.Fatalf("%+v %v", c, err)
	}
	if _, err := storage.Verify(b.Path, "不是这个密码", storage.Options{}); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Errorf("wrong passphrase: %v", err)
	}
}

func TestRekeySealsEverythingAnew(t *testing.T) {
	s := enrolled(t, withChild(t))
	member(t, s, "甲")
	take(t, s, record.Delivery{AckedTo: 1, Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 1}},
		Cursors: map[string]uint64{"branch:" + ourBranch: 1}})
	m := member(t, s, "乙")
	a, err := s.AddFile("a.pdf", []byte("%PDF-a"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDraft(record.Draft{Key: "meeting/new", Kind: "meeting", Typed: map[string]string{"title": "丙"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Audit(storage.AuditEntry{Act: storage.AuditExport, Kind: "member", What: "2 行"}); err != nil {
		t.Fatal(err)
	}
	old := backup(t, s)
	code, err := s.Rekey(t.Context(), "换过以后的新密码", nil)
	if err != nil || code == "" {
		t.Fatal(code, err)
	}
	member(t, s, "丁") // goes to the journal under the new key
	if gone, err := s.DropOldBackups(); err != nil || gone != 1 {
		t.Errorf("%d old backups dropped, %v", gone, err)
	}
	if _, err := os.Stat(old.Path); err == nil {
		t.Error("old backup is still there")
	}
	dir := closed(t, s)
	if _, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil)); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Errorf("old passphrase: %v", err)
	}
	if s, err = storage.Open(dir, "换过以后的新密码", storetest.Options(nil)); err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, s)
	past, err := s.History("member", m.ID)
	trail, auditErr := s.AuditTrail()
	if _, _, fileErr := s.File(a.SHA); err != nil || auditErr != nil || fileErr != nil {
		t.Fatal(err, auditErr, fileErr)
	}
	if names(s) != "甲 乙 丁" || len(past) != 1 || len(trail) != 1 || len(s.Drafts()) != 1 || s.Waiting() != 2 {
		t.Errorf("%s, %d history, %d audit, %d drafts, %d waiting", names(s), len(past), len(trail), len(s.Drafts()), s.Waiting())
	}
}

func TestHandoverGoesToAnotherFolder(t *testing.T) {
	s := enrolled(t)
	member(t, s, "甲")
	bundle := filepath.Join(t.TempDir(), "移交.zhibu")
	if _, err := s.Handover(t.Context(), bundle, "下一任书记的密码", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "乙"}}); record.CodeOf(err) != "HANDED_OVER" {
		t.Errorf("write after hand-over: %v", err)
	}
	if _, ok := s.HandedOver(); !ok || names(s) != "甲" {
		t.Error("not readable after hand-over")
	}
	next, _, err := storage.Restore(t.TempDir(), bundle, "下一任书记的密码", storage.RestoreOptions{Options: storetest.Options(nil)})
	if err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, next)
	if _, ok := next.Enrolment(); ok || names(next) != "甲" {
		t.Errorf("bundle carries the laptop's key, or lost %s", names(next))
	}
	if member(t, next, "乙").State != record.Pending {
		t.Error("the next laptop does not keep ops pending")
	}
	if err := s.TakeBack(); err != nil {
		t.Fatal(err)
	}
	member(t, s, "丙")
}

func TestLockDropsEverything(t *testing.T) {
	s := storetest.Open(t)
	m := member(t, s, "甲")
	s.Lock()
	if _, ok := s.Get("member", m.ID); ok || len(s.All("member")) != 0 {
		t.Error("readable while locked")
	}
	if _, err := s.Apply(record.Edit{Kind: "member", Set: record.Values{"name": "乙"}}); record.CodeOf(err) != "LOCKED" {
		t.Errorf("write while locked: %v", err)
	}
	if err := s.Unlock("不是这个密码"); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Errorf("wrong passphrase: %v", err)
	}
	if err := s.Unlock(storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	if member(t, s, "乙"); names(s) != "甲 乙" {
		t.Errorf("after unlocking: %s", names(s))
	}
}
