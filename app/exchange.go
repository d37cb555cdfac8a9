package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/bundle"
	"zhibu/sync/courier"
)

func syncCommands() []command {
	return []command{
		{name: "join", args: "--server 网址 --code 邀请码 [--by 姓名]", say: "用区里给的邀请码加入；文件夹空着就新建台账",
			flags: func(f *flag.FlagSet) { f.String("server", "", ""); f.String("code", "", ""); f.String("by", "", "") }, run: join},
		{name: "sync", say: "与区里同步一次", run: syncOnce},
		{name: "pack", args: "文件夹", say: "没有网络时：把待上传的改动写成加密文件，放进 U 盘", least: 1, most: 1, run: pack},
		{name: "unpack", args: "文件…", say: "读入区里在 U 盘上的答复", least: 1, most: -1, run: unpack},
	}
}

// joinDistrict enrols the laptop whose store is s and tells where it belongs now.
func joinDistrict(ctx context.Context, s *storage.Store, server, code string) (record.Enrolment, error) {
	machine, err := os.Hostname()
	if err != nil {
		machine = "" // the district then shows the device's id alone
	}
	e, err := courier.Join(ctx, server, code, courier.Options{Machine: machine})
	if err != nil {
		return e, err
	}
	return e, s.Enrol(e)
}

// exchange runs one exchange of s with its district.
func exchange(ctx context.Context, s *storage.Store) (sync.Outcome, error) {
	e, ok := s.Enrolment()
	if !ok {
		return sync.Outcome{}, notEnrolled()
	}
	district, err := courier.New(e, courier.Options{})
	if err != nil {
		return sync.Outcome{}, err
	}
	out, err := sync.Exchange(ctx, s, district)
	if err != nil {
		return out, err
	}
	settled, err := settleNumbers(s)
	if err != nil {
		return out, err
	}
	if settled { // the district hears of them at once
		more, err := sync.Exchange(ctx, s, district)
		if out = out.Add(more); err != nil {
			return out, err
		}
	}
	return out, carryFiles(ctx, s, district)
}

// settleNumbers confirms the numbers given offline, now that the books are
// whole, and reports whether there were any.
func settleNumbers(s *storage.Store) (bool, error) {
	return screen.Open(s, time.Now).SettleNumbers()
}

func notEnrolled() error {
	return record.Refuse("NOT_ENROLLED", "这个支部还没有加入区里，不用同步；内容都在本机。要加入请用区里给的邀请码。")
}

func join(c *call, _ []string) error {
	if c.text("server") == "" || c.text("code") == "" {
		return usageError("还要写网址和邀请码：zhibu join --server 网址 --code 邀请码")
	}
	dir, err := c.folder()
	if err != nil {
		return err
	}
	recovery := ""
	if storage.Exists(dir) {
		_, err = c.open()
	} else {
		recovery, err = c.create()
	}
	if err != nil {
		return err
	}
	e, err := joinDistrict(c.ctx, c.store, c.text("server"), c.text("code"))
	if err != nil {
		return err
	}
	if _, err := exchange(c.ctx, c.store); err != nil {
		return err
	}
	if _, there := screen.Open(c.store, c.now).Profile(); !there {
		if _, err := screen.Open(c.store, c.now).Found(e.Name); err != nil {
			return err
		}
	}
	out := map[string]string{"branch": e.Branch, "device": e.Device}
	if recovery != "" {
		out["recovery"] = recovery
	}
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "已加入“%s”，区里的内容已取到本机。\n", e.Name)
		if recovery != "" {
			fmt.Fprintf(w, "恢复码：%s\n忘了密码时只有它能打开台账。请抄在纸上，放进柜子，不要存在电脑里。\n", recovery)
		}
	})
}

func syncOnce(c *call, _ []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	out, err := exchange(c.ctx, s)
	if err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { tellOutcome(w, out) })
}

func tellOutcome(w io.Writer, out sync.Outcome) {
	fmt.Fprintf(w, "已同步：上传 %d 项，收到 %d 项", out.Pushed, out.Pulled)
	if out.Conflicts > 0 {
		fmt.Fprintf(w, "，%d 项两边都改过，请核对", out.Conflicts)
	}
	if out.Refused > 0 {
		fmt.Fprintf(w, "，区里没有收下 %d 项，内容都在本机", out.Refused)
	}
	fmt.Fprintln(w, "。")
}

// packTo writes what waits for the district as sealed files and returns them.
func packTo(s *storage.Store, folder string) ([]string, error) {
	e, ok := s.Enrolment()
	if !ok {
		return nil, notEnrolled()
	}
	files, err := bundle.Export(s, e)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range files {
		name := filepath.Join(folder, f.Name)
		if err := writeFile(name, func(w io.Writer) error { _, err := w.Write(f.Data); return err }); err != nil {
			return names, err
		}
		names = append(names, name)
	}
	return names, nil
}

// unpackFrom takes in one answer of the district.
func unpackFrom(s *storage.Store, file string) (sync.Outcome, error) {
	e, ok := s.Enrolment()
	if !ok {
		return sync.Outcome{}, notEnrolled()
	}
	info, err := os.Stat(file)
	if err == nil && info.Size() > bundle.MaxFile {
		return sync.Outcome{}, record.Refuse("FILE_TOO_BIG", "“"+filepath.Base(file)+"”太大，不是区里的答复。请核对文件；台账没有变化。")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return sync.Outcome{}, record.Wrap(err, "FILE_READ", "读不了文件“"+file+"”。请看 U 盘是不是插好了。")
	}
	out, err := bundle.Import(s, e, data)
	if err != nil {
		return out, err
	}
	_, err = settleNumbers(s) // what they became waits for the next stick
	return out, err
}

func pack(c *call, args []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	names, err := packTo(s, args[0])
	if err != nil {
		return err
	}
	return c.print(map[string]any{"files": append([]string{}, names...)}, func(w io.Writer) {
		fmt.Fprintf(w, "已写好 %d 个文件，请把 U 盘交给区里；答复取回后再读入。\n", len(names))
	})
}

func unpack(c *call, args []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	var total sync.Outcome
	for _, file := range args {
		out, err := unpackFrom(s, file)
		if err != nil {
			return err
		}
		total = total.Add(out)
	}
	return c.print(total, func(w io.Writer) { tellOutcome(w, total) })
}
