package storage_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// planted are 50 invented personal values, none of which may be found anywhere
// outside memory.
func planted() []string {
	var out []string
	for i := range 10 {
		out = append(out, fmt.Sprintf("欧阳测试%c", '甲'+rune(i*37)), fmt.Sprintf("31011519800315%04d", 7000+i*13),
			fmt.Sprintf("1380013%04d", 8200+i*7), fmt.Sprintf("张江路九百%d弄隐私号", 100+i), fmt.Sprintf("secret-minutes-%d-keyword", i))
	}
	return out
}

// TestNoPlantedValueOnDisk works with 50 personal values in every way there is
// and searches the raw bytes of everything written for them.
func TestNoPlantedValueOnDisk(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	root := t.TempDir()
	dir := filepath.Join(root, "data")
	s, code, err := storage.Create(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	values := planted()
	for i, v := range values {
		e := record.Edit{Kind: "member", Set: record.Values{"name": v, "text": "上下文 " + v}, Why: v}
		if i%5 == 0 {
			e.ID = "id-" + v // even a record id may tell something
		}
		m := apply(t, s, e)
		apply(t, s, record.Edit{Kind: "member", ID: m.ID, Set: record.Values{"name": v + "改", record.DeletedPath: "1"}, Why: v})
	}
	everyOtherWay(t, s, values)
	secrets := append(values, storetest.Passphrase, "移交用的密码", code, strings.ReplaceAll(code, "-", ""))
	searched := map[string]bool{}
	look := func() {
		for _, path := range nothingIn(t, secrets, root, temp) {
			kind, _, _ := strings.Cut(filepath.Ext(path), "-")
			searched[kind] = true
		}
	}
	steps := 0
	meanwhile := func(int, int) { // a file is half written
		if steps++; steps%5 == 0 {
			look()
		}
	}
	look()
	backup(t, s)
	if err := s.Compact(t.Context(), meanwhile); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Rekey(t.Context(), storetest.Passphrase, meanwhile); err != nil {
		t.Fatal(err)
	}
	b, err := s.BackupTo(filepath.Join(root, "stick"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Handover(t.Context(), filepath.Join(root, "bundle.zhibu"), "移交用的密码", meanwhile); err != nil {
		t.Fatal(err)
	}
	said := damagedAndRestored(t, closed(t, s), b.Path)
	if err := os.WriteFile(filepath.Join(root, "said.log"), []byte(said), 0o600); err != nil {
		t.Fatal(err)
	}
	look()
	for _, ext := range []string{".db", ".journal", ".side", ".bak", ".compact", ".rekey", ".new", ".zhibu", ".replaced", ".log"} {
		if !searched[ext] {
			t.Errorf("no file %s was searched: %v", ext, searched)
		}
	}
}

// damagedAndRestored spoils the database under a verifying child and the journal,
// restores, and returns what was said about it.
func damagedAndRestored(t *testing.T, dir, backupPath string) string {
	t.Helper()
	opt := storetest.Options(nil)
	opt.Child = verifyChild(t)
	for name, from := range map[string]int{"zhibu.db": 8192, "zhibu.journal": 60} {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := from; i < len(data); i += 97 {
			data[i] ^= 0x5a
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, openErr := storage.Open(dir, storetest.Passphrase, opt)
	_, verifyErr := storage.Verify(filepath.Join(dir, "zhibu.db"), storetest.Passphrase, opt)
	if openErr == nil || verifyErr == nil {
		t.Error("the damage was not noticed")
	}
	s, _, err := storage.Restore(dir, backupPath, storetest.Passphrase, storage.RestoreOptions{Options: opt})
	if err != nil {
		t.Fatal(err)
	}
	storetest.Finish(t, s)
	return fmt.Sprint(openErr, verifyErr)
}

// nothingIn searches every file under the folders and returns their paths.
func nothingIn(t *testing.T, secrets []string, folders ...string) (paths []string) {
	t.Helper()
	found, paths := search(t, secrets, folders...)
	if len(found) > 0 {
		t.Errorf("found %v", found)
	}
	return paths
}

func everyOtherWay(t *testing.T, s *storage.Store, values []string) {
	t.Helper()
	for i, v := range values {
		if err := s.SaveDraft(record.Draft{Key: "member/" + v, Kind: "member", Typed: map[string]string{"name": v}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Audit(storage.AuditEntry{Act: storage.AuditReveal, Kind: "member", Record: "id-" + v, What: v}); err != nil {
			t.Fatal(err)
		}
		if err := s.SetSetting("last/"+v, v); err != nil {
			t.Fatal(err)
		}
		if i%10 == 0 {
			if _, err := s.AddFile(v+".txt", []byte(strings.Repeat(v, 2000))); err != nil {
				t.Fatal(err)
			}
		}
	}
	enrol(t, s, "laptop-1")
	for _, v := range values {
		member(t, s, v)
	}
	ops, err := s.Pending(0, 3)
	if err != nil {
		t.Fatal(err)
	}
	take(t, s, record.Delivery{AckedTo: 2, Results: []record.Result{{N: 1, Verdict: record.Rejected, Say: values[0]}, {N: 2, Verdict: record.Applied, Seq: 2}},
		Rows: []record.Stamped{{Seq: 3, Stamp: 9, Change: record.Change{ID: "x", Device: "d2", Kind: "member", Record: ops[2].Record,
			Set: map[string]string{"name": values[3]}}}}, Cursors: map[string]uint64{"": 3}})
}

// search looks for secrets in every file under the folders, in UTF-8, UTF-16 and
// GB18030.
func search(t *testing.T, secrets []string, folders ...string) (found, paths []string) {
	t.Helper()
	var needles [][]byte
	for _, s := range secrets {
		gb, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		var wide []byte
		for _, u := range utf16.Encode([]rune(s)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		needles = append(needles, []byte(s), []byte(gb), wide)
	}
	for _, folder := range folders {
		for path, data := range snapshotOf(t, folder) {
			paths = append(paths, path)
			for _, n := range needles {
				if bytes.Contains([]byte(path+"\x00"+data), n) {
					found = append(found, fmt.Sprintf("%s holds %q", path, n))
				}
			}
		}
	}
	return found, paths
}

func TestSearchFindsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("欧阳测试甲")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "log"), []byte("x"+gb), 0o600); err != nil {
		t.Fatal(err)
	}
	if found, _ := search(t, []string{"欧阳测试甲"}, dir); len(found) != 1 {
		t.Errorf("the search is blind: %v", found)
	}
}

// TestSealedValuesLookRandom measures the entropy of all sealed bytes of a store
// full of zeros and repetitions, in the backup, the hand-over bundle, the
// attachments and the journal: at least 7.99 bits a byte, and no two values of
// equal content alike.
func TestSealedValuesLookRandom(t *testing.T) {
	for _, alg := range []storage.Algorithm{storage.AES, storage.SM4} {
		s := storetest.Open(t, func(o *storage.Options) { o.Algorithm = alg })
		var edits []record.Edit
		for range 300 {
			edits = append(edits, record.Edit{Kind: "member", Set: record.Values{"text": strings.Repeat("0", 1200)}})
		}
		if _, err := s.Apply(edits...); err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddFile("zeros", make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
		for i := range 60 {
			if err := s.SaveDraft(record.Draft{Key: fmt.Sprint(i), Kind: "form"}); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(filepath.Join(s.Dir(), "zhibu.journal"))
		if err != nil {
			t.Fatal(err)
		}
		looksRandom(t, alg, "journal", bytes.Trim(data[64:], "\x00"))
		bundle := filepath.Join(t.TempDir(), "bundle.zhibu")
		copied := backup(t, s).Path
		if _, err := s.Handover(t.Context(), bundle, "移交用的密码", nil); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{copied, bundle} {
			for bucket, body := range sealedBytes(t, path, alg) {
				looksRandom(t, alg, bucket+" of "+filepath.Base(path), body)
			}
		}
	}
}

// looksRandom judges by the entropy; of less than 20 kB nothing can be said.
func looksRandom(t *testing.T, alg storage.Algorithm, what string, body []byte) {
	t.Helper()
	if bits := entropy(body); len(body) >= 20_000 && bits < 7.98 {
		t.Errorf("%v %s: %.4f bits a byte over %d bytes", alg, what, bits, len(body))
	}
}

// sealedBytes returns by bucket what lies behind the head of each sealed value.
func sealedBytes(t *testing.T, path string, alg storage.Algorithm) map[string][]byte {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	out, seen := map[string][]byte{}, map[string]bool{}
	err = db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			if string(name) == "head" {
				return nil
			}
			return b.ForEach(func(_, v []byte) error {
				if v[1] != byte(alg) || seen[string(v[6:38])] {
					return fmt.Errorf("%s: sealed with %d, or begins like another", name, v[1])
				}
				seen[string(v[6:38])] = true
				out[string(name)] = append(out[string(name)], v[6:]...)
				return nil
			})
		})
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return out
}

func entropy(data []byte) float64 {
	var count [256]float64
	for _, b := range data {
		count[b]++
	}
	bits := 0.0
	for _, n := range count {
		if n > 0 {
			p := n / float64(len(data))
			bits -= p * math.Log2(p)
		}
	}
	return bits
}
