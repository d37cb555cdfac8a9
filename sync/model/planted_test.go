package model

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// planted is one mistake put into the real code: the text of a line, and what
// stands there instead. The search must find it within room cases; a mistake that
// survives means that the model no longer looks where it should.
type planted struct {
	name, file, old, new string
	// also is a second place to change, where two checks stand for each other and
	// the loss of one alone does no harm.
	also *planted
}

// room is far above what the rarest takes, some 5,000 cases, so that none fails by
// chance.
const room = 40_000

func faults() []planted {
	const push, merge, pull, identity = "sync/server/push.go", "sync/server/merge.go", "sync/server/pull.go", "sync/server/identity.go"
	const repair, weigh = "sync/server/repairing.go", "sync/server/weighing.go"
	blind := &planted{file: identity, old: "if req.N < d.LastN || req.N == d.LastN && d.LastN > 0 && len(req.Head) > 0 && !bytes.Equal(req.Head, d.LastHash) {",
		new: "if bytes.Equal(nil, d.Key) {"}
	return []planted{
		{"no clamp of future stamps", merge, "s := min(c.Stamp, record.MakeStamp(p.now.UnixMilli(), 0))", "s := c.Stamp", nil},
		{"no causality lift", merge, "s = max(s, r.Stamp+1)", "s = max(s, 1)", nil},
		{"same number, other op taken as duplicate", push, "if !ok || !bytes.Equal(old.Hash, op.hash) {", "if !ok {", blind},
		{"chain not checked", push, "case !bytes.Equal(op.change.Prev, p.device.LastHash):", "case false:", blind},
		{"newest own op and lease not checked", identity, `return req.Lease != "" && d.Lease != "" && req.Lease != d.Lease && req.Lease != d.Before`, "return false", blind},
		{"lease not checked", identity, `return req.Lease != "" && d.Lease != "" && req.Lease != d.Lease && req.Lease != d.Before`, "return false", nil},
		{"own rows never sent back", pull, "if row.Sender != d.ID || !told[row.Seq] {", "if row.Sender != d.ID {", nil},
		{"own ops placed among unseen rows", pull, "if !more {", "if true {", nil},
		{"lost ops not asked for", identity, "return (!e.req.Sealed || e.req.Repair != nil) && e.req.Acked > d.LastN && (len(e.ops) == 0 || e.ops[0].change.N > d.LastN+1)", "return false", nil},
		{"forged values taken in repair", repair, `if m.forged(h, path) || r.Op == "" {`, `if r.Op == "" {`, nil},
		{"lines of history mixed up", weigh, "row.Line == m.offer.Epoch && row.Old <= m.offer.Cursor:", `row.Line != "":`, nil},
		{"everything before the restore counts as known", weigh, "case row.Seq <= m.p.head.shared(m.offer.Epoch),", "case row.Seq <= m.p.head.Seq,", nil},
		{"forged seal taken", "storage/record/seal.go", "!CheckSeal(p.Key, p.Branch, id, path, value(path), seal):", "false:", nil},
		{"value that lost its seal taken", "storage/record/seal.go", `case !isSeal && seal == "" && (value(path) == "" || !p.owns(kind, path)):`, `case seal == "":`, nil},
		{"value under a seal forgotten", weigh, "if kept.Value == other.Value {", "if true {", nil},
		{"restored records not offered", "sync/rebuild.go", "if err != nil || len(answer.Buckets) == 0 {", "if err != nil || len(answer.Buckets) >= 0 {", nil},
		{"loser of a conflict dropped", merge, "clashes := record.Merge(h.Registers, op, p.rules.Guards)", "clashes := record.Merge(h.Registers, op, p.rules.Guards)[:0]", nil},
		{"guards unknown to the district", merge, "record.Merge(h.Registers, op, p.rules.Guards)", "record.Merge(h.Registers, op, nil)", nil},
		{"refused op takes no number", push, "p.device.LastN, p.device.LastHash = op.change.N, op.hash\n\tp.answers = append(p.answers, a)",
			"if a.Row != nil {\n\t\tp.device.LastN, p.device.LastHash = op.change.N, op.hash\n\t}\n\tp.answers = append(p.answers, a)", nil},
		{"refusals forgotten with a restore", push, "record.Duplicate}}\n\tif no := p.check(op); no != nil {", "record.Duplicate}}\n\tif no := p.check(op); false {", nil},
		{"op of another device taken", push, "case op.change.Device != p.device.ID || n == 0:", "case n == 0:", nil},
		{"district's values writable", "sync/server/check.go", "if now[path].Value != c.Set[path] {", "if false {", nil},
		{"partly known op taken as known", merge, "if len(rest) > 0 {", "if false {", nil},
		{"one conflict record for an op and path", "storage/record/holding.go", ` + "\x00" + c.Kept.Op + "\x00" + c.Other.Op`, "", nil},
		{"answer from a later place taken", "sync/open.go", "if ch.From > after || ch.From < after && !late {", "if false {", nil},
		{"answer to an old identity or life taken", "sync/stick.go", "bytes.Equal(hash, resp.Head)", "resp.Head != nil || bytes.Equal(hash, nil)", nil},
		{"answers beyond a gap not told", "sync/exchange.go", "return n < from || n > to", "return from <= to", nil},
		{"late reply lost under a repaired snapshot", "sync/stick.go", "r.Epoch == pos.Epoch && r.Cursor == pos.Cursors[BranchChannel(pos.Branch)]", "r.Epoch == pos.Epoch", nil},
		{"ops sent across a gap", "sync/exchange.go", " || op.N != ops[i-1].N+1", "", nil},
		{"ops out of sight of a district that lost them", "sync/exchange.go", "if x.behind && !x.rewind {", "if x.behind {", nil},
		{"rows laid twice", "sync/model/take.go", "if row.Seq > cursor {", "if row.Seq > 0 {", nil},
		{"cursor moves back", "sync/model/take.go", "if seq > next.pos.Cursors[channel] {", "if seq > 0 {", nil},
		{"pending ops lost with the identity", "sync/model/laptop.go", "for _, o := range kept {", "for _, o := range kept[:0] {", nil},
		{"double own op laid as its own", "sync/model/take.go", "return o.settledBy(row)", "return o.settledBy(row) && row.Seq == 0", nil},
		{"part of an own op taken for it", "sync/model/take.go", "same := c.Device == o.change.Device && c.N == o.change.N && maps.Equal(c.Set, o.change.Set)", "same := c.Device != \"\"", nil},
	}
}

