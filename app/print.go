package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"zhibu/app/print"
	"zhibu/app/wire"
	"zhibu/storage"
	"zhibu/storage/record"
)

func printCommands() []command {
	return []command{
		{name: "forms", say: "列出能打印的表格", run: listForms},
		{name: "print", args: "表格 [编号…] -o 文件.pdf [--blank] [--fill 栏目=值] …", say: "把一张表存成 PDF；不写编号时打印整本或空白表", least: 1, most: -1,
			flags: printFlags, run: printForm},
		{name: "calibrate", args: "-o 文件.pdf | 打印机 表格 左边毫米 上边毫米", say: "套打校准：打印十字，量两个数，记住这台打印机这张表偏多少", most: 4,
			flags: func(f *flag.FlagSet) { f.String("o", "", "") }, run: calibrate},
		{name: "faces", args: "[song=文件.ttf …]", say: "列出打印用的字体；可改用本机的字库文件，等号后面空着就改回自带的", most: -1, run: listFaces},
	}
}

type formJSON struct {
	Code  string   `json:"code"`
	Name  string   `json:"name"`
	Kinds []string `json:"kinds"`
	Blank bool     `json:"blank"`
	From  string   `json:"source"`
}

func listForms(c *call, _ []string) error {
	var out []formJSON
	for _, f := range print.Forms() {
		out = append(out, formJSON{f.Code, f.Name, append([]string{}, f.Kinds...), f.Blank, f.Source})
	}
	return c.print(out, func(w io.Writer) {
		for _, f := range out {
			blank := "有空白表"
			if !f.Blank {
				blank = "没有空白表"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", f.Code, f.Name, blank, strings.Join(f.Kinds, " "), f.From)
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
	opt, err := c.printOptions(form)
	if err != nil {
		return err
	}
	doc, complaints, err := print.Make(form.Code, args[1:], b, opt)
	if err != nil {
		return err
	}
	if err := c.audit(storage.AuditEntry{Act: storage.AuditPrint, Kind: strings.Join(form.Kinds, " "), Record: strings.Join(args[1:], " "), What: form.Code}); err != nil {
		return err
	}
	if err := writeFile(c.text("o"), doc.PDF); err != nil {
		return err
	}
	said := []string{}
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

// fills are the values asked at print time, given as --fill name=value.
type fills map[string]string

// String implements flag.Value.
func (f fills) String() string { return fmt.Sprint(map[string]string(f)) }

// Set implements flag.Value.
func (f fills) Set(pair string) error {
	name, text, ok := strings.Cut(pair, "=")
	if !ok {
		return usageError("--fill 应写成 栏目=值。")
	}
	f[name] = text
	return nil
}

func printFlags(f *flag.FlagSet) {
	for _, name := range []string{"o", "variant", "order", "overlay", "password"} {
		f.String(name, "", "")
	}
	for _, name := range []string{"blank", "mask", "sign-in", "red-head"} {
		f.Bool(name, false, "")
	}
	for _, name := range []string{"year", "month", "reprint"} {
		f.Int(name, 0, "")
	}
	f.Var(fills{}, "fill", "")
}

// printOptions reads the flags of print and the faces chosen. --overlay prints
// values alone onto pre-printed stationery: moved right and down by the millimetres
// given, or as measured for the printer named.
func (c *call) printOptions(form print.Form) (print.Options, error) {
	opt := print.Options{
		Variant: c.text("variant"), Blank: c.set("blank"), Mask: c.set("mask"), Order: c.text("order"), Password: c.text("password"),
		SignIn: c.set("sign-in"), RedHead: c.set("red-head"),
		Year: record.Int(c.text("year")), Month: record.Int(c.text("month")), Prints: record.Int(c.text("reprint")),
	}
	if f, ok := c.flags.Lookup("fill").Value.(fills); ok {
		opt.Fill = f
	}
	var err error
	if opt.Faces, err = wire.Faces(c.store); err != nil {
		return opt, err
	}
	if at := c.text("overlay"); at != "" {
		opt.Overlay, err = c.overlay(at, form)
	}
	return opt, err
}

// overlay reads how far values are moved: two numbers, or the name of a printer.
func (c *call) overlay(at string, form print.Form) (*print.Calibration, error) {
	var by print.Calibration
	if _, err := fmt.Sscanf(at, "%f,%f", &by.Right, &by.Down); err == nil {
		return &by, nil
	}
	by, ok := calibrationOf(c.store, at, form.Code)
	if !ok {
		return nil, record.Refuse("NOT_CALIBRATED", "打印机“"+at+"”套打“"+form.Name+"”还没有校准。先用 zhibu calibrate 打印十字、量两个数；或写 --overlay 右移,下移（毫米），例如 1.5,-0.5。")
	}
	return &by, nil
}
