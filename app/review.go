package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"

	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

func reviewCommands() []command {
	return []command{
		{name: "conflicts", say: "列出两台电脑都改过、等人核对的内容", run: conflicts},
		{name: "resolve", args: "编号 --use kept|other|both|same|distinct | --text 文字", say: "核对一处：留现在的、用另一个、两个都留，或改成别的；可能是同一人的合并（same）或记下不是（distinct）", least: 1, most: 1,
			flags: func(f *flag.FlagSet) { f.String("use", "", ""); f.String("text", "", "") }, run: resolve},
		{name: "refused", say: "列出区里没有收下的改动和原因", run: refused},
		{name: "resend", args: "编号 [栏目=值…]", say: "把一处没有收下的改动改好再报；不写栏目就照原样再报", least: 1, most: -1, run: resend},
		{name: "giveup", args: "编号", say: "放弃一处没有收下的改动", least: 1, most: 1, run: giveUp},
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
	Same    string `json:"same,omitempty"` // the question is whether two records are one person: "branch" or "district"
}

// author names who wrote a value, "" when nobody gave a name.
func author(by string) string {
	if by == "" {
		return ""
	}
	return "（" + by + "）"
}

func conflicts(c *call, _ []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	disputes := b.Disputes()
	out := []conflictJSON{}
	for i, d := range disputes {
		if err := b.Authors(&disputes[i]); err != nil {
			return err
		}
		if d.Same != nil {
			out = append(out, sameJSON(d))
			continue
		}
		for _, x := range d.Contests {
			out = append(out, conflictJSON{ID: x.ID, Kind: d.Kind.Name, Record: d.Record.ID, Path: x.Path, Kept: x.Kept.Full, KeptBy: x.Kept.By,
				Other: x.Other.Full, OtherBy: x.Other.By, Guarded: x.Guarded})
		}
	}
	return c.print(out, func(w io.Writer) {
		for _, d := range disputes {
			if d.Same != nil {
				fmt.Fprintf(w, "%s\t“%s”可能是同一人：%s。\n", d.Same.Item, d.Title, d.Same.Note())
				continue
			}
			for _, x := range d.Contests {
				fmt.Fprintf(w, "%s\t%s“%s”：现在是“%s”%s，另一个是“%s”%s\n", x.ID, d.Title, x.Label, x.Kept.Text, author(x.Kept.By), x.Other.Text, author(x.Other.By))
			}
		}
		fmt.Fprintf(w, "共 %d 处待核对。\n", len(out))
	})
}

// sameJSON is a question about one person: Record and Other are the two records,
// or Other is the branch that has the person too.
func sameJSON(d screen.Dispute) conflictJSON {
	out := conflictJSON{ID: d.Same.Item, Kind: d.Kind.Name, Record: d.Record.ID, Kept: d.Record.ID, Other: d.Same.Other.ID, Same: "branch"}
	if d.Same.Elsewhere != "" {
		out.Other, out.Same = d.Same.Elsewhere, "district"
	}
	return out
}

func resolve(c *call, args []string) error {
	if how := c.text("use"); how == "same" || how == "distinct" {
		return resolveSame(c, args[0], how == "same")
	}
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
				if err := b.Edit(&d, i, c.text("text")); err != nil {
					return err
				}
			}
			if !d.Settled() && d.Contests[i].Answer == screen.Undecided {
				return record.Refuse("BOTH_IMPOSSIBLE", "“"+x.Label+"”只能留一个。请用 --use kept 或 other。")
			}
			if _, err := b.Settle(d); err != nil {
				return err
			}
			return show(c, []string{d.Kind.Name, d.Record.ID})
		}
	}
	return record.Refuse("CONFLICT_UNKNOWN", "没有这一处待核对的内容，也许已经核对过了。请用 zhibu conflicts 再看一次；两边的内容都在。")
}

