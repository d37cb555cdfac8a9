package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/app/sheet"
	"zhibu/storage"
	"zhibu/storage/record"
)

func sheetCommands() []command {
	return []command{
		{name: "import", args: "台账 文件 [--dry-run] [--report 问题.xlsx]", say: "读入 Excel、xls 或 csv；--dry-run 只看读懂了什么，不改动", least: 2, most: 2,
			flags: func(f *flag.FlagSet) { f.Bool("dry-run", false, ""); f.String("report", "", "") }, run: importFile},
		{name: "undo-import", args: "批号", say: "撤销一次导入", least: 1, most: 1, run: undoImport},
		{name: "template", args: "台账 文件.xlsx", say: "写一张空表，填好后可以导入", least: 2, most: 2, run: template},
		{name: "export", args: "台账 文件.xlsx|文件.csv", say: "导出一本台账；身份证号和电话按文本写", least: 2, most: 2,
			flags: func(f *flag.FlagSet) { f.String("find", "", "") }, run: export},
	}
}

// readSheets reads a spreadsheet file under the limits.
func readSheets(file string) ([]sheet.Sheet, error) {
	data, err := screen.ReadFile(file, screen.MostSheet)
	if err != nil {
		return nil, err
	}
	return sheet.Read(filepath.Base(file), data)
}

func importFile(c *call, args []string) error {
	b, k, err := c.register(args[0])
	if err != nil {
		return err
	}
	sheets, err := readSheets(args[1])
	if err != nil {
		return err
	}
	plan, err := sheet.NewPlan(k, sheets, b, nil)
	if err != nil {
		return err
	}
	if file := c.text("report"); file != "" {
		if err := writeFile(file, plan.Report); err != nil {
			return err
		}
	}
	if c.set("dry-run") {
		return c.print(plan, func(w io.Writer) { tellPlan(w, plan) })
	}
	return carryOut(c, b, plan)
}

// tellPlan says in words what an import would do.
func tellPlan(w io.Writer, plan *sheet.Plan) {
	s := plan.Summary
	fmt.Fprintf(w, "共 %d 行：新登记 %d，改动 %d，与已有的一样 %d，要人看 %d，不是记录 %d。\n", s.Rows, s.New, s.Changed, s.Same, s.Held, s.Skipped)
	tellIssues(w, plan.Issues())
}

// tellIssues says row by row what was found.
func tellIssues(w io.Writer, issues []sheet.Placed) {
	for _, i := range issues {
		fmt.Fprintf(w, "  %s：%s\n", strings.TrimSpace(i.Sheet), i.Say)
	}
	if slices.ContainsFunc(issues, func(i sheet.Placed) bool { return i.Code == branch.YearClosed && i.Severity == record.Block.String() }) {
		fmt.Fprintln(w, howToAmend)
	}
}

type importJSON struct {
	Batch   string         `json:"batch"`
	Added   int            `json:"added"`
	Changed int            `json:"changed"`
	Skipped int            `json:"skipped"`
	Issues  []sheet.Placed `json:"issues"`
}

// carryOut applies a plan as one batch: all rows that are ready, in one transaction.
func carryOut(c *call, b *screen.Book, plan *sheet.Plan) error {
	edits, err := plan.Edits(sheet.Choices{})
	if err != nil {
		return err
	}
	out := importJSON{Issues: plan.Issues()}
	for _, e := range edits {
		out.Batch = e.Batch
		if _, there := b.Get(e.Kind, e.ID); there {
			out.Changed++
		} else {
			out.Added++
		}
	}
	out.Skipped = plan.Summary.Rows - out.Added - out.Changed
	if len(edits) > 0 {
		if _, err := c.store.Backup(storage.BackupImport); err != nil {
			return err
		}
		if _, err := b.Apply(edits...); err != nil {
			return err
		}
	}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "已登记 %d 条，改动 %d 条，没有导入 %d 行。", out.Added, out.Changed, out.Skipped)
		if out.Batch != "" {
			fmt.Fprintf(w, "要撤销：zhibu undo-import %s", out.Batch)
		}
		fmt.Fprintln(w)
		tellIssues(w, out.Issues)
	})
}

func undoImport(c *call, args []string) error {
	s, err := c.books()
	if err != nil {
		return err
	}
	done, err := s.UndoBatch(args[0])
	if err != nil {
		return err
	}
	return c.printUndone(map[string]any{"batch": args[0]}, done)
}

func template(c *call, args []string) error {
	k, err := screen.Open(nil, c.now).Kind(args[0])
	if err != nil {
		return err
	}
	if err := writeFile(args[1], func(w io.Writer) error { return sheet.Template(k, w) }); err != nil {
		return err
	}
	return c.print(map[string]any{"file": args[1]}, func(w io.Writer) {
		fmt.Fprintf(w, "空表已写到 %s，带 * 的栏要填；填好后：zhibu import %s %s\n", args[1], k.Name, args[1])
	})
}

func export(c *call, args []string) error {
	b, k, err := c.register(args[0])
	if err != nil {
		return err
	}
	records := b.Search(k.Name, c.text("find"))
	write := sheet.Write
	if strings.EqualFold(filepath.Ext(args[1]), ".csv") {
		write = sheet.WriteCSV
	}
	if err := c.audit(storage.AuditEntry{Act: storage.AuditExport, Kind: k.Name, What: filepath.Base(args[1])}); err != nil {
		return err
	}
	if err := writeFile(args[1], func(w io.Writer) error { return write(k, records, b, w) }); err != nil {
		return err
	}
	return c.print(map[string]any{"file": args[1], "rows": len(records)}, func(w io.Writer) {
		fmt.Fprintf(w, "已导出 %d 条到 %s。文件没有加密，用完请删。\n", len(records), args[1])
	})
}

// writeFile makes a file in one go: what was there before stays whole until
// everything new is on the disk.
func writeFile(name string, fill func(io.Writer) error) error {
	dir := filepath.Dir(name)
	temp, err := os.CreateTemp(dir, ".zhibu-*")
	if err != nil {
		return record.Wrap(err, "FILE_CREATE", "在“"+dir+"”里建不了文件。请换一个文件夹，或看磁盘是不是满了。")
	}
	defer os.Remove(temp.Name()) // gone already when all went well
	if err := fill(temp); err != nil {
		temp.Close()
		return err
	}
	if err := errors.Join(temp.Sync(), temp.Close(), os.Rename(temp.Name(), name)); err != nil {
		return record.Wrap(err, "FILE_WRITE", "没有写成“"+name+"”。请看它是不是正在别的程序里开着、磁盘是不是满了；台账没有变化。")
	}
	return nil
}
