package screen

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Answer is what a person decides about one contest.
type Answer int

// The answers, as the digits 1 to 3 choose them.
const (
	Undecided Answer = iota
	Kept             // the value that stands
	Other            // the value that does not
	Both             // both, one after the other; text only
	Edited           // something typed instead
)

// resolved names the answers as the conflict record keeps them.
func (a Answer) resolved() string { return [...]string{"", "kept", "other", "both", "edit"}[a] }

// Side is one of two values that met.
type Side struct {
	Text string // short, numbers masked
	Full string // whole: see Book.Reveal
	By   string
	At   time.Time
	op   string // that wrote it
}

// Contest is one field that two people changed without seeing each other's value.
type Contest struct {
	ID       string // of the conflict record
	Path     string
	Label    string
	Kept     Side
	Other    Side
	Guarded  bool // the other is a proposal and was never taken over
	CanBoth  bool
	CanEdit  bool // something else may be typed
	Long     bool // of several lines
	Private  bool // shown whole only when that is noted
	Answer   Answer
	Text     string // for Edited
	keptRaw  string
	otherRaw string
}

// Dispute is one record with everything in it that is to be decided.
type Dispute struct {
	Record   record.Record
	Kind     record.Kind
	Title    string
	Contests []Contest
	Same     *Same // a question about one person; nil for values that met
}

// Disputes returns the records with open conflicts, the oldest conflict first.
func (b *Book) Disputes() []Dispute {
	open := b.All(record.ConflictKind)
	slices.SortFunc(open, func(x, y record.Record) int {
		return cmp.Or(cmp.Compare(x.Values[record.ConflictOtherAt], y.Values[record.ConflictOtherAt]), cmp.Compare(x.ID, y.ID))
	})
	var out []Dispute
	place := map[string]int{}
	for _, c := range open {
		if c.Values[record.ConflictResolved] != "" {
			continue
		}
		if c.Values[record.ConflictSame] != "" {
			if d, ok := b.twins(c); ok {
				out = append(out, d)
			}
			continue
		}
		key := c.Values[record.ConflictOf] + "/" + c.Values[record.ConflictRecord]
		i, ok := place[key]
		if !ok {
			d, found := b.dispute(c)
			if !found {
				continue
			}
			i = len(out)
			place[key] = i
			out = append(out, d)
		}
		out[i].Contests = append(out[i].Contests, b.contest(out[i].Kind, c))
	}
	return out
}

func (b *Book) dispute(c record.Record) (Dispute, bool) {
	k, r, err := b.Find(c.Values[record.ConflictOf], c.Values[record.ConflictRecord])
	if err != nil {
		return Dispute{}, false // a kind or record this version does not know
	}
	return Dispute{Record: r, Kind: k, Title: b.Title(r)}, true
}

func (b *Book) contest(k record.Kind, c record.Record) Contest {
	path := c.Values[record.ConflictPath]
	f, ok := k.Field(path)
	out := Contest{ID: c.ID, Path: path, Label: path, Guarded: c.Values[record.ConflictGuarded] == "1",
		keptRaw: c.Values[record.ConflictKept], otherRaw: c.Values[record.ConflictOther]}
	if ok {
		out.Label, out.Private = f.Label, f.Sensitive
		_, file := f.Type.(record.File)
		_, ref := f.Type.(record.Ref) // is picked, not typed: in the record's form
		out.CanEdit = !f.Locked && !file && !ref
		if table, _, column := record.SplitPath(path); column != "" {
			owner, _ := k.Field(table)
			out.Label = owner.Label + "·" + f.Label
		}
		_, out.Long = f.Type.(record.Long)
		_, text := f.Type.(record.Text)
		out.CanBoth = text || out.Long
	}
	kept, other := out.keptRaw, out.otherRaw
	if path == record.DeletedPath {
		f, out.Label = record.Field{Type: record.YesNo{}}, "移到回收站"
		kept, other = cmp.Or(kept, "0"), cmp.Or(other, "0")
	}
	out.Kept = b.side(f, kept, c.Values[record.ConflictKeptBy], c.Values[record.ConflictKeptAt])
	out.Other = b.side(f, other, c.Values[record.ConflictOtherBy], c.Values[record.ConflictOtherAt])
	if out.Kept.Text == out.Other.Text {
		kept, other := apart(out.Kept.Full, out.Other.Full)
		if out.Private {
			kept, other = "（中间几位不同）", "（中间几位不同）"
		}
		out.Kept.Text += kept
		out.Other.Text += other
	}
	out.Kept.op, out.Other.op = c.Values[record.ConflictKeptOp], c.Values[record.ConflictOtherOp]
	return out
}

