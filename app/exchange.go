package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
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
		{name: "join", args: "--server 网址或邀请链接 [--code 邀请码] [--by 姓名]", say: "用区里给的邀请码加入；文件夹空着就新建台账",
			flags: func(f *flag.FlagSet) { f.String("server", "", ""); f.String("code", "", ""); f.String("by", "", "") }, run: join},
		{name: "sync", say: "与区里同步一次", run: syncOnce},
		{name: "pack", args: "文件夹", say: "没有网络时：把待上传的改动和附件写成加密文件，放进 U 盘", least: 1, most: 1, run: pack},
		{name: "unpack", args: "文件或文件夹…", say: "读入区里在 U 盘上的答复；给文件夹就读给这台电脑的全部", least: 1, most: -1, run: unpack},
	}
}

// machine is this laptop's side of the district: its books and its clock.
type machine struct {
	*storage.Store
	now func() time.Time
}

// admit hands in an invitation and tells what the laptop may become.
func admit(ctx context.Context, server, code string, now func() time.Time) (record.Enrolment, error) {
	host, err := os.Hostname()
	if err != nil {
		host = "" // the district then shows the device's id alone
	}
	return courier.Join(ctx, server, code, courier.Options{Now: now, Machine: host})
}

// enrol makes the laptop what it was admitted as.
func (m machine) enrol(e record.Enrolment) error {
	if err := m.Enrol(e); err != nil {
		return err
	}
	return attachments{m.Store}.Forget()
}

// exchange runs one exchange with the district.
func (m machine) exchange(ctx context.Context) (sync.Outcome, error) {
	out, err := m.converse(ctx)
	if noted := screen.Open(m.Store, m.now).Heed(err); err == nil {
		err = noted
	}
	return out, err
}

func (m machine) converse(ctx context.Context) (sync.Outcome, error) {
	e, ok := m.Enrolment()
	if !ok {
		return sync.Outcome{}, notEnrolled()
	}
	district, err := courier.New(e, courier.Options{Now: m.now, Skew: m.Skew()})
	if err != nil {
		return sync.Outcome{}, err
	}
	out, err := sync.Exchange(ctx, m.Store, district)
	if err != nil {
		return out, err
	}
	settled, err := m.settleNumbers()
	if err != nil {
		return out, err
	}
	if settled { // the district hears of them at once
		more, err := sync.Exchange(ctx, m.Store, district)
		if out = out.Add(more); err != nil {
			return out, err
		}
	}
	files := attachments{m.Store}
	if err := files.heed(out); err != nil {
		return out, err
	}
	err = files.carry(ctx, district, &out)
	return out, err
}

// settleNumbers confirms the numbers given offline, now that the books are
// whole, and reports whether there were any.
func (m machine) settleNumbers() (bool, error) { return screen.Open(m.Store, m.now).SettleNumbers() }

func notEnrolled() error {
	return record.Refuse("NOT_ENROLLED", "这个支部还没有加入区里，不用同步；内容都在本机。要加入请用区里给的邀请码。")
}

func join(c *call, _ []string) error {
	server, code, whole := screen.ReadInvitation(c.text("server"))
	if !whole {
		server, code = c.text("server"), c.text("code")
	}
	if server == "" || code == "" {
		return usageError("还要写网址和邀请码：zhibu join --server 网址 --code 邀请码；邀请二维码里的链接写在 --server 后面就够了")
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
	e, err := admit(c.ctx, server, code, c.now)
	if err != nil {
		return err
	}
	m := machine{c.store, c.now}
	if err := m.enrol(e); err != nil {
		return err
	}
	if _, err := m.exchange(c.ctx); err != nil {
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
	out, err := machine{s, c.now}.exchange(c.ctx)
	if err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintln(w, out) })
}

// pack writes what waits for the district as sealed files and returns them.
func (m machine) pack(folder string) (names []string, err error) {
	e, ok := m.Enrolment()
	if !ok {
		return nil, notEnrolled()
	}
	err = bundle.Export(m.Store, e, attachments{m.Store}, func(f bundle.File) error {
		name := filepath.Join(folder, f.Name)
		names = append(names, name)
		return writeFile(name, func(w io.Writer) error { _, err := w.Write(f.Data); return err })
	})
	return names, err
}

// unpackOne takes in one answer of the district.
func (m machine) unpackOne(file string) (sync.Outcome, error) {
	e, ok := m.Enrolment()
	if !ok {
		return sync.Outcome{}, notEnrolled()
	}
	data, err := screen.ReadFile(file, bundle.MaxFile)
	if err != nil {
		return sync.Outcome{}, err
	}
	out, err := bundle.Import(m.Store, e, attachments{m.Store}, data)
	if err != nil {
		return out, err
	}
	if err := (attachments{m.Store}).heed(out); err != nil {
		return out, err
	}
	_, err = m.settleNumbers() // what they became waits for the next stick
	return out, err
}

// unpack takes in answers in any order, from a folder those that are for this
// laptop. Those that cannot be read are named in the error, the others are taken
// all the same.
func (m machine) unpack(places ...string) (total sync.Outcome, err error) {
	files, err := m.answersIn(places)
	if err != nil {
		return total, err
	}
	var failed []string
	for _, file := range files {
		out, one := m.unpackOne(file)
		total = total.Add(out)
		if one != nil {
			failed = append(failed, filepath.Base(file)+"："+record.SayOf(one))
			err = errors.Join(err, one)
		}
	}
	if err != nil {
		return total, record.Wrap(err, cmp.Or(record.CodeOf(err), "STICK_FAILED"), strings.Join(failed, "\n"))
	}
	return total, nil
}

// answersIn returns the files that places name, and in place of a folder the
// answers for this laptop in it.
func (m machine) answersIn(places []string) (files []string, err error) {
	for _, place := range places {
		if info, err := os.Stat(place); err != nil || !info.IsDir() {
			files = append(files, place)
			continue
		}
		found, err := filepath.Glob(filepath.Join(place, m.Position().Device+"-*.dsr"))
		if err != nil {
			return nil, fmt.Errorf("folder %s: %w", place, err)
		}
		if len(found) == 0 {
			return nil, record.Refuse("NO_ANSWER", "“"+filepath.Base(place)+"”里没有给这台电脑的答复（.dsr 文件）。请先把 U 盘交给区里读过；台账没有变化。")
		}
		files = append(files, found...)
	}
	return files, nil
}

func pack(c *call, args []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	names, err := machine{s, c.now}.pack(args[0])
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
	total, err := machine{s, c.now}.unpack(args...)
	if err != nil {
		return err
	}
	return c.print(total, func(w io.Writer) { fmt.Fprintln(w, total) })
}
