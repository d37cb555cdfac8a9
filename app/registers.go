package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage/record"
)

// recordJSON is a record as every command prints it.
type recordJSON struct {
	ID      string            `json:"id"`
	Kind    string            `json:"kind"`
	Values  map[string]string `json:"values"`
	Deleted bool              `json:"deleted"`
	State   string            `json:"state"` // 已同步, 待同步, 未通过, 有冲突
}

func asJSON(k record.Kind, r record.Record) recordJSON {
	values := k.Text(r)
	delete(values, record.DeletedPath)
	return recordJSON{r.ID, r.Kind, values, r.Deleted(), r.State.String()}
}

func registerCommands() []command {
	return []command{
		{name: "kinds", say: "列出每一本台账和它的栏目", run: listKinds},
		{name: "list", args: "台账 [--find 文字]", say: "列出一本台账；可用首字母、拼音、汉字、号码查找，没同步好的带着状态；list notice 与 notices 相同", least: 1, most: 1,
			flags: func(f *flag.FlagSet) { f.String("find", "", ""); f.Bool("deleted", false, "") }, run: list},
		{name: "show", args: "台账 编号", say: "显示一条记录", least: 2, most: 2, run: show},
		{name: "set", args: "台账 [编号] 栏目=值…", say: "登记或修改一条；检查与窗口里一样。表里加一行写 agenda/+/title=…", least: 2, most: -1,
			flags: func(f *flag.FlagSet) { f.String("why", "", "") }, run: set},
		{name: "delete", args: "台账 编号", say: "移到回收站（可以恢复）", least: 2, most: 2, run: remove},
		{name: "history", args: "台账 编号", say: "一条记录的全部改动：何时、谁、哪台电脑、从什么改成什么", least: 2, most: 2, run: history},
		{name: "finalise", args: "meeting 编号", say: "定稿：编号、锁定，结果带到有关台账", least: 2, most: 2, run: finalise},
	}
}

type kindJSON struct {
	Name   string      `json:"name"`
	Label  string      `json:"label"`
	Page   string      `json:"page"`
	Fields []fieldJSON `json:"fields"`
}

type fieldJSON struct {
	Name     string      `json:"name"`
	Label    string      `json:"label"`
	Type     string      `json:"type"`
	Required bool        `json:"required,omitempty"`
	Locked   bool        `json:"locked,omitempty"`
	Choices  []string    `json:"choices,omitempty"`
	Columns  []fieldJSON `json:"columns,omitempty"`
}

func fieldsJSON(fields []record.Field) []fieldJSON {
	out := make([]fieldJSON, 0, len(fields))
	for _, f := range fields {
		j := fieldJSON{Name: f.Name, Label: f.Label, Type: f.Type.Name(), Required: f.Required, Locked: f.Locked}
		switch t := f.Type.(type) {
		case record.Choice:
			for _, code := range t.Codes {
				j.Choices = append(j.Choices, code.Label)
			}
		case record.Rows:
			j.Columns = fieldsJSON(t.Columns)
		}
		out = append(out, j)
	}
	return out
}

func listKinds(c *call, _ []string) error {
	var out []kindJSON
	for _, k := range screen.Open(nil, c.now).Kinds() {
		out = append(out, kindJSON{k.Name, k.Label, k.Page, fieldsJSON(k.Fields)})
	}
	return c.print(out, func(w io.Writer) {
		for _, k := range out {
			fmt.Fprintf(w, "%s\t%s\t%s\t%d 栏\n", k.Name, k.Label, k.Page, len(k.Fields))
		}
	})
}

func list(c *call, args []string) error {
	if args[0] == branch.NoticeKind {
		return notices(c, nil)
	}
	b, k, err := c.register(args[0])
	if err != nil {
		return err
	}
	records := b.Search(k.Name, c.text("find"))
	if c.set("deleted") {
		records = b.Trash(k.Name)
	}
	out := make([]recordJSON, 0, len(records))
	for _, r := range records {
		out = append(out, asJSON(k, r))
	}
	return c.print(out, func(w io.Writer) {
		for _, r := range records {
			line := append([]string{r.ID, b.Title(r)}, columns(b, k, r)...)
			if r.State != record.Synced {
				line = append(line, r.State.String())
			}
			fmt.Fprintln(w, strings.Join(line, "\t"))
		}
		fmt.Fprintf(w, "共 %d 条\n", len(records))
	})
}

