package main

import (
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

func attachCommands() []command {
	return []command{
		{name: "attach", args: "台账 编号 栏目 文件", say: "给一条记录添一个附件；栏目是 files 时加一行", least: 4, most: 4, run: attach},
		{name: "file", args: "附件校验码 -o 文件", say: "把一个附件取出来存成文件", least: 1, most: 1,
			flags: func(f *flag.FlagSet) { f.String("o", "", "") }, run: takeOut},
	}
}

// attach keeps a file and names it in a field of a record, or in a new row of a
// table of files.
func attach(c *call, args []string) error {
	b, k, err := c.register(args[0])
	if err != nil {
		return err
	}
	path, typed := args[2], map[string]string{}
	f, known := k.Field(path)
	if rows, ok := f.Type.(record.Rows); ok {
		row := screen.NewRow()
		for _, column := range rows.Columns {
			if column.Name == "name" {
				typed[record.Path(args[2], row, column.Name)] = filepath.Base(args[3])
			}
			if column.Type.Name() == (record.File{}).Name() {
				path, f = record.Path(args[2], row, column.Name), column
			}
		}
	}
	if !known || f.Type.Name() != (record.File{}).Name() {
		return record.Refuse("FIELD_NOT_FILE", "“"+args[2]+"”这一项不放附件。用 zhibu kinds 看哪一项是文件。")
	}
	data, err := screen.ReadFile(args[3], storage.MaxFile)
	if err != nil {
		return err
	}
	kept, err := c.store.AddFile(filepath.Base(args[3]), data)
	if err != nil {
		return err
	}
	typed[path] = kept.SHA
	r, _, err := b.Save(k.Name, args[1], typed)
	if err != nil {
		return err
	}
	return c.printRecord(b, k, r)
}

func takeOut(c *call, args []string) error {
	if c.text("o") == "" {
		return usageError("还要写存到哪里：zhibu file 附件校验码 -o 文件")
	}
	s, err := c.books()
	if err != nil {
		return err
	}
	kept, data, err := s.File(args[0])
	if err != nil {
		return err
	}
	if err := writeFile(c.text("o"), func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return err
	}
	return c.print(map[string]any{"file": c.text("o"), "name": kept.Name, "bytes": kept.Size}, func(w io.Writer) {
		fmt.Fprintf(w, "已存到“%s”，%d 字节。\n", c.text("o"), kept.Size)
	})
}
