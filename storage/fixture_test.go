package storage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// TestFixtures opens a store of every format that was ever shipped with today's
// code. A new format makes its own fixture on the first run, to be committed.
func TestFixtures(t *testing.T) {
	newest := filepath.Join("testdata", fmt.Sprintf("format%d", storage.Format))
	if _, err := os.Stat(newest); os.IsNotExist(err) {
		writeFixture(t, newest)
		t.Fatalf("%s was missing and has been made: commit it", newest)
	}
	for format := 1; format <= storage.Format; format++ {
		dir := t.TempDir()
		for name, data := range snapshotOf(t, filepath.Join("testdata", fmt.Sprintf("format%d", format))) {
			if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
		if err != nil {
			t.Fatalf("format %d: %v", format, err)
		}
		if found := s.Found(); found.Damaged > 0 || found.Torn || found.Unclean {
			t.Errorf("format %d: journal or side file not read: %+v", format, found)
		}
		holdsFixture(t, s)
		member(t, s, "新增")
		storetest.Finish(t, s)
	}
}

func writeFixture(t *testing.T, dir string) {
	t.Helper()
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	s, _, err := storage.Create(dir, storetest.Passphrase, storetest.Options(func() time.Time { return at }))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetSetting("by", "张敏"); err != nil {
		t.Fatal(err)
	}
	m := apply(t, s, record.Edit{Kind: "member", ID: "m1", Set: record.Values{"name": "王小明", "mobile": "13800138000"}})
	apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"name": "王晓明"}, Why: "登记有误"})
	apply(t, s, record.Edit{Kind: "meeting", ID: "k1", Set: record.Values{"title": "支部党员大会", record.Path("attendance", "m1", "state"): "到会"}})
	if _, err := s.AddFile("签到.pdf", []byte("%PDF-1.7 签到")); err != nil {
		t.Fatal(err)
	}
	if err := s.Audit(storage.AuditEntry{Act: storage.AuditPrint, Kind: "meeting", Record: "k1", What: "F01"}); err != nil {
		t.Fatal(err)
	}
	enrol(t, s, "laptop-1")
	apply(t, s, record.Edit{Kind: "member", ID: "m2", Set: record.Values{"name": "李红"}})
	if err := s.SaveDraft(record.Draft{Key: "member/m1", Kind: "member", ID: "m1", Typed: map[string]string{"mobile": "139"}}); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
}

func holdsFixture(t *testing.T, s *storage.Store) {
	t.Helper()
	m, _ := s.Get("member", "m1")
	past, err := s.History("member", "m1")
	if err != nil || m.Values["name"] != "王晓明" || len(past) != 3 || past[1].Old["name"] != "王小明" || past[1].By != "张敏" {
		t.Errorf("member %+v, history %+v, %v", m, past, err)
	}
	k, _ := s.Get("meeting", "k1")
	if rows := k.Rows("attendance"); len(rows) != 1 || rows[0].Values["state"] != "到会" {
		t.Errorf("meeting %+v", k)
	}
	waiting, err := s.Pending(0, 100)
	if err != nil || len(waiting) != 3 || len(s.Drafts()) != 1 {
		t.Errorf("%d waiting, %d drafts, %v", len(waiting), len(s.Drafts()), err)
	}
	files, err := s.Files()
	if err != nil || len(files) != 1 || files[0].Name != "签到.pdf" {
		t.Errorf("files %+v %v", files, err)
	}
	if trail, err := s.AuditTrail(); err != nil || len(trail) != 1 || trail[0].What != "F01" {
		t.Errorf("audit %+v %v", trail, err)
	}
}
