package storage

import (
	"os"
	"path/filepath"
	"testing"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// seeds returns one sound encoding of everything that is stored.
func seeds(t testing.TB) map[string][]byte {
	t.Helper()
	change := record.Change{Device: "d", N: 3, Kind: "member", Record: "m1", Stamp: 9, Set: map[string]string{"name": "甲", "rows/a/b": "1"}, ID: "op"}
	raw, err := change.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	b := fromHolding(record.Holding{Kind: "member", ID: "m1", Registers: map[string]record.Register{
		"name": {Value: "甲", Stamp: 9, Device: "d", Op: "op"}, "mobile": {Value: "110", Stamp: 8, Device: "e", Op: "op0"}}}).logged(7).logged(300)
	base, err := b.encode()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{"base": base}
	for name, v := range map[string]any{
		"log": logRow{Seq: 1, Stamp: 9, Change: raw, Old: record.Values{"name": "乙"}}, "out": outRow{Change: raw, Seq: 4},
		"state":   state{Device: "d", N: 3, Sums: map[string]sum{"rec": {Count: 1, Tags: make([]byte, 16)}}, Cursors: map[string]uint64{"": 4}},
		"refused": Refusal{Change: change, Say: "不行"}, "draft": record.Draft{Key: "k", Typed: map[string]string{"a": "b"}},
		"local": localRow{Key: "by", Value: []byte("张敏")}, "audit": auditRow{AuditEntry: AuditEntry{N: 1, Act: AuditPrint}},
		"file": Attachment{SHA: "00", Size: 3}, "tries": tries{Wrong: 3},
	} {
		if out[name], err = record.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// FuzzDecoders feeds every decoder of stored values with every kind of bytes:
// an error is fine, a panic or a value that cannot be encoded again is not.
func FuzzDecoders(f *testing.F) {
	for _, data := range seeds(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := decodeBase(data, texts{}); err == nil {
			b.ordinals()
			again, err := b.encode()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := decodeBase(again, texts{}); err != nil {
				t.Fatalf("cannot read what was written: %v", err)
			}
		}
		if st, err := decodeState(data); err == nil {
			st.clone().Sums["x"] = st.Sums["rec"].flip(make([]byte, 16), 1)
		}
		if _, _, err := decodeLog(data); err != nil {
			_, err = decodeSegment(data)
			ignore(err)
		}
		_, err := decodeOut(data)
		ignore(err)
		h := newShelf()
		for _, take := range []func([]byte) error{h.loadDraft, h.loadLocal, h.loadOut, h.loadRefused} {
			ignore(take(data))
		}
		h.settle(record.Guards{})
		_, err = vault.DecodeHeader(data)
		ignore(err)
	})
}

// ignore says that an error is as good an answer as none.
func ignore(error) {}

// FuzzFilesBeside feeds the readers of the files beside the database.
func FuzzFilesBeside(f *testing.F) {
	dir := f.TempDir()
	if err := writeSide(dir, side{Store: "s", Format: 1, Changes: 7, N: 3, Clean: true, Header: []byte("h")}); err != nil {
		f.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, sideName))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(make([]byte, 8192))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		for _, name := range []string{sideName, triesName, dbName} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		readSide(dir)
		if w := readTries(dir).wait(); w < 0 || w > longest {
			t.Fatalf("wait of %v", w)
		}
		if _, err := inspect(filepath.Join(dir, dbName)); err != nil && record.CodeOf(err) == "" && len(data) > 8192 {
			t.Fatalf("no sentence for %v", err)
		}
	})
}