// Authors names who wrote the two sides of a dispute, where only the history knows.
func (b *Book) Authors(d *Dispute) error {
	if d.Same != nil {
		return nil
	}
	past, err := b.History(d.Kind.Name, d.Record.ID)
	if err != nil {
		return err
	}
	by := map[string]string{}
	for _, e := range past {
		by[e.Op] = e.By
	}
	for i := range d.Contests {
		c := &d.Contests[i]
		c.Kept.By, c.Other.By = cmp.Or(c.Kept.By, by[c.Kept.op]), cmp.Or(c.Other.By, by[c.Other.op])
	}
	return nil
}

func (b *Book) side(f record.Field, value, by, stamp string) Side {
	s := Side{Text: shortText(b, f, value), Full: b.Show(f, value), By: by}
	if s.Text == "" {
		s.Text = "（空）"
	}
	if n, err := strconv.ParseUint(stamp, 10, 64); err == nil {
		s.At = record.Stamp(n).Time().In(b.Now().Location())
	}
	return s
}

// apart tells two values that look alike when shortened by what only one of them has:
// （不同处：7）.
func apart(a, b string) (string, string) {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	say := func(r []rune) string {
		switch {
		case len(r) == 0:
			return "（少几个字）"
		case len(r) > 20:
			r = append(r[:20:20], '…')
		}
		return "（不同处：" + strings.ReplaceAll(string(r), "\n", " ") + "）"
	}
	return say(x), say(y)
}

// Decide sets the answer to contest i; 「两个都留」 only where the field is text.
func (d *Dispute) Decide(i int, a Answer) {
	if i < 0 || i >= len(d.Contests) || a == Both && !d.Contests[i].CanBoth {
		return
	}
	d.Contests[i].Answer = a
}

// DecideAll sets every answer.
func (d *Dispute) DecideAll(a Answer) {
	for i := range d.Contests {
		d.Decide(i, a)
	}
}

// Edit types something instead of both values, refused where it cannot stand there.
func (b *Book) Edit(d *Dispute, i int, text string) error {
	if i < 0 || i >= len(d.Contests) {
		return nil
	}
	c := d.Contests[i]
	if !c.CanEdit {
		return record.Refuse("EDIT_IMPOSSIBLE", "“"+c.Label+"”只能在两边里选一边。请选好再确认；两边的内容都留着。")
	}
	c.Answer, c.Text = Edited, text
	if _, err := b.answer(d.Kind, d.Record, c); err != nil {
		return err
	}
	d.Contests[i] = c
	return nil
}

// RewriteAct names the dialog in which a contest is rewritten, see Slip.
const RewriteAct = "改写"

// Settled reports whether every contest has an answer.
func (d *Dispute) Settled() bool {
	return !slices.ContainsFunc(d.Contests, func(c Contest) bool { return c.Answer == Undecided })
}

// Settle writes the answers of d in one transaction: the chosen values into the
// record and, on each conflict, how it was closed. Undecided contests stay open.
// Two records of one person become one. What two wrote in a closed year is decided there
// too, and a person is followed into every year.
func (b *Book) Settle(d Dispute) (Done, error) {
	now, ok := b.Get(d.Kind.Name, d.Record.ID)
	if !ok || now.Deleted() && !d.decides(record.DeletedPath) {
		return Done{}, record.Refuse("RECORD_UNKNOWN", "“"+d.Title+"”已经移到回收站。先恢复它，再来核对；两边的内容都留着。")
	}
	if d.Same != nil {
		return b.Amending().act("已合并成一人：“"+d.Title+"”", b.unite(d), nil)
	}
	set := record.Values{}
	var edits []record.Edit
	for _, c := range d.Contests {
		if c.Answer == Undecided {
			continue
		}
		value, err := b.answer(d.Kind, now, c)
		if err != nil {
			return Done{}, err
		}
		if now.Values[c.Path] != value {
			set[c.Path] = value
		}
		edits = append(edits, record.Edit{Kind: record.ConflictKind, ID: c.ID, Set: record.Values{record.ConflictResolved: c.Answer.resolved()},
			Draft: slipKey(RewriteAct, record.ConflictKind, c.ID)})
	}
	if len(set) > 0 {
		edits = append(edits, record.Edit{Kind: d.Kind.Name, ID: d.Record.ID, Set: set, Shown: &now, Why: "核对两边的改动"})
	}
	return b.Amending().act("已核对“"+d.Title+"” "+number(len(d.Contests))+" 处", edits, nil)
}

// decides reports whether path is among what d asks.
func (d Dispute) decides(path string) bool {
	return slices.ContainsFunc(d.Contests, func(c Contest) bool { return c.Path == path })
}

// answer returns the value of a contest as decided, over the record as it is.
func (b *Book) answer(k record.Kind, now record.Record, c Contest) (string, error) {
	f, _ := k.Field(c.Path)
	switch c.Answer {
	case Other:
		return c.otherRaw, nil
	case Both:
		join := "；"
		if c.Long {
			join = "\n"
		}
		return f.Parse(c.keptRaw + join + c.otherRaw)
	case Edited:
		v := now.Values.Clone()
		err := b.Set(k, v, c.Path, c.Text)
		return v[c.Path], err
	}
	return c.keptRaw, nil
}
