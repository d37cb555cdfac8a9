package main

import (
	"flag"
	"fmt"
	"io"

	"zhibu/app/branch/sample"
	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

func startCommands() []command {
	return []command{
		{name: "open", args: "[--data 文件夹]", say: "打开窗口（不带命令时也一样）", run: func(c *call, _ []string) error { return openWindow(c) }},
		{name: "try", args: "[--on 日期]", say: "打开一个示例支部的窗口，里面带着一个区服务器",
			flags: func(f *flag.FlagSet) { f.String("on", "", "") }, run: try},
		{name: "init", args: "--branch 名称 [--by 姓名]", say: "新建一个支部的台账，给出恢复码",
			flags: func(f *flag.FlagSet) { f.String("branch", "", ""); f.String("by", "", "") }, run: initBranch},
		{name: "demo", args: "[--scale N] [--on 日期]", say: "在空文件夹里放一个示例支部（人名和号码都是编的）",
			flags: func(f *flag.FlagSet) { f.Int("scale", 0, ""); f.String("on", "", ""); f.String("by", "", "") }, run: demo},
	}
}

// create makes a new store in the data folder and remembers who keeps it.
func (c *call) create() (recovery string, err error) {
	dir, err := c.folder()
	if err != nil {
		return "", err
	}
	if storage.Exists(dir) {
		return "", record.Refuse("STORE_EXISTS", "“"+dir+"”里已经有台账，没有改动它。请换一个空文件夹。")
	}
	pass, err := c.passphrase()
	if err != nil {
		return "", err
	}
	if c.store, recovery, err = storage.Create(dir, pass, c.options()); err != nil {
		return "", err
	}
	if by := c.text("by"); by != "" {
		err = c.store.SetSetting(screen.BySetting, by)
	}
	return recovery, err
}

func initBranch(c *call, _ []string) error {
	name := c.text("branch")
	if name == "" {
		return usageError("还要写支部名称：zhibu init --branch 名称")
	}
	recovery, err := c.create()
	if err != nil {
		return err
	}
	b := screen.Open(c.store, c.now)
	profile, err := b.Found(name)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"branch": profile.ID, "recovery": recovery}, func(w io.Writer) {
		fmt.Fprintf(w, "已建好“%s”的台账。\n恢复码：%s\n忘了密码时只有它能打开台账。请抄在纸上，放进柜子，不要存在电脑里。\n", name, recovery)
	})
}

func demo(c *call, _ []string) error {
	on, err := c.today()
	if err != nil {
		return err
	}
	recovery, err := c.create()
	if err != nil {
		return err
	}
	edits := sample.Edits(on, record.Int(c.text("scale")))
	if _, err := c.store.Apply(edits...); err != nil {
		return err
	}
	b := screen.Open(c.store, c.now)
	counts := map[string]int{}
	for _, k := range b.Kinds() {
		counts[k.Name] = len(b.All(k.Name))
	}
	out := map[string]any{"records": len(edits), "kinds": counts, "recovery": recovery}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "示例支部已放好：党员 %d 人，发展党员 %d 人，会议 %d 次。人名和号码都是编的。\n",
			counts["member"], counts["pool"], counts["meeting"])
	})
}