// faultsOfStores are mistakes of the real store, which the same search finds there.
func faultsOfStores() []planted {
	const take, answer = "storage/take.go", "storage/answer.go"
	return []planted{
		{"part of an own op taken for it by the store", take, "own.seq == 0 && bytes.Equal(own.raw, raw)", "own.seq == 0 && bytes.Equal(nil, nil)", nil},
		{"own op answered before its row forgotten", answer, "err = t.keep(&q)", "t.settle(q.change.N)", nil},
		{"store lays rows twice", take, "if row.Seq <= before {", "if row.Seq == before {", nil},
	}
}

func TestPlantedFaultsAreFound(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range []struct {
		test string
		list []planted
	}{{"TestModel$/^one", faults()}, {"TestModelOfStores", faultsOfStores()}} {
		for _, p := range group.list {
			t.Run(strings.ReplaceAll(p.name, " ", "_"), func(t *testing.T) {
				t.Parallel()
				find(t, group.test, plant(t, root, p))
			})
		}
	}
}

// find lets a planted model search until it finds its fault.
func find(t *testing.T, test, binary string) {
	out, err := exec.Command(binary, "-test.run=^"+test+"$", fmt.Sprintf("-rapid.checks=%d", room), "-rapid.nofailfile", "-rapid.shrinktime=0s").CombinedOutput()
	if err == nil {
		t.Fatalf("the fault survived %d cases: the model no longer looks where it is", room)
	}
	if !strings.Contains(string(out), "[rapid] failed after") && !strings.Contains(string(out), "[rapid] panic after") {
		t.Fatalf("the search did not run: %v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "[rapid] failed after") {
			found, _, _ := strings.Cut(line, " tests:")
			t.Log(strings.TrimSpace(found) + " cases")
		}
	}
}

// plant builds the model's test with lines changed. The source on the disk stays
// as it is.
func plant(t *testing.T, root string, p planted) string {
	t.Helper()
	dir := t.TempDir()
	replace := map[string]string{}
	for at := &p; at != nil; at = at.also {
		path := filepath.Join(root, filepath.FromSlash(at.file))
		from := path
		if changed, ok := replace[path]; ok {
			from = changed
		}
		source, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(source), at.old); n != 1 {
			t.Fatalf("%s has %q %d times: plant the fault anew", at.file, at.old, n)
		}
		replace[path] = filepath.Join(dir, filepath.Base(path))
		if err := os.WriteFile(replace[path], []byte(strings.Replace(string(source), at.old, at.new, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "model.test")
	build := exec.Command("go", "test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", list, "-o", binary, "./sync/model")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build with %q: %v\n%s", p.name, err, out)
	}
	return binary
}
