package storage_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// noise is text of n Han characters that does not compress.
func noise(n int, seed uint64) string {
	random := rand.New(rand.NewPCG(seed, 7))
	out := make([]rune, n)
	for i := range out {
		out[i] = rune(0x4e00 + random.IntN(20_000))
	}
	return string(out)
}

// truth is what a store held before it was damaged.
type truth struct {
	values  map[string]record.Values // member id → values
	history map[string]int           // member id → entries
	drafts  int
	file    string
	trail   int
}

func truthOf(t *testing.T, s *storage.Store, file string) truth {
	t.Helper()
	out := truth{values: map[string]record.Values{}, history: map[string]int{}, drafts: len(s.Drafts()), file: file}
	for _, r := range s.All("member") {
		past, err := s.History("member", r.ID)
		if err != nil {
			t.Fatal(err)
		}
		out.values[r.ID], out.history[r.ID] = r.Values, len(past)
	}
	trail, err := s.AuditTrail()
	if err != nil {
		t.Fatal(err)
	}
	out.trail = len(trail)
	return out
}

// wrong reports what a store shows that is not true. What it refuses to show is
// not wrong: the damage was noticed.
func (want truth) wrong(s *storage.Store) error {
	all := s.All("member")
	if len(all) != len(want.values) || len(s.Drafts()) != want.drafts {
		return fmt.Errorf("%d members, %d drafts", len(all), len(s.Drafts()))
	}
	for _, r := range all {
		if !maps.Equal(r.Values, want.values[r.ID]) {
			return fmt.Errorf("values of %s", r.ID)
		}
		if past, err := s.History("member", r.ID); err == nil && len(past) != want.history[r.ID] {
			return fmt.Errorf("%d history entries of %s", len(past), r.ID)
		}
	}
	if trail, err := s.AuditTrail(); err == nil && len(trail) != want.trail {
		return fmt.Errorf("%d audit entries", len(trail))
	}
	if _, data, err := s.File(want.file); err == nil && len(data) == 0 {
		return fmt.Errorf("empty attachment")
	}
	return nil
}

// damageable fills a store, makes a backup, works on and closes it.
func damageable(t *testing.T) (dir, backupPath string, want truth) {
	t.Helper()
	s := storetest.Open(t)
	random := rand.New(rand.NewPCG(4, 4))
	step := func(i int) {
		id := fmt.Sprintf("m%d", i%60)
		apply(t, s, record.Edit{Kind: "member", ID: id, Set: record.Values{"name": fmt.Sprint("姓名", i), "text": noise(random.IntN(700), uint64(i))}})
	}
	for i := range 150 {
		step(i)
	}
	for i := range 20 {
		if err := s.SaveDraft(record.Draft{Key: fmt.Sprint(i), Kind: "form", Typed: map[string]string{"a": "b"}}); err != nil {
			t.Fatal(err)
		}
		if err := s.Audit(storage.AuditEntry{Act: storage.AuditReveal, Kind: "member", What: "id_no"}); err != nil {
			t.Fatal(err)
		}
	}
	a, err := s.AddFile("a.bin", []byte(noise(200_000, 1)))
	if err != nil {
		t.Fatal(err)
	}
	b := backup(t, s)
	for i := range 30 {
		step(i)
	}
	want = truthOf(t, s, a.SHA)
	return closed(t, s), b.Path, want
}

// spoil damages one file in one of the ways disks and people do.
func spoil(data []byte, random *rand.Rand) ([]byte, string) {
	out := append([]byte(nil), data...)
	page := 4096 * random.IntN(max(1, len(out)/4096))
	end := min(page+4096, len(out))
	switch random.IntN(7) {
	case 0:
		return out[:random.IntN(len(out))], "truncated"
	case 1:
		clear(out[page:end])
		return out, "zeroed page"
	case 2:
		for range 1 + random.IntN(3) {
			out[random.IntN(len(out))] ^= 1 << random.IntN(8)
		}
		return out, "flipped bits"
	case 3: // in the heads of pages, where it hurts most
		out[page+random.IntN(min(64, end-page))] ^= byte(1 + random.IntN(255))
		return out, "changed page head"
	case 4:
		for i := page; i < end; i++ {
			out[i] = byte(random.IntN(256))
		}
		return out, "noise page"
	case 5:
		other := 4096 * random.IntN(max(1, len(out)/4096))
		copy(out[page:end], data[other:min(other+4096, len(data))])
		return out, "doubled page"
	}
	clear(out[random.IntN(len(out)):])
	return out, "zeroed tail"
}

func TestSeededDamages(t *testing.T) {
	dir, backupPath, want := damageable(t)
	files := []string{"zhibu.db", "zhibu.db", "zhibu.db", "zhibu.db", "zhibu.db", "zhibu.journal", "zhibu.side"}
	good := map[string][]byte{}
	for _, name := range files {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		good[name] = data
	}
	n, tally := rounds(100, 1000), map[string]int{}
	for round := range n {
		random := rand.New(rand.NewPCG(uint64(round), 5))
		place := t.TempDir()
		for name, data := range good {
			if err := os.WriteFile(filepath.Join(place, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		victim := files[random.IntN(len(files))]
		bad, how := spoil(good[victim], random)
		if err := os.WriteFile(filepath.Join(place, victim), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		outcome := afterDamage(t, place, backupPath, victim, want)
		tally[outcome]++
		if outcome == "WRONG" {
			t.Errorf("round %d: %s %s", round, victim, how)
		}
		if err := os.RemoveAll(place); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d damages: %v", n, tally)
}

// afterDamage opens a damaged folder; where that is refused it restores from the
// backup. It returns what came of it.
func afterDamage(t *testing.T, dir, backupPath, victim string, want truth) string {
	t.Helper()
	s, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	outcome := "harmless or mended"
	if err != nil {
		outcome = record.CodeOf(err) + ", restored"
		if record.CodeOf(err) == "" {
			t.Errorf("%s: no sentence for %v", victim, err)
			return "WRONG"
		}
		var done storage.Restored
		s, done, err = storage.Restore(dir, backupPath, storetest.Passphrase, storage.RestoreOptions{Options: storetest.Options(nil)})
		if err != nil {
			t.Errorf("%s: no way back: %v", victim, err)
			return "WRONG"
		}
		if victim != "zhibu.journal" && done.Merged != 30 {
			t.Errorf("%s: %d of 30 later ops merged", victim, done.Merged)
			return "WRONG"
		}
	}
	if err := want.wrong(s); err != nil {
		t.Errorf("%s: %s, but silently wrong: %v", victim, outcome, err)
		outcome = "WRONG"
	}
	if rep, err := s.Check(t.Context(), nil); outcome == "harmless or mended" && (err != nil || !rep.OK) {
		outcome = "opened, told by check"
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	return outcome
}
