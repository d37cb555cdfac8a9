package storage_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"zhibu/storage"
	"zhibu/storage/record"
)

// model is what the store should hold: live and deleted records as plain maps,
// and enough of the past to undo.
type model struct {
	t       *rapid.T
	s       *storage.Store
	opt     storage.Options
	folders []string
	live    map[string]record.Values
	ops     []modelOp
	drafts  map[string]string
	kept    []keptBackup
	pass    string
	changes int
}

// modelOp is one op of the past, with the values its paths had before.
type modelOp struct {
	id, record, batch string
	set, old          record.Values
}

type keptBackup struct {
	path string
	live map[string]record.Values
	ops  []modelOp
}

const modelKind = "member"

func (m *model) must(err error) {
	m.t.Helper()
	if err != nil {
		m.t.Fatalf("%v", err)
	}
}

func (m *model) folder() string {
	dir, err := os.MkdirTemp(modelPlace(), "zhibu-model-")
	m.must(err)
	m.folders = append(m.folders, dir)
	return dir
}

// modelPlace is memory where there is some: the model asks what is stored, not
// whether the disk keeps it.
func modelPlace() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

// note records an op as the store has just made it.
func (m *model) note(r record.Record, set record.Values, batch string) {
	old, changed := record.Values{}, record.Values{}
	for path, value := range set {
		if m.live[r.ID][path] != value {
			changed[path], old[path] = value, m.live[r.ID][path]
		}
	}
	if len(changed) == 0 {
		return
	}
	if m.live[r.ID] == nil {
		m.live[r.ID] = record.Values{}
	}
	maps.Copy(m.live[r.ID], changed)
	past, err := m.s.History(modelKind, r.ID)
	m.must(err)
	m.ops = append(m.ops, modelOp{id: past[len(past)-1].Op, record: r.ID, batch: batch, set: changed, old: old})
}

func (m *model) id() string { return fmt.Sprint("m", rapid.IntRange(0, 5).Draw(m.t, "record")) }

func (m *model) set() record.Values {
	out := record.Values{}
	for range rapid.IntRange(1, 3).Draw(m.t, "paths") {
		path := rapid.SampledFrom([]string{"a", "b", "rows/r1/x", record.DeletedPath}).Draw(m.t, "path")
		value := rapid.SampledFrom([]string{"", "1", "甲", "乙乙"}).Draw(m.t, "value")
		if path == record.DeletedPath && value != "1" {
			value = ""
		}
		out[path] = value
	}
	return out
}

func (m *model) save() {
	id, set := m.id(), m.set()
	out, err := m.s.Apply(record.Edit{Kind: modelKind, ID: id, Set: set, Draft: id})
	m.must(err)
	delete(m.drafts, id)
	m.note(out[0], set, "")
}

func (m *model) batch() {
	m.changes++
	batch := fmt.Sprint("batch", m.changes)
	var edits []record.Edit
	for i := range rapid.IntRange(1, 4).Draw(m.t, "rows") {
		edits = append(edits, record.Edit{Kind: modelKind, ID: fmt.Sprint("m", i), Set: m.set(), Batch: batch})
	}
	out, err := m.s.Apply(edits...)
	m.must(err)
	for i, e := range edits {
		m.note(out[i], e.Set, batch)
	}
}

func (m *model) draft() {
	id := m.id()
	m.changes++
	m.drafts[id] = strconv.Itoa(m.changes)
	m.must(m.s.SaveDraft(record.Draft{Key: id, Kind: modelKind, ID: id, Typed: map[string]string{"a": m.drafts[id]}}))
}

// undo takes an op, or the batch it belongs to, back in store and model.
func (m *model) undo() {
	if len(m.ops) == 0 {
		return
	}
	op := m.ops[rapid.IntRange(0, len(m.ops)-1).Draw(m.t, "op")]
	match := func(o modelOp) bool { return o.id == op.id }
	var err error
	if op.batch != "" {
		match = func(o modelOp) bool { return o.batch == op.batch }
		_, err = m.s.UndoBatch(op.batch)
	} else {
		_, err = m.s.Undo(op.id)
	}
	m.must(err)
	for _, id := range []string{"m0", "m1", "m2", "m3", "m4", "m5"} {
		if set := m.compensation(id, match); len(set) > 0 {
			r, _ := m.s.Get(modelKind, id)
			m.note(r, set, "")
		}
	}
}

// compensation says by the model alone what an undo must set.
func (m *model) compensation(id string, match func(modelOp) bool) record.Values {
	writer, before, first, others := map[string]int{}, record.Values{}, -1, false
	for i, o := range m.ops {
		if o.record != id {
			continue
		}
		if first < 0 {
			first = i
		}
		for path := range o.set {
			writer[path] = i
			if _, had := before[path]; match(o) && !had {
				before[path] = o.old[path]
			}
		}
	}
	for _, i := range writer {
		others = others || !match(m.ops[i])
	}
	switch {
	case first < 0 || len(before) == 0:
		return nil
	case match(m.ops[first]) && others:
		return nil
	case match(m.ops[first]):
		return record.Values{record.DeletedPath: "1"}
	}
	for path := range before {
		if !match(m.ops[writer[path]]) {
			delete(before, path)
		}
	}
	return before
}

