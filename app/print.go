package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"zhibu/app/print"
	"zhibu/storage"
	"zhibu/storage/record"
)

func printCommands() []command {
	return []command{
		{name: "forms", say: "列出能打印的表格", run: listForms},
		{name: "print", args: "表格 [编号…] -o 文件.pdf", say: "把一张表存成 PDF；不写编号时打印整本或空白表", least: 1, most: -1,
			flags: func(f *flag.FlagSet) {
				f.String("o", "", "")
				f.String("variant", "", "")
				f.Bool("blank", false, "")
				f.Bool("mask", false, "")
				f.Int("year", 0, "")
				f.Int("month", 0, "")
				f.String("order", "", "")
			}, run: printForm},
	}
}

type formJSON struct {
	Code  string   `json:"code"`
	Name  string   `json:"name"`
	Kinds []string `json:"kinds"`
	Blank bool     `json:"blank"`
}

func listForms(c *call, _ []string) error {
	var out []formJSON
	for _, f := range print.Forms() {
		out = append(out, formJSON{f.Code, f.Name, append([]string{}, f.Kinds...), f.Blank})
	}
	return c.print(out, func(w io.Writer) {
		for _, f := range out {
			fmt.Fprintf(w, "%s\t%s\t%s\n", f.Code, f.Name, strings.Join(f.Kinds, " "))
		}
	})
}

func printForm(c *call, args []string) error {
	if c.text("o") == "" {
		return usageError("还要写存到哪里：zhibu print 表格 [编号…] -o 文件.pdf")
	}
	form, ok := print.FormOf(args[0])
	if !ok {
		return record.Refuse("FORM_UNKNOWN", "没有“"+args[0]+"”这张表。用 zhibu forms 看有哪些。")
	}
	b, err := c.book()
	if err != nil {
		return err
	}
	opt := print.Options{
		Variant: c.text("variant"), Blank: c.set("blank"), Mask: c.set("mask"), Order: c.text("order"),
		Year: record.Int(c.text("year")), Month: record.Int(c.text("month")),
	}
	doc, complaints, err := print.Make(form.Code, args[1:], b, opt)
	if err != nil {
		return err
	}
	if err := writeFile(c.text("o"), doc.PDF); err != nil {
		return err
	}
	if err := c.audit(storage.AuditEntry{Act: storage.AuditPrint, Kind: strings.Join(form.Kinds, " "), Record: strings.Join(args[1:], " "), What: form.Code}); err != nil {
		return err
	}
	var said []string
	for _, x := range complaints {
		said = append(said, x.Say)
	}
	return c.print(map[string]any{"file": c.text("o"), "pages": doc.Pages(), "complaints": said}, func(w io.Writer) {
		fmt.Fprintf(w, "“%s”共 %d 页，已存到 %s。\n", doc.Title(), doc.Pages(), c.text("o"))
		for _, s := range said {
			fmt.Fprintln(c.complain, "提醒："+s)
		}
	})
}