// resolveSame answers a question about one person. United, the older record's
// values stand where the two differ; undo with the batch that history shows.
func resolveSame(c *call, item string, same bool) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	for _, d := range b.Disputes() {
		switch {
		case d.Same == nil || d.Same.Item != item:
			continue
		case same && d.Same.Elsewhere != "":
			return record.Refuse("SAME_ELSEWHERE", "另一条在“"+d.Same.Elsewhere+"”，不能在这里合并。请与那边商量办转接或双纳管。")
		case same:
			_, err = b.Settle(d)
		default:
			_, err = b.Distinct(d)
		}
		if err != nil {
			return err
		}
		return show(c, []string{d.Kind.Name, d.Record.ID})
	}
	return record.Refuse("CONFLICT_UNKNOWN", "没有这一处待核对的内容，也许已经核对过了。请用 zhibu conflicts 再看一次；两边的内容都在。")
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

// refusedJSONOf shows a refused change as the register shows its values.
func refusedJSONOf(k record.Kind, r storage.Refusal) refusedJSON {
	out := refusedJSON{r.Change.ID, r.Change.Kind, r.Change.Record, r.Code, r.Say, r.Field, map[string]string{}}
	for path, value := range r.Change.Set {
		f, _ := k.Field(path)
		out.Values[path] = f.Format(value)
	}
	return out
}

func refused(c *call, _ []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	out := []refusedJSON{}
	var lines []string
	for _, r := range c.store.Refused() {
		k, _ := b.Kind(r.Change.Kind) // the answer to a conflict is of none
		shown := refusedJSONOf(k, r)
		out = append(out, shown)
		title := r.Change.Record
		if now, ok := b.Get(k.Name, r.Change.Record); ok {
			title = b.Title(now)
		}
		lines = append(lines, fmt.Sprintf("%s\t%s“%s”：%s", r.Change.ID, cmp.Or(k.Label, "核对"), title, r.Say))
		for _, path := range record.Values(r.Change.Set).Paths() {
			if f, ok := k.Field(path); ok && !f.Locked {
				lines = append(lines, "  "+f.Label+"（"+path+"）："+shown.Values[path])
			}
		}
	}
	return c.print(out, func(w io.Writer) {
		for _, line := range lines {
			fmt.Fprintln(w, line)
		}
		fmt.Fprintf(w, "区里没有收下 %d 项，内容都在本机。\n", len(out))
	})
}

// refusal returns the refused change that op names and its kind.
func (c *call) refusal(op string) (b *screen.Book, k record.Kind, r storage.Refusal, err error) {
	if b, err = c.book(); err != nil {
		return b, k, r, err
	}
	all := c.store.Refused()
	i := slices.IndexFunc(all, func(r storage.Refusal) bool { return r.Change.ID == op })
	if i < 0 {
		return b, k, r, record.Refuse("OP_UNKNOWN", "没有这一处没收下的改动，也许已经处理过了。请用 zhibu refused 核对；台账没有变化。")
	}
	k, _ = b.Kind(all[i].Change.Kind)
	return b, k, all[i], nil
}

// resend saves what was refused anew, with what is typed in its place, as a form does.
func resend(c *call, args []string) error {
	b, k, r, err := c.refusal(args[0])
	if err != nil {
		return err
	}
	mended, err := typedPairs(args[1:])
	if err != nil {
		return err
	}
	typed := map[string]string{}
	for path, text := range refusedJSONOf(k, r).Values {
		if f, ok := k.Field(path); ok && !f.Locked {
			typed[path] = text
		}
	}
	maps.Copy(typed, mended)
	saving := screen.Saving{Kind: k.Name, Typed: typed, Why: r.Change.Why}
	if now, ok := b.Get(k.Name, r.Change.Record); ok {
		saving.ID = now.ID
	}
	saved, _, err := b.Put(saving)
	if err != nil {
		return err
	}
	if err := c.store.DropRefused(r.Change.ID); err != nil {
		return err
	}
	return c.printRecord(b, k, saved)
}

func giveUp(c *call, args []string) error {
	_, k, r, err := c.refusal(args[0])
	if err != nil {
		return err
	}
	if err := c.store.DropRefused(r.Change.ID); err != nil {
		return err
	}
	return c.print(refusedJSONOf(k, r), func(w io.Writer) { fmt.Fprintln(w, "已放弃。台账里是区里认的内容。") })
}
