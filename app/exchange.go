package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
)

func syncCommands() []command {
	return []command{
		{name: "join", args: "--server 网址 --code 邀请码 [--by 姓名]", say: "用区里给的邀请码加入；文件夹空着就新建台账",
			flags: func(f *flag.FlagSet) { f.String("server", "", ""); f.String("code", "", ""); f.String("by", "", "") }, run: join},
		{name: "sync", say: "与区里同步一次", run: syncOnce},
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
		return sync.Outcome{}, record.Refuse("NOT_ENROLLED", "这个支部还没有加入区里，不用同步；内容都在本机。要加入请用区里给的邀请码。")
	}
	district, err := courier.New(e, courier.Options{})
	if err != nil {
		return sync.Outcome{}, err
	}
	return sync.Exchange(ctx, s, district)
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
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "已同步：上传 %d 项，收到 %d 项", out.Pushed, out.Pulled)
		if out.Conflicts > 0 {
			fmt.Fprintf(w, "，%d 项两边都改过，请核对", out.Conflicts)
		}
		if out.Refused > 0 {
			fmt.Fprintf(w, "，区里没有收下 %d 项，内容都在本机", out.Refused)
		}
		fmt.Fprintln(w, "。")
	})
}
