package record

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

// Stamped is an op as the district accepted it.
type Stamped struct {
	Seq    uint64 // number within the branch
	Stamp  Stamp  // the op's stamp after clamping (sync.md §5)
	Change Change
}

// Merge lays an accepted op over the registers of one record, in place, and
// returns what clashed. Applied in Seq order it is deterministic, so a laptop
// and the district always agree. finalised and the like are just guarded paths.
func Merge(regs map[string]Register, op Stamped, guards Guards) []Clash {
	var clashes []Clash
	for _, path := range Values(op.Change.Set).Paths() {
		next := Register{Value: op.Change.Set[path], Stamp: op.Stamp, Device: op.Change.Device, Op: op.Change.ID}
		now, had := regs[path]
		switch {
		case !had, now.Op == next.Op:
			regs[path] = next
		case now.Value == next.Value:
			if now.Before(next) {
				regs[path] = next
			}
		case op.Change.Saw[path] == now.Op: // knowingly replaced: causality beats clocks
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
