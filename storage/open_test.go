package storage_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// snapshotOf returns name → content of every file in dir.
func snapshotOf(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// refused opens dir and expects a refusal with the code, one Chinese sentence or
// two, and nothing written.
func refused(t *testing.T, dir, code string) {
	t.Helper()
	before := snapshotOf(t, dir)
	_, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	if record.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
	if e, ok := errors.AsType[*record.Error](err); !ok || !strings.HasSuffix(e.Say, "。") {
		t.Errorf("no sentence: %v", err)
	}
	after := snapshotOf(t, dir)
	if len(after) != len(before) {
		t.Errorf("files before %d, after %d", len(before), len(after))
	}
	for name, data := range before {
		if after[name] != data {
			t.Errorf("%s was changed", name)
		}
	}
}

func made(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	s, _, err := storage.Create(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	member(t, s, "甲")
	return closed(t, s)
}

func TestOpenRefusesBeforeWriting(t *testing.T) {
	db := "zhibu.db"
	for code, spoil := range map[string]func(t *testing.T, dir string) error{
		"STORE_GONE": func(_ *testing.T, dir string) error { return os.Remove(filepath.Join(dir, db)) },
		"DAMAGED": func(_ *testing.T, dir string) error {
			return os.WriteFile(filepath.Join(dir, db), bytes.Repeat([]byte("x"), 40_000), 0o600)
		},
		"NEWER_FORMAT": func(_ *testing.T, dir string) error { return setFormat(filepath.Join(dir, db), "99") },
	} {
		t.Run(code, func(t *testing.T) {
			dir := made(t)
			if err := spoil(t, dir); err != nil {
				t.Fatal(err)
			}
			refused(t, dir, code)
		})
	}
}

func setFormat(path, format string) (err error) {
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("head")).Put([]byte("format"), []byte(format)) })
}

func TestEmptyAndTruncatedFilesAreDamage(t *testing.T) {
	for size, code := range map[int64]string{0: "STORE_GONE", 100: "DAMAGED", 4096: "DAMAGED", 9000: "DAMAGED", 20_000: "DAMAGED"} {
		dir := made(t)
		if err := os.Truncate(filepath.Join(dir, "zhibu.db"), size); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, code)
	}
}

func TestOldFileIsARollback(t *testing.T) {
	dir := made(t)
	path := filepath.Join(dir, "zhibu.db")
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	member(t, s, "乙")
	closed(t, s)
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, "ROLLED_BACK")
	// The way out: the old file serves as the backup, the journal brings the rest.
	s, done := restore(t, dir, path, false)
	if names(s) != "甲 乙" || done.Merged != 1 {
		t.Errorf("%s %+v", names(s), done)
	}
}

func TestSecondInstanceSaysSo(t *testing.T) {
	s := storetest.Open(t)
	_, err := storage.Open(s.Dir(), storetest.Passphrase, storetest.Options(nil))
	if record.CodeOf(err) != "ALREADY_OPEN" || !strings.Contains(record.SayOf(err), "支部台账已经开着") {
		t.Errorf("got %v", err)
	}
	if _, err := storage.Open(s.Dir(), "密码先不管对错", storetest.Options(nil)); record.CodeOf(err) != "ALREADY_OPEN" {
		t.Errorf("asked for the passphrase first: %v", err)
	}
}

func TestCreateRefusesAFolderInUse(t *testing.T) {
	dir := made(t)
	if _, _, err := storage.Create(dir, storetest.Passphrase, storetest.Options(nil)); record.CodeOf(err) != "STORE_EXISTS" {
		t.Errorf("got %v", err)
	}
	if _, _, err := storage.Create(t.TempDir(), "短", storetest.Options(nil)); record.CodeOf(err) != "PASSPHRASE_SHORT" {
		t.Errorf("short passphrase: %v", err)
	}
	if _, err := storage.Open(t.TempDir(), "x", storetest.Options(nil)); record.CodeOf(err) != "NO_STORE" {
		t.Errorf("empty folder: %v", err)
	}
}

func TestWrongPassphrasesAreCountedAcrossRestarts(t *testing.T) {
	dir := made(t)
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.Local)
	open := func(passphrase string) error {
		s, err := storage.Open(dir, passphrase, storetest.Options(func() time.Time { return now }))
		if err == nil {
			err = s.Close()
		}
		return err
	}
	for i := range 5 {
		if err := open("不是这个密码"); record.CodeOf(err) != "PASSPHRASE_WRONG" {
			t.Fatalf("try %d: %v", i, err)
		}
	}
	if err := open(storetest.Passphrase); record.CodeOf(err) != "PASSPHRASE_WAIT" {
		t.Fatalf("no wait after five wrong tries: %v", err)
	}
	now = now.Add(5 * time.Second)
	if err := open("不是这个密码"); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Fatalf("after the wait: %v", err)
	}
	now = now.Add(5 * time.Second)
	if err := open(storetest.Passphrase); record.CodeOf(err) != "PASSPHRASE_WAIT" {
		t.Fatalf("the wait does not double: %v", err)
	}
	now = now.Add(5 * time.Second)
	if err := open(storetest.Passphrase); err != nil {
		t.Fatalf("right passphrase: %v", err)
	}
	if err := open("不是这个密码"); record.CodeOf(err) != "PASSPHRASE_WRONG" {
		t.Fatalf("the count was not forgotten: %v", err)
	}
}

func TestUncleanExitIsVerifiedInAChild(t *testing.T) {
	dir := made(t)
	// What a kill leaves: the side file says "open".
	copied := t.TempDir()
	s, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, s)
	member(t, s, "乙")
	for _, name := range []string{"zhibu.db", "zhibu.journal", "zhibu.side"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(copied, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opt := storetest.Options(nil)
	opt.Child = verifyChild(t)
	again, err := storage.Open(copied, storetest.Passphrase, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer storetest.Finish(t, again)
	if !again.Found().Unclean || names(again) != "甲 乙" {
		t.Errorf("%+v %s", again.Found(), names(again))
	}
	broken := storetest.Options(nil)
	broken.Child = []string{"false"}
	closed(t, again)
	side, err := os.ReadFile(filepath.Join(dir, "zhibu.side"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(copied, "zhibu.side"), side, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(copied, storetest.Passphrase, broken); record.CodeOf(err) != "DAMAGED" {
		t.Errorf("a child that fails: %v", err)
	}
}
