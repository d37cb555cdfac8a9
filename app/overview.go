package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage/record"
)

func overviewCommands() []command {
	on := func(f *flag.FlagSet) { f.String("on", "", "") }
	return []command{
		{name: "due", args: "[--on 日期]", say: "到期和逾期的事，按先后；今天的还带着区里的通知、批复和要核对的内容", flags: on, run: due},
		{name: "mute", args: "提醒 --why 原因 [--until 日期]", say: "一件事不再提醒，原因留着；“提醒”是 due --json 里的 key", least: 1, most: 1,
			flags: func(f *flag.FlagSet) { f.String("why", "", ""); f.String("until", "", "") }, run: mute},
		{name: "notices", say: "区里和街镇发来的通知，新的在前", run: notices},
		{name: "booklets", say: "入党志愿书编号台账：领取、使用、作废、遗失、退回、结存", run: booklets},
		{name: "grid", args: "年份", say: "三会一课全年开了没有，缺哪次", least: 1, most: 1, run: grid},
		{name: "stats", args: "[--on 日期]", say: "统计数字；--json 里每个数字带着它数的是哪些记录", flags: on, run: stats},
	}
}

type dueJSON struct {
	Rule   string `json:"rule"`
	Kind   string `json:"kind"`
	Record string `json:"record"`
	Date   string `json:"date"`
	Level  string `json:"level"`
	Say    string `json:"say"`
	Key    string `json:"key"` // for mute
}

// urgency is how a list in words marks a level.
func urgency(level string) string {
	return map[string]string{branch.LevelYellow: "将到", branch.LevelOrange: "临近", branch.LevelRed: "紧迫", branch.LevelOverdue: "逾期", branch.LevelCritical: "严重"}[level]
}

func due(c *call, _ []string) error {
	b, on, err := c.bookOn()
	if err != nil {
		return err
	}
	out := []dueJSON{}
	for _, d := range branch.Due(b, on) {
		out = append(out, dueJSON{d.Rule, d.Kind, d.ID, d.Due.String(), d.Level, d.Say, d.Key})
	}
	if on == b.Today() {
		out = append(out, leftOver(b)...)
		slices.SortStableFunc(out, func(x, y dueJSON) int { return strings.Compare(x.Date, y.Date) })
	}
	return c.print(out, func(w io.Writer) {
		for _, d := range out {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", d.Date, urgency(d.Level), d.Rule, d.Say)
		}
		fmt.Fprintf(w, "共 %d 件\n", len(out))
	})
}

// leftOver are the to-dos of this laptop that no rule asks for: what the district
// told and answered, conflicts, refusals, drafts. They are of today.
func leftOver(b *screen.Book) []dueJSON {
	var out []dueJSON
	for _, d := range b.Leftovers() {
		level := branch.LevelYellow
		if d.Mark.Tone == screen.Clash || d.Mark.Tone == screen.Late {
			level = branch.LevelRed
		}
		say := d.Mark.Say + "：" + d.Title
		if d.Note != "" {
			say += "（" + d.Note + "）"
		}
		out = append(out, dueJSON{Rule: d.Rule, Kind: d.Kind, Record: d.ID, Date: b.Today().AddDays(d.Days).String(), Level: level, Say: say + "。"})
	}
	return out
}

type noticeJSON struct {
	ID    string `json:"id"`
	At    string `json:"at"`
	Title string `json:"title"`
	Text  string `json:"text"`
	Due   string `json:"due"` // a date, "" when nothing is asked for
}

func notices(c *call, _ []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	out := []noticeJSON{}
	for _, n := range b.Notices() {
		out = append(out, noticeJSON{n.ID, n.At.Format("2006-01-02 15:04"), n.Title, n.Text, n.Due.String()})
	}
	return c.print(out, func(w io.Writer) {
		for _, n := range out {
			fmt.Fprintln(w, strings.TrimSpace(n.At+"\t"+n.Title+"\t"+n.Text+"\t"+n.Due))
		}
		fmt.Fprintf(w, "共 %d 条\n", len(out))
	})
}

func mute(c *call, args []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	if _, err := b.Mute(args[0], c.text("why"), c.text("until")); err != nil {
		return err
	}
	return due(c, nil)
}

type bookletJSON struct {
	Received int `json:"received"`
	Used     int `json:"used"`
	Void     int `json:"void"`
	Lost     int `json:"lost"`
	Returned int `json:"returned"`
	Held     int `json:"held"`
}

func booklets(c *call, _ []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	n := bookletJSON(branch.CountBooklets(b))
	return c.print(n, func(w io.Writer) {
		fmt.Fprintf(w, "领取 %d 本：使用 %d，作废 %d，遗失 %d，未用退回 %d，结存 %d。\n", n.Received, n.Used, n.Void, n.Lost, n.Returned, n.Held)
	})
}

// cellWords says what a cell of the yearly grid means.
func cellWords(state string) string {
	return map[string]string{branch.CellHeld: "已开", branch.CellMadeUp: "补开", branch.CellMissed: "缺", branch.CellOpen: "待开", branch.CellToday: "今天",
		branch.CellPlanned: "已排期", branch.CellDraft: "草稿", branch.CellFuture: "", branch.CellNone: "—"}[state]
}

func grid(c *call, args []string) error {
	year, err := strconv.Atoi(args[0])
	if err != nil || year < 1949 || year > 2100 {
		return usageError("年份写四位数字：zhibu grid 2026")
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	rows := branch.Grid(year, b)
	return c.print(rows, func(w io.Writer) {
		for _, r := range rows {
			fmt.Fprintf(w, "%s\t应 %d 次 已 %d 次 缺 %d 次", r.Label, r.Minimum, r.Held, r.Missed)
			for _, cell := range r.Cells {
				if words := cellWords(cell.State); words != "" {
					fmt.Fprint(w, "\t", strings.TrimSpace(cell.PeriodName()+words+" "+dayAndMonth(cell.Held))+recordedLater(b, cell))
				}
			}
			fmt.Fprintln(w)
		}
	})
}

// recordedLater says when a meeting was written down that was recorded late.
func recordedLater(b *screen.Book, cell branch.Cell) string {
	if m, ok := b.Get("meeting", cell.Meeting); ok {
		if on, late := branch.Late(m, b); late {
			return "（" + dayAndMonth(on) + " 补录）"
		}
	}
	return ""
}

// dayAndMonth writes a day of the year at hand, 1-8.
func dayAndMonth(d record.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d-%d", d.Month, d.Day)
}

func stats(c *call, _ []string) error {
	b, on, err := c.bookOn()
	if err != nil {
		return err
	}
	s := branch.Statistics(on.Year, on, b)
	return c.print(s, func(w io.Writer) {
		for _, series := range s.Series {
			fmt.Fprintf(w, "%s · %s", series.Group, series.Label)
			for _, p := range series.Points {
				digits := -1
				if p.Unit == "元" {
					digits = 2
				}
				fmt.Fprintf(w, "\t%s %s%s", p.Label, strconv.FormatFloat(p.Value, 'f', digits, 64), p.Unit)
				if p.Note != "" {
					fmt.Fprintf(w, "（%s）", p.Note)
				}
			}
			fmt.Fprintln(w)
		}
	})
}
