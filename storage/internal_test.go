package storage

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

func TestEveryFormatHasItsMigration(t *testing.T) {
	if len(steps())+1 != Format {
		t.Errorf("format %d with %d migrations", Format, len(steps()))
	}
}

// TestMigrationIsOneTransactionAfterACopy runs two invented steps, the second
// failing at first.
func TestMigrationIsOneTransactionAfterACopy(t *testing.T) {
	opt := Options{Cost: Cost{Time: 1, Memory: 64, Threads: 1}, Now: func() time.Time { return time.Unix(1_800_000_000, 0) }}
	s, _, err := Create(t.TempDir(), "测试用的密码", opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	mark := func(name string) step {
		return func(b *bolt.Tx, _ *vault.Keys) error { return b.Bucket([]byte(bHead)).Put([]byte(name), []byte("1")) }
	}
	bad := func(*bolt.Tx, *vault.Keys) error { return errors.New("no") }
	if err := migrate(s.dir, s.db, s.keys, 1, []step{mark("one"), bad}, s.opt); record.CodeOf(err) != "NOT_SAVED" {
		t.Fatalf("got %v", err)
	}
	if got := headValue(t, s, "one"); got != "" {
		t.Error("half a migration stayed")
	}
	if err := migrate(s.dir, s.db, s.keys, 1, []step{mark("one"), mark("two")}, s.opt); err != nil {
		t.Fatal(err)
	}
	if headValue(t, s, "one")+headValue(t, s, "two") != "11" || headValue(t, s, "format") != "3" {
		t.Error("not migrated")
	}
	if _, _, err := readHead(s.db); record.CodeOf(err) != "NEWER_FORMAT" {
		t.Errorf("an older program opens it: %v", err)
	}
	list, err := BackupsIn(filepath.Join(s.dir, backupsName), s.keys.Store())
	if err != nil || len(list) != 2 || list[0].Reason != BackupMigration {
		t.Fatalf("copies %+v %v", list, err)
	}
	if err := verifyFile(nil, list[0].Path, s.keys); err != nil {
		t.Errorf("copy before the migration: %v", err)
	}
}

func headValue(t *testing.T, s *Store, key string) string {
	t.Helper()
	var out string
	err := s.db.View(func(b *bolt.Tx) error {
		out = string(b.Bucket([]byte(bHead)).Get([]byte(key)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAuditChainNoticesWhatIsTakenOut drops one entry together with its trace in
// the sums, as a program with the keys could.
func TestAuditChainNoticesWhatIsTakenOut(t *testing.T) {
	for gone := uint64(1); gone <= 3; gone++ {
		s, _, err := Create(t.TempDir(), "测试用的密码", Options{Cost: Cost{Time: 1, Memory: 64, Threads: 1}})
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := s.Audit(AuditEntry{Act: AuditExport}); err != nil {
				t.Fatal(err)
			}
		}
		if rep, err := s.Check(t.Context(), nil); err != nil || !rep.OK {
			t.Fatal(rep, err)
		}
		if err := s.change(func(st *stage) error { st.drop(bAudit, number(gone)); return nil }); err != nil {
			t.Fatal(err)
		}
		if rep, err := s.Check(t.Context(), nil); err != nil || rep.OK {
			t.Errorf("entry %d taken out unnoticed: %+v %v", gone, rep, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
