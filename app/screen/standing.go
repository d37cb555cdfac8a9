package screen

import (
	"fmt"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Placed is a Store that knows when it was last written and how much room its disk has.
type Placed interface {
	Last() time.Time      // the newest change, zero for none
	Room() (int64, error) // bytes left
}

// Dated is a Store that knows the district's clock minus the machine's.
type Dated interface{ Skew() time.Duration }

// When the machine's clock is called wrong: behind the newest change, or beside the
// district's (sync.md §5); and its disk nearly full.
const (
	clockLeeway = 10 * time.Minute
	mostSkew    = 5 * time.Minute
	leastRoom   = 500 << 20
)

// DueDay is the day deadlines are counted by: today, or the day of the newest change
// where the clock was put back behind it (design.md §6).
func (b *Book) DueDay() record.Date {
	if last, back := b.clockBack(); back {
		return record.DateOf(last)
	}
	return b.Today()
}

// clockBack returns when the newest change was made, and whether the machine says
// that this is yet to come.
func (b *Book) clockBack() (last time.Time, back bool) {
	placed, ok := b.Store.(Placed)
	if !ok {
		return time.Time{}, false
	}
	now := b.now()
	last = placed.Last().In(now.Location())
	return last, now.Add(clockLeeway).Before(last)
}

// Standing are the bands over the page of a kind that tell how things stand on this laptop:
// the role may not write there, the clock was put back, the disk is nearly full.
func (b *Book) Standing(kind string) []Band {
	var out []Band
	if barred := b.Barred(kind); record.CodeOf(barred) == roleForbidden {
		if k, err := b.Kind(kind); err == nil {
			out = append(out, Band{Tone: Neutral, Title: k.Page + "在这台电脑上只能查看和打印", Text: whatToDo(barred)})
		}
	}
	dated, ok := b.Store.(Dated)
	if last, back := b.clockBack(); back {
		out = append(out, Band{Tone: Soon, Title: "电脑的时间可能不对",
			Text: "现在是 " + b.now().Format("2006-01-02 15:04") + "，最新的一处改动却是 " + last.Format("2006-01-02 15:04") + "（本机或区里）。请校准电脑的日期和时间；期限先按后面那一天算。"})
	} else if ok && dated.Skew().Abs() > mostSkew {
		out = append(out, Band{Tone: Soon, Title: "电脑的时间比区里" + beside(dated.Skew()), Text: "登记、同步都照常，改动的先后以区里的时间为准。请校准电脑的日期和时间。"})
	}
	if placed, ok := b.Store.(Placed); ok {
		if room, err := placed.Room(); err == nil && room < leastRoom {
			out = append(out, Band{Tone: Soon, Title: fmt.Sprintf("磁盘快满了，还剩 %d MB", room>>20), Text: "再写下去可能存不上。请清理磁盘，备份改放 U 盘。", Kept: "已存的内容都在。", Verb: "去备份", Page: "sync", View: "keep"})
		}
	}
	return out
}

// beside says how far the machine's clock is behind the district's: 慢 12 分钟.
func beside(skew time.Duration) string {
	way, by := "慢 ", skew.Abs()
	if skew < 0 {
		way = "快 "
	}
	switch {
	case by >= 48*time.Hour:
		return fmt.Sprintf("%s%.0f 天", way, by.Hours()/24)
	case by >= 2*time.Hour:
		return fmt.Sprintf("%s%.0f 小时", way, by.Hours())
	}
	return fmt.Sprintf("%s%.0f 分钟", way, by.Minutes())
}

// Standing are the bands over the form that tell how its record stands: finalised, of a
// closed year, changed on two sides, not taken by the district.
func (f *Form) Standing() []Band {
	var out []Band
	if f.New() {
		return nil
	}
	switch {
	case sealed(f.Kind, f.shown):
		out = append(out, Band{Tone: Neutral, Title: "已定稿，不能直接改", Text: f.book.seal(f.shown)})
	case record.CodeOf(f.shut) == branch.YearClosed:
		out = append(out, Band{Tone: Neutral, Title: "往年记录，只能查看和打印", Text: whatToDo(f.shut), Verb: "补改"})
	case f.shut == nil:
		if rows := branch.OnlyRead(f.shown, record.DeletedPath, f.book); rows != nil {
			out = append(out, Band{Tone: Neutral, Title: "里面往年的几行，只能查看和打印", Text: whatToDo(rows), Verb: "补改"})
		}
	}
	for _, d := range f.book.Disputes() {
		if d.Kind.Name == f.Kind.Name && d.Record.ID == f.id {
			out = append(out, Band{Tone: Clash, Title: "两边都改过" + d.Title + "的信息", Text: "两份都保留着。请选哪一份为准，或两份都留。", Verb: "现在确认", Page: "sync"})
		}
	}
	if r, ok := f.book.Get(f.Kind.Name, f.id); ok && r.State == record.Refused {
		out = append(out, Band{Tone: Late, Title: "区里没有收下" + f.book.Title(r) + "的一处改动", Text: "请看原因，改好再传，或者放弃这处改动。", Kept: "内容都在本机。", Verb: "看原因", Page: "sync"})
	}
	return out
}