// columns returns the texts of the list columns besides the title; sensitive
// values stay out of a terminal's scroll-back.
func columns(b *screen.Book, k record.Kind, r record.Record) []string {
	var out []string
	for _, f := range k.Fields {
		if f.Column > 0 && f.Name != k.Title && !f.Sensitive {
			out = append(out, b.Show(f, r.Values[f.Name]))
		}
	}
	return out
}

func show(c *call, args []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	k, r, err := b.Find(args[0], args[1])
	if err != nil {
		return err
	}
	return c.printRecord(b, k, r)
}

func (c *call) printRecord(b *screen.Book, k record.Kind, r record.Record) error {
	return c.print(asJSON(k, r), func(w io.Writer) {
		bin := map[bool]string{true: "（在回收站里）"}[r.Deleted()]
		fmt.Fprintf(w, "%s %s%s\n", k.Label, r.ID, bin)
		for _, path := range r.Values.Paths() {
			f, known := k.Field(path)
			if r.Values[path] == "" || !known || f.Name == record.RankColumn {
				continue
			}
			fmt.Fprintf(w, "  %s（%s）：%s\n", f.Label, path, b.Show(f, r.Values[path]))
		}
	})
}

func set(c *call, args []string) error {
	b, k, err := c.register(args[0])
	if err != nil {
		return err
	}
	id, pairs := "", args[1:]
	if !strings.Contains(pairs[0], "=") {
		id, pairs = pairs[0], pairs[1:]
	}
	typed, err := typedPairs(pairs)
	if err != nil {
		return err
	}
	r, complaints, err := b.Put(screen.Saving{Kind: k.Name, ID: id, Typed: typed, Why: c.text("why")})
	for _, said := range complaints {
		if said.Severity != record.Block {
			fmt.Fprintln(c.complain, "提醒："+said.Say)
		}
	}
	if err != nil {
		return err
	}
	return c.printRecord(b, k, r)
}

// typedPairs reads name=value arguments. In table/+/column every "+" of a table
// means one new row until a column comes a second time: then the next row begins.
func typedPairs(pairs []string) (map[string]string, error) {
	typed := map[string]string{}
	row := map[string]string{}
	for _, pair := range pairs {
		path, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, usageError("“" + pair + "”应写成 栏目=值。")
		}
		if table, id, column := record.SplitPath(path); id == "+" {
			if _, twice := typed[record.Path(table, row[table], column)]; twice || row[table] == "" {
				row[table] = screen.NewRow()
			}
			path = record.Path(table, row[table], column)
		}
		typed[path] = text
	}
	return typed, nil
}

func remove(c *call, args []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	k, r, err := b.Find(args[0], args[1])
	if err != nil {
		return err
	}
	if err := b.Delete(k.Name, r.ID); err != nil {
		return err
	}
	r, _ = b.Get(k.Name, r.ID)
	return c.print(asJSON(k, r), func(w io.Writer) {
		fmt.Fprintf(w, "已把%s“%s”移到回收站，随时可以恢复。\n", k.Label, b.Title(r))
	})
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func finalise(c *call, args []string) error {
	if args[0] != "meeting" {
		return usageError("只有会议可以定稿：zhibu finalise meeting 编号")
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	r, complaints, err := b.Finalise(args[1])
	for _, said := range complaints {
		if said.Severity != record.Block {
			fmt.Fprintln(c.complain, "提醒："+said.Say)
		}
	}
	if err != nil {
		return err
	}
	k, err := b.Kind("meeting")
	if err != nil {
		return err
	}
	return c.printRecord(b, k, r)
}
