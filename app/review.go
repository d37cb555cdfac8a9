package main

import (
	"flag"
	"fmt"
	"io"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

func reviewCommands() []command {
	return []command{
		{name: "conflicts", say: "列出两台电脑都改过、等人核对的内容", run: conflicts},
		{name: "resolve", args: "编号 --use kept|other|both | --text 文字", say: "核对一处：留现在的、用另一个、两个都留，或改成别的", least: 1, most: 1,
			flags: func(f *flag.FlagSet) { f.String("use", "", ""); f.String("text", "", "") }, run: resolve},
		{name: "refused", say: "列出区里没有收下的改动和原因", run: refused},
	}
}

// conflictJSON is one value that another replaced unknowingly, or a proposal.
type conflictJSON struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Record  string `json:"record"`
	Path    string `json:"path"`
	Kept    string `json:"kept"`
	KeptBy  string `json:"kept_by"`
	Other   string `json:"other"`
	OtherBy string `json:"other_by"`
	Guarded bool   `json:"guarded"`
}

func conflicts(c *call, _ []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	disputes := b.Disputes()
	out := []conflictJSON{}
	for _, d := range disputes {
		for _, x := range d.Contests {
			out = append(out, conflictJSON{x.ID, d.Kind.Name, d.Record.ID, x.Path, x.Kept.Text, x.Kept.By, x.Other.Text, x.Other.By, x.Guarded})
		}
	}
	return c.print(out, func(w io.Writer) {
		for _, d := range disputes {
			for _, x := range d.Contests {
				fmt.Fprintf(w, "%s\t%s“%s”：现在是“%s”（%s），另一个是“%s”（%s）\n", x.ID, d.Title, x.Label, x.Kept.Text, x.Kept.By, x.Other.Text, x.Other.By)
			}
		}
		fmt.Fprintf(w, "共 %d 处待核对。\n", len(out))
	})
}

func resolve(c *call, args []string) error {
	answer := map[string]screen.Answer{"kept": screen.Kept, "other": screen.Other, "both": screen.Both}[c.text("use")]
	if answer == screen.Undecided && c.text("text") == "" {
		return usageError("还要写怎么定：--use kept、other、both，或 --text 文字。")
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	for _, d := range b.Disputes() {
		for i, x := range d.Contests {
			if x.ID != args[0] {
				continue
			}
			if d.Decide(i, answer); c.text("text") != "" {
				d.Edit(i, c.text("text"))
			}
			if !d.Settled() && d.Contests[i].Answer == screen.Undecided {
				return record.Refuse("BOTH_IMPOSSIBLE", "“"+x.Label+"”只能留一个。请用 --use kept 或 other。")
			}
			if err := b.Settle(d); err != nil {
				return err
			}
			return show(c, []string{d.Kind.Name, d.Record.ID})
		}
	}
	return record.Refuse("CONFLICT_UNKNOWN", "没有这一处待核对的内容，也许已经核对过了。")
}

type refusedJSON struct {
	Op     string            `json:"op"`
	Kind   string            `json:"kind"`
	Record string            `json:"record"`
	Code   string            `json:"code"`
	Say    string            `json:"say"`
	Field  string            `json:"field,omitempty"`
	Values map[string]string `json:"values"`
}

func refused(c *call, _ []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	out := []refusedJSON{}
	for _, r := range s.Refused() {
		out = append(out, refusedJSON{r.Change.ID, r.Change.Kind, r.Change.Record, r.Code, r.Say, r.Field, r.Change.Set})
	}
	return c.print(out, func(w io.Writer) {
		for _, r := range out {
			fmt.Fprintf(w, "%s %s\t%s\n", r.Kind, r.Record, r.Say)
		}
		fmt.Fprintf(w, "区里没有收下 %d 项，内容都在本机。\n", len(out))
	})
}
