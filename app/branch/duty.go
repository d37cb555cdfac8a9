package branch

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// How urgent a duty is: the leads of its reminder, days overdue beyond them.
const (
	LevelYellow   = "yellow"
	LevelOrange   = "orange"
	LevelRed      = "red"
	LevelOverdue  = "overdue"
	LevelCritical = "critical"
)

// Duty is one thing to do that follows from the records (domain.md §8).
type Duty struct {
	Rule  string      // "R01" to "R36"; "STEP" for a deadline the branch set; "TASK" for a decision to carry out
	Kind  string      // record it is about
	ID    string      // its id, "" for the branch as a whole
	Path  string      // field to go to
	Step  int         // step of 发展党员, 0 for other duties
	Count int         // people it is about, 0 where it is one matter
	Due   record.Date // by when
	Days  int         // days left, negative when overdue
	Level string
	Name  string // who or what: 安知夏
	What  string // what is to do: 政治审查还没有完成
	Basis string // article
	Say   string // the whole sentence
	Key   string // for muting: rule and record
	order string // pinyin of Name, for sorting
}

// Contacted is what a record.Around may implement to tell when the district was
// last reached and how many changes wait (reminder 36).
type Contacted interface {
	LastContact() (on record.Date, waiting int)
}

// Due works out everything that is due on a day, most urgent first: all 36
// reminders with their lead times, without those muted.
func Due(in record.Around, on record.Date) []Duty {
	var r Reminders
	return r.Update(in, on)
}

// Reminders keeps what is due and works it out anew only where something
// changed. The zero value is ready.
type Reminders struct {
	on    record.Date
	parts [len(dutyParts)][]Duty
	known bool
}

// dutyParts are the parts of the calendar with the kinds of records they read;
// all of them read the branch's profile and its rules.
var dutyParts = [...]struct {
	reads string // kinds, each between blanks
	work  func(*calendar)
}{
	{" meeting ", (*calendar).ofMeetings},
	{" pool meeting ", (*calendar).ofPool},
	{" member ", (*calendar).ofMembers},
	{" member dues ", (*calendar).ofDues},
	{" member meeting training demand ", (*calendar).ofBranch},
	{" post zone ", (*calendar).ofSigns},
	{" demand ", (*calendar).ofDemands},
}

// Update returns what is due on a day after records of the given kinds changed;
// without kinds, on another day, or the first time, everything is worked out.
func (r *Reminders) Update(in record.Around, on record.Date, changed ...string) []Duty {
	all := !r.known || r.on != on || len(changed) == 0 || slices.ContainsFunc(changed, everywhere)
	c := newCalendar(in, on)
	var out []Duty
	for i, part := range dutyParts {
		if all || slices.ContainsFunc(changed, func(kind string) bool { return strings.Contains(part.reads, " "+kind+" ") }) {
			c.out = nil
			part.work(c)
			r.parts[i] = c.out
		}
		out = append(out, r.parts[i]...)
	}
	r.on, r.known = on, true
	slices.SortFunc(out, func(a, b Duty) int {
		return cmp.Or(cmp.Compare(a.Days, b.Days), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.order, b.order), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Path, b.Path))
	})
	return out
}

// everywhere reports whether every part reads records of a kind: the profile and
// the versions of the rules.
func everywhere(kind string) bool { return kind == "branch" || kind == rules.AmendmentKind }

func newCalendar(in record.Around, on record.Date) *calendar {
	c := &calendar{in: in, on: on, book: ruleBook(in), profile: Profile(in), muted: map[string]bool{}}
	c.set = c.book(on)
	for _, row := range c.profile.Rows("mute") {
		until := record.ReadDate(row.Values["until"])
		if row.Values["reason"] != "" && (until.IsZero() || !on.After(until)) {
			c.muted[row.Values["key"]] = true
		}
	}
	c.ledger = sync.OnceValue(func() *Ledger { return ReadLedger(in) })
	c.meetings = sync.OnceValue(func() []record.Record { return in.All("meeting") })
	c.planned = sync.OnceValue(c.drafted)
	return c
}

// calendar collects duties.
type calendar struct {
	in       record.Around
	on       record.Date
	book     func(record.Date) rules.Set
	set      rules.Set
	profile  record.Record
	ledger   func() *Ledger
	meetings func() []record.Record
	planned  func() map[string]bool // people whose meeting is drafted
	muted    map[string]bool
	out      []Duty
}

// task is a duty before it is weighed.
type task struct {
	rule     int // 1–36, 0 for STEP and TASK
	code     string
	kind, id string
	path     string
	step     int
	count    int
	due      record.Date
	leads    []int // instead of the reminder's
	name     string
	what     string
	never    bool // no harm when it passes: not overdue, and gone after 30 days
	critical bool
}

// add weighs a task and keeps it when its time has come.
func (c *calendar) add(t task) {
	if t.due.IsZero() {
		return
	}
	d := Duty{Rule: t.code, Kind: t.kind, ID: t.id, Path: t.path, Step: t.step, Count: t.count, Due: t.due.Last(), Name: t.name, What: t.what}
	leads := t.leads
	if t.rule > 0 {
		r := c.set.Reminder(t.rule)
		d.Rule, d.Basis = fmt.Sprintf("R%02d", t.rule), r.Basis
		if leads == nil {
			leads = r.Leads
		}
	}
	d.Days = c.on.DaysUntil(d.Due)
	if len(leads) == 0 || d.Days > leads[0] || t.never && d.Days < -30 {
		return
	}
	d.Key = d.Rule + "/" + t.kind + "/" + t.id + "/" + t.path
	if c.muted[d.Key] || c.muted[d.Rule] {
		return
	}
	d.Level = level(d.Days, leads, t)
	d.Say, d.order = d.sentence(t.never), SortKey(d.Name)
	c.out = append(c.out, d)
}

func level(days int, leads []int, t task) string {
	if t.critical {
		return LevelCritical
	}
	if days < 0 && !t.never {
		return LevelOverdue
	}
	level := LevelYellow
	for i, lead := range leads {
		if days <= lead {
			level = [...]string{LevelYellow, LevelOrange, LevelRed}[min(i, 2)]
		}
	}
	return level
}

func (d Duty) sentence(never bool) string {
	when := fmt.Sprintf("还有 %d 天，%s 前", d.Days, d.Due)
	switch {
	case d.Days == 0:
		when = "今天到期"
	case d.Days < 0 && never:
		when = d.Due.String() + " 起可以办"
	case d.Days < 0:
		when = fmt.Sprintf("逾期 %d 天，应于 %s 前", -d.Days, d.Due)
	}
	say := d.What + "：" + when
	if d.Name != "" {
		say = d.Name + "・" + say
	}
	if d.Basis != "" {
		say += "（" + d.Basis + "）"
	}
	return say + "。"
}

// Mute returns the edit that silences a duty with a reason, until a day (zero:
// for good). Muting without a reason is refused.
func Mute(d Duty, reason string, until record.Date, in record.Around) ([]record.Edit, []record.Complaint) {
	if reason == "" {
		return nil, []record.Complaint{block("mute", "REASON_MISSING", "不再提醒要写原因，以后查得到。")}
	}
	profile := Profile(in)
	row := derivedID(profile.ID, "mute"+d.Key)
	return []record.Edit{{Kind: "branch", ID: profile.ID, Why: reason, Set: record.Values{
		record.Path("mute", row, "key"): d.Key, record.Path("mute", row, "reason"): reason, record.Path("mute", row, "until"): until.String()}}}, nil
}
