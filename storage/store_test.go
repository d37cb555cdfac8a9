package storage_test

import (
	"strings"
	"testing"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// apply saves one edit and returns the record.
func apply(t testing.TB, s *storage.Store, e record.Edit) record.Record {
	t.Helper()
	out, err := s.Apply(e)
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
	return out[0]
}

// reopen closes the store and opens its folder again.
func reopen(t testing.TB, s *storage.Store) *storage.Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	next, err := storage.Open(s.Dir(), storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatalf("open again: %v", err)
	}
	t.Cleanup(func() { storetest.Finish(t, next) })
	return next
}

func TestSavedRecordsSurviveReopening(t *testing.T) {
	s := storetest.Open(t)
	if err := s.SetSetting("by", "张敏"); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDraft(record.Draft{Key: "member/new", Kind: "member", Typed: map[string]string{"name": "王"}}); err != nil {
		t.Fatal(err)
	}
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "王小明", "mobile": "13800138000"}, Draft: "member/new"})
	if m.State != record.Synced || len(s.Drafts()) != 0 {
		t.Fatalf("state %v, drafts %d", m.State, len(s.Drafts()))
	}
	m = apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"name": "王晓明"}, Why: "登记有误"})
	s = reopen(t, s)
	got, ok := s.Get("member", m.ID)
	if !ok || got.Values["name"] != "王晓明" || got.WriterOf("name") == got.WriterOf("mobile") {
		t.Fatalf("got %+v", got)
	}
	past, err := s.History("member", m.ID)
	if err != nil || len(past) != 2 {
		t.Fatalf("history %v %v", past, err)
	}
	if e := past[1]; e.By != "张敏" || e.Old["name"] != "王小明" || e.New["name"] != "王晓明" || e.Why != "登记有误" || e.Device != "测试机" {
		t.Errorf("entry %+v", e)
	}
}

func TestUnchangedEditMakesNoOp(t *testing.T) {
	s := storetest.Open(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "李红"}})
	n := s.Position().N
	apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"name": "李红"}})
	if got := s.Position().N; got != n {
		t.Errorf("op %d after an edit that changes nothing, was %d", got, n)
	}
}

func TestTrashKeepsDeletedRecords(t *testing.T) {
	s := storetest.Open(t)
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "李红"}})
	apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{record.DeletedPath: "1"}})
	if len(s.All("member")) != 0 || len(s.Trash("member")) != 1 {
		t.Fatalf("all %d, trash %d", len(s.All("member")), len(s.Trash("member")))
	}
	apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{record.DeletedPath: ""}})
	if len(s.All("member")) != 1 || len(s.Trash("member")) != 0 {
		t.Fatal("not restored")
	}
}

func TestOnChangeIsToldOutsideTheLocks(t *testing.T) {
	s := storetest.Open(t)
	var told []string
	stop := s.OnChange(func(kind string, ids []string) {
		told = append(told, kind+" "+strings.Join(ids, ","))
		s.All(kind) // would hang inside a lock
	})
	m := apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "李红"}})
	stop()
	apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"name": "李虹"}})
	if len(told) != 1 || told[0] != "member "+m.ID {
		t.Errorf("told %q", told)
	}
}

func TestRecoveryCodeSetsNewPassphrase(t *testing.T) {
	dir := t.TempDir()
	s, code, err := storage.Create(dir, "第一个密码短语", storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, record.Edit{Kind: "member", Set: record.Values{"name": "李红"}})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	typed := strings.ToLower(strings.ReplaceAll(code, "-", " "))
	if s, err = storage.OpenWithCode(dir, typed, "第二个密码短语", storetest.Options(nil)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(dir, "第一个密码短语", storetest.Options(nil)); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Errorf("old passphrase: %v", err)
	}
	if s, err = storage.Open(dir, "第二个密码短语", storetest.Options(nil)); err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, s)
	if len(s.All("member")) != 1 {
		t.Error("record lost")
	}
}