func (m *model) reopen() {
	m.must(m.s.Close())
	m.open(m.s.Dir())
}

func (m *model) open(dir string) {
	s, err := storage.Open(dir, m.pass, m.opt)
	m.must(err)
	m.s = s
}

// crash goes on with a copy of the files as they are on the disk now.
func (m *model) crash() {
	dir := m.folder()
	entries, err := os.ReadDir(m.s.Dir())
	m.must(err)
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(m.s.Dir(), e.Name()))
		m.must(errors.Join(err, os.WriteFile(filepath.Join(dir, e.Name()), data, 0o600)))
	}
	m.must(m.s.Close())
	m.open(dir)
}

func (m *model) lock() {
	m.s.Lock()
	m.must(m.s.Unlock(m.pass))
}

func (m *model) compact() { m.must(m.s.Compact(m.t.Context(), m.meanwhile())) }

// meanwhile saves and types while a file is written anew.
func (m *model) meanwhile() storage.Progress {
	steps := 0
	return func(int, int) {
		if steps++; steps%4 == 0 {
			m.save()
			m.draft()
		}
	}
}

func (m *model) rekey() {
	m.changes++
	m.pass = fmt.Sprint("换过的新密码", m.changes)
	_, err := m.s.Rekey(m.t.Context(), m.pass, m.meanwhile())
	m.must(err)
	m.kept = nil // they are under the old passphrase
}

func (m *model) backup() {
	b, err := m.s.Backup(storage.BackupDaily)
	m.must(err)
	live := map[string]record.Values{}
	for id, v := range m.live {
		live[id] = v.Clone()
	}
	m.kept = []keptBackup{{path: b.Path, live: live, ops: slices.Clone(m.ops)}}
}

// restore brings the last backup back, with or without what came later.
func (m *model) restore() {
	if len(m.kept) == 0 {
		return
	}
	b, forget := m.kept[0], rapid.Bool().Draw(m.t, "forget")
	dir := m.s.Dir()
	m.must(m.s.Close())
	s, _, err := storage.Restore(dir, b.path, m.pass, storage.RestoreOptions{Options: m.opt, Forget: forget})
	m.must(err)
	m.s = s
	m.kept, m.drafts = nil, map[string]string{}
	for _, d := range s.Drafts() {
		m.drafts[d.Key] = d.Typed["a"]
	}
	if forget {
		m.live, m.ops = b.live, b.ops
	}
}

// same holds the store against the model.
func (m *model) same() {
	got := map[string]record.Values{}
	for _, r := range slices.Concat(m.s.All(modelKind), m.s.Trash(modelKind)) {
		got[r.ID] = r.Values
	}
	for id, want := range m.live {
		for path, value := range want {
			if got[id][path] != value {
				m.t.Fatalf("%s %s: %q, want %q", id, path, got[id][path], value)
			}
		}
	}
	if len(got) != len(m.live) {
		m.t.Fatalf("%d records, want %d", len(got), len(m.live))
	}
	drafts := map[string]string{}
	for _, d := range m.s.Drafts() {
		drafts[d.Key] = d.Typed["a"]
	}
	if !maps.Equal(drafts, m.drafts) {
		m.t.Fatalf("drafts %v, want %v", drafts, m.drafts)
	}
}

// TestModel runs random lives of a store against the model, half of them on each
// of two cores.
func TestModel(t *testing.T) {
	if err := flag.Set("rapid.checks", strconv.Itoa(rounds(5000, 100_000)/2)); err != nil {
		t.Fatal(err)
	}
	for _, half := range []string{"one", "two"} {
		t.Run(half, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, oneLife)
		})
	}
}

func oneLife(t *rapid.T) {
	m := &model{t: t, live: map[string]record.Values{}, drafts: map[string]string{}, pass: "模型用的密码",
		opt: storage.Options{Cost: storage.Cost{Time: 1, Memory: 64, Threads: 1}}}
	s, _, err := storage.Create(m.folder(), m.pass, m.opt)
	m.must(err)
	m.s = s
	defer func() {
		for _, dir := range m.folders {
			m.must(os.RemoveAll(dir))
		}
	}()
	defer func() { m.must(m.s.Close()) }()
	act := func(f func()) func(*rapid.T) { return func(t *rapid.T) { m.t = t; f() } }
	t.Repeat(map[string]func(*rapid.T){
		"save": act(m.save), "save again": act(m.save), "import": act(m.batch), "draft": act(m.draft), "undo": act(m.undo),
		"reopen": act(m.reopen), "crash": act(m.crash), "lock": act(m.lock), "compact": act(m.compact), "rekey": act(m.rekey),
		"backup": act(m.backup), "restore": act(m.restore), "": act(m.same),
	})
	rep, err := m.s.Check(t.Context(), nil)
	m.must(err)
	if !rep.OK {
		t.Fatalf("check: %v", rep.Problems)
	}
}
