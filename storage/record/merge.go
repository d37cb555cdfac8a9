package record

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
)

// Register is one value with the op that wrote it. Registers of one path are
// totally ordered by (Stamp, Device, Value).
type Register struct {
	Value  string
	Stamp  Stamp
	Device string
	Op     string // id of the op
}

// Before reports whether a loses against b.
func (a Register) Before(b Register) bool {
	if a.Stamp != b.Stamp {
		return a.Stamp < b.Stamp
	}
	if a.Device != b.Device {
		return a.Device < b.Device
	}
	return a.Value < b.Value
}

// Clash is one value that another replaced, or was kept out, without its writer
// having seen it. Both stay until a person decides (sync.md §4).
type Clash struct {
	Path    string
	Kept    Register // what stands
	Other   Register // what does not
	Guarded bool     // Other is a proposal: guarded values are never merged silently
}

// Guards says which paths are guarded: the first confirmed value stands and a
// later one that had not seen it becomes a proposal. Kinds unknown to it have
// no guarded paths. It is generated from the catalog and reaches servers as data.
//
// An entry "!field" names the field that closes a record (finalised_at): once it
// has a value, whoever had not seen that only proposes, whatever the path
// (decisions.md 16). An entry "+table" stays open in a closed record (corrections).
// The entry "!deleted" lets an edit win over a deletion its writer had not seen.
type Guards map[string][]string // kind → field names (tables: every column of them)

// Has reports whether path of kind is guarded.
func (g Guards) Has(kind, path string) bool {
	table, _, _ := SplitPath(path)
	for _, name := range g[kind] {
		if name == table || name == path {
			return true
		}
	}
	return false
}

// Hash names the guards, kind by kind, in two bytes each. It is nil where nothing
// is guarded.
func (g Guards) Hash() []byte {
	var out []byte
	for _, kind := range slices.Sorted(maps.Keys(g)) {
		sum := sha256.Sum256([]byte(kind + "\x00" + strings.Join(g[kind], "\x00")))
		out = append(out, sum[:2]...)
	}
	return out
}

// Differ reports whether two replicas merge a kind that both know by other guards,
// by what Hash returned. One may know kinds the other has never heard of: then
// only one of them has what the other has not.
func Differ(a, b []byte) bool { return lacks(a, b) && lacks(b, a) }

// lacks reports whether a has not all that b has.
func lacks(a, b []byte) bool {
	has := map[string]bool{}
	for kind := range slices.Chunk(a, 2) {
		has[string(kind)] = true
	}
	for kind := range slices.Chunk(b, 2) {
		if !has[string(kind)] {
			return true
		}
	}
	return false
}

// closed reports whether op touches a record that was closed without its writer
// having seen that. Who replaced, or named, anything the closing op wrote has.
func (g Guards) closed(regs map[string]Register, op Change) bool {
	for _, entry := range g[op.Kind] {
		field, closes := strings.CutPrefix(entry, "!")
		if now := regs[field]; closes && field != DeletedPath && now.Value != "" && now.Op != op.ID {
			return !sawOp(op, now.Op)
		}
	}
	return false
}

// open reports whether path may be written in a closed record.
func (g Guards) open(kind, path string) bool {
	table, _, _ := SplitPath(path)
	return slices.Contains(g[kind], "+"+table)
}

func sawOp(op Change, id string) bool {
	for _, saw := range op.Saw {
		if saw == id {
			return true
		}
	}
	return false
}

// Seals returns the fields of a kind that close or delete a record: whoever
// edits it has seen how they stand.
func (g Guards) Seals(kind string) []string {
	var fields []string
	for _, entry := range g[kind] {
		if field, ok := strings.CutPrefix(entry, "!"); ok {
			fields = append(fields, field)
		}
	}
	return fields
}

// Reads returns the paths of a record whose registers Merge looks at for op: what
// a store must pass it, and store back.
func (g Guards) Reads(op Change) []string {
	paths := Values(op.Set).Paths()
	seals := g.Seals(op.Kind)
	if slices.Contains(seals, DeletedPath) {
		seals = append(seals, deletedSeal)
	}
	return append(paths, seals...)
}

// Stamped is an op as the district accepted it.
type Stamped struct {
	Seq    uint64 // number within the branch
	Stamp  Stamp  // the op's stamp after clamping (sync.md §5)
	Change Change
}

// Merge lays an accepted op over the registers of one record, in place, and
// returns what clashed. Applied in Seq order it is deterministic, so a laptop
// and the district always agree. Nothing is ever dropped: a value is in the
// registers, or was replaced by one whose writer had seen it, or is in a Clash.
func Merge(regs map[string]Register, op Stamped, guards Guards) []Clash {
	clashes := guards.revive(regs, op)
	closed := guards.closed(regs, op.Change)
	for _, path := range Values(op.Change.Set).Paths() {
		next := Register{Value: op.Change.Set[path], Stamp: op.Stamp, Device: op.Change.Device, Op: op.Change.ID}
		now, had := regs[path]
		seen := !had || op.Change.Saw[path] == now.Op // nothing is replaced, or knowingly: causality beats clocks
		switch {
		case now.Op == next.Op:
			regs[path] = next
		case now.Value == next.Value && (had || closed):
			if seen || now.Before(next) {
				regs[path] = next
			}
		case closed && !guards.open(op.Change.Kind, path):
			clashes = append(clashes, Clash{Path: path, Kept: now, Other: next, Guarded: true})
		case seen:
			regs[path] = next
		case guards.Has(op.Change.Kind, path):
			clashes = append(clashes, Clash{Path: path, Kept: now, Other: next, Guarded: true})
		case now.Before(next):
			regs[path] = next
			clashes = append(clashes, Clash{Path: path, Kept: next, Other: now})
		default:
			clashes = append(clashes, Clash{Path: path, Kept: now, Other: next})
		}
	}
	return clashes
}

// deletedSeal is where the district signs a deletion that stands (a transfer).
const deletedSeal = SealTable + "/" + DeletedPath + "/by"

// revive takes a record out of the recycle bin when somebody edits it who had
// not seen that it was deleted: the edit wins, and the deletion is listed for
// review (sync.md §4).
func (g Guards) revive(regs map[string]Register, op Stamped) []Clash {
	if !slices.Contains(g[op.Change.Kind], "!"+DeletedPath) {
		return nil
	}
	gone := regs[DeletedPath]
	_, decides := op.Change.Set[DeletedPath]
	if gone.Value != "1" || decides || len(op.Change.Set) == 0 || gone.Op == op.Change.ID || Stands(regs[deletedSeal].Value) || sawOp(op.Change, gone.Op) {
		return nil
	}
	back := Register{Stamp: op.Stamp, Device: op.Change.Device, Op: op.Change.ID}
	regs[DeletedPath] = back
	return []Clash{{Path: DeletedPath, Kept: back, Other: gone}}
}
