package screen

import (
	"fmt"
	"slices"

	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/storage/record"
)

// Desk is the start page: what is due, which meetings of the year are held,
// where the people being developed stand.
type Desk struct {
	book      *Book
	reminders *branch.Reminders
	Duties    []Duty // sorted: most urgent first
	Grid      []GridRow
	Funnel    []FunnelStage
}

// BlankDesk returns the desk before anything on it is worked out: Next does that, for
// ten thousand members in the better part of a second.
func BlankDesk(b *Book) *Desk { return &Desk{book: b, reminders: &branch.Reminders{}} }

// Next works out the desk after records of the given kinds changed; without
// kinds, everything anew. It changes nothing that is shown, so it may run away
// from the face, but never twice at a time.
func (d *Desk) Next(kinds ...string) *Desk {
	due := d.reminders.Update(d.book, d.book.Today(), kinds...)
	next := &Desk{book: d.book, reminders: d.reminders, Grid: d.Grid, Duties: d.book.duties(due), Funnel: d.book.funnel(due)}
	if len(kinds) == 0 || slices.ContainsFunc(kinds, func(kind string) bool { return kind == "meeting" || kind == "branch" || kind == rules.AmendmentKind }) {
		next.Grid = d.book.Grid(d.book.Today().Year)
	}
	return next
}

// DateLine is the line behind the title: 2026 年 11 月 20 日 星期五.
func (d *Desk) DateLine() string {
	t := d.book.Today()
	return fmt.Sprintf("%d 年 %d 月 %d 日 星期%s", t.Year, t.Month, t.Day, weekday(t))
}

// DateLineShort is the same without the year.
func (d *Desk) DateLineShort() string {
	t := d.book.Today()
	return fmt.Sprintf("%d 月 %d 日 星期%s", t.Month, t.Day, weekday(t))
}

func weekday(d record.Date) string {
	return [...]string{"日", "一", "二", "三", "四", "五", "六"}[d.Time().Weekday()]
}

// Duty is one thing to do.
type Duty struct {
	Rule  string // R22 … as branch.Duty; of what is left over TWIN CONFLICT REFUSED NOTICE ANSWER MOVED ARRIVED IMPORT DRAFT
	Days  int    // until it is due; negative: overdue by so many
	Mark  Mark   // 逾期 8 天, 今天 14:00, 5 天后
	Title string // 安知夏・政治审查：函调回执未到
	Brief string // the same where there is little room: 安知夏・函调回执未到; "" for Title
	Note  string // 发展党员 第 10 步・应于 11-12 前
	Verb  string // 去登记
	Page  string // navigation page it belongs to
	Kind  string // record it is about
	ID    string
	Path  string // field to go to, "" for the record as a whole
	Act   string // the dialog left half written, "" for none
	Name  string // whom or what it is about
	Count int    // duties that stand together in this line, 0 for one
	Near  int    // how many of them count in the navigation: due soon
	Left  bool   // not asked for by a rule: a draft, a conflict, a refusal
	Key   string // for Mute; "" for what cannot be muted: several at once, or left over
}

// Span is one heading of the to-do list.
type Span int

// The spans, in the order shown.
const (
	SpanLate  Span = iota // 已逾期
	SpanToday             // 今天
	SpanWeek              // 7 天内
	SpanMonth             // 30 天内
	SpanLater             // 以后
)

// String returns the heading.
func (s Span) String() string {
	return [...]string{"已逾期", "今天", "7 天内", "30 天内", "以后"}[s]
}

// Span returns the heading a duty stands under.
func (d Duty) Span() Span {
	switch {
	case d.Days < 0:
		return SpanLate
	case d.Days == 0:
		return SpanToday
	case d.Days <= 7:
		return SpanWeek
	case d.Days <= 30:
		return SpanMonth
	}
	return SpanLater
}

// DutyGroup is one heading with its duties.
type DutyGroup struct {
	Span   Span
	Duties []Duty
}

// Groups returns the duties under their headings.
func (d *Desk) Groups() []DutyGroup {
	var out []DutyGroup
	for _, duty := range d.Duties {
		if n := len(out); n == 0 || out[n-1].Span != duty.Span() {
			out = append(out, DutyGroup{Span: duty.Span()})
		}
		out[len(out)-1].Duties = append(out[len(out)-1].Duties, duty)
	}
	return out
}

// Badge is the count a navigation page carries.
type Badge struct {
	Count int
	Tone  Tone // Late: overdue or due today, Soon: due soon, Offline: not synced
}

// Badges returns the counts of the navigation by page; the desk counts what is
// overdue or due today.
func (d *Desk) Badges(waiting int) map[string]Badge {
	out := map[string]Badge{}
	urgent := 0
	for _, duty := range d.Duties {
		span := duty.Span()
		n := duty.Near
		if duty.Left && duty.Mark.Tone != Neutral { // not a draft
			n = max(duty.Count, 1)
		}
		if n == 0 {
			continue
		}
		tone := Soon
		if span == SpanLate {
			tone = Late
		}
		if span <= SpanToday {
			urgent++
		}
		badge := out[duty.Page]
		switch {
		case badge.Count == 0 || badge.Tone == tone:
			badge.Count += n
			badge.Tone = tone
		case tone == Late:
			badge = Badge{n, Late}
		}
		out[duty.Page] = badge
	}
	if urgent > 0 {
		out["desk"] = Badge{urgent, Late}
	}
	if waiting > 0 {
		out["sync"] = Badge{waiting, Offline}
	}
	return out
}

// DueNow counts what is overdue or due today, for the lock screen.
func (b *Book) DueNow() int {
	n := 0
	for _, d := range b.Duties() {
		if d.Days <= 0 && !d.Left {
			n++
		}
	}
	return n
}

// GridRow is one row of the year's meetings.
type GridRow struct {
	Label string // 支部党员大会
	Short string // 党员大会
	Every string // 每季
	Cells []GridCell
}

// GridCell is one period of a row.
type GridCell struct {
	From, Months int    // first month, how many it spans
	Mark         Mark   // 3月18日, 补, 缺, 待开
	Meeting      string // id, "" where there is none
	Kind         string // stored code of the kind of meeting the row is about
	Group        string // party group, "" for the whole branch
}

// Gaps counts the periods of the grid that were missed in the months before.
func (d *Desk) Gaps() int {
	n := 0
	for _, row := range d.Grid {
		for _, c := range row.Cells {
			if c.Mark.Tone == Late {
				n++
			}
		}
	}
	return n
}

// FunnelStage is one stage of the development funnel.
type FunnelStage struct {
	Name  string
	Count int
	Note  Mark // 1 人谈话逾期
}

// InPool returns how many people are being developed.
func (d *Desk) InPool() int {
	n := 0
	for _, s := range d.Funnel {
		n += s.Count
	}
	return n
}

// sortDuties orders by day, then by title.
func sortDuties(duties []Duty) {
	slices.SortStableFunc(duties, func(a, b Duty) int { return a.Days - b.Days })
}
