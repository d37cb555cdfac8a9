package main

import (
	"flag"
	"fmt"
	"io"
	"strconv"

	"zhibu/app/branch"
)

func overviewCommands() []command {
	on := func(f *flag.FlagSet) { f.String("on", "", "") }
	return []command{
		{name: "due", args: "[--on 日期]", say: "到期和逾期的事，按先后", flags: on, run: due},
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
}

func due(c *call, _ []string) error {
	on, err := c.today()
	if err != nil {
		return err
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	out := []dueJSON{}
	for _, d := range branch.Due(b, on) {
		out = append(out, dueJSON{d.Rule, d.Kind, d.ID, d.Due.String(), d.Level, d.Say})
	}
	return c.print(out, func(w io.Writer) {
		for _, d := range out {
			fmt.Fprintf(w, "%s\t%s\n", d.Date, d.Say)
		}
		fmt.Fprintf(w, "共 %d 件\n", len(out))
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
			fmt.Fprintf(w, "%s\t应 %d 次 已 %d 次 缺 %d 次\n", r.Label, r.Minimum, r.Held, r.Missed)
			for _, cell := range r.Cells {
				if words := cellWords(cell.State); words != "" {
					fmt.Fprintf(w, "    %d 月 %s %s\n", cell.From, words, cell.Held)
				}
			}
		}
	})
}

func stats(c *call, _ []string) error {
	on, err := c.today()
	if err != nil {
		return err
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	s := branch.Statistics(on.Year, on, b)
	return c.print(s, func(w io.Writer) {
		for _, series := range s.Series {
			fmt.Fprintf(w, "%s · %s\n", series.Group, series.Label)
			for _, p := range series.Points {
				fmt.Fprintf(w, "    %s\t%s%s\n", p.Label, strconv.FormatFloat(p.Value, 'f', -1, 64), p.Unit)
			}
		}
	})
}
