package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

func careCommands() []command {
	newPass := func(f *flag.FlagSet) { f.String("new-passphrase-file", "", "") }
	return []command{
		{name: "check", say: "检查数据文件是不是完好", run: check},
		{name: "backup", args: "[--to 文件夹]", say: "做一份备份并验看；--to 存到 U 盘等别处",
			flags: func(f *flag.FlagSet) { f.String("to", "", "") }, run: backup},
		{name: "backups", say: "列出本机的备份", run: backups},
		{name: "verify", args: "文件", say: "验看一份备份或数据文件，说出里面有什么", least: 1, most: 1, run: verify},
		{name: "restore", args: "[文件] [--preview]", say: "用一份备份重建台账，不写文件就用最近的；备份之后的改动一并找回，原来的文件留着", most: 1,
			flags: func(f *flag.FlagSet) { f.Bool("preview", false, "") }, run: restore},
		{name: "rekey", args: "--new-passphrase-file 文件", say: "换密码、换恢复码，全部内容重新加密", flags: newPass, run: rekey},
		{name: "recover", args: "--code 恢复码 --new-passphrase-file 文件", say: "忘了密码：用恢复码打开并设新密码",
			flags: func(f *flag.FlagSet) { newPass(f); f.String("code", "", "") }, run: recoverStore},
		{name: "handover", args: "文件 --new-passphrase-file 文件", say: "移交给下一任书记：打成一个加密文件，本机之后只能看", least: 1, most: 1, flags: newPass, run: handover},
		{name: "undo", args: "改动编号", say: "撤销一次改动（编号见 history 的 op）", least: 1, most: 1, run: undo},
		{name: "trash", args: "[台账 编号]", say: "列出回收站；写明台账和编号就恢复那一条", most: 2, run: trash},
		{name: "compact", say: "压缩数据文件，历史一条不少", run: compact},
		{name: childCommand, say: "验看一个可疑的文件", hidden: true, run: child},
	}
}

type checkJSON struct {
	OK       bool     `json:"ok"`
	Records  int      `json:"records"`
	History  int      `json:"history"`
	Pending  int      `json:"pending"`
	Refused  int      `json:"refused"`
	Drafts   int      `json:"drafts"`
	Audit    int      `json:"audit"`
	Files    int      `json:"files"`
	Bytes    int64    `json:"bytes"`
	Problems []string `json:"problems"`
}

func check(c *call, _ []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	r, err := s.Check(c.ctx, nil)
	if err != nil {
		return err
	}
	out := checkJSON{r.OK, r.Records, r.History, r.Pending, r.Refused, r.Drafts, r.Audit, r.Files, r.Bytes, append([]string{}, r.Problems...)}
	if err := c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%d 条记录，%d 条改动历史，%d 份草稿，文件 %.1f MB。\n", r.Records, r.History, r.Drafts, float64(r.Bytes)/1e6)
	}); err != nil {
		return err
	}
	if !r.OK {
		return record.Refuse("CHECK_FAILED", "数据有问题："+strings.Join(r.Problems, "；")+"。请用最近的备份恢复；现在的文件留着不要删。")
	}
	return nil
}

// newPassphrase reads the passphrase to be set.
func (c *call) newPassphrase() (string, error) {
	return c.secret("new-passphrase-file", "ZHIBU_NEW_PASSPHRASE", "新密码")
}

func rekey(c *call, _ []string) error {
	pass, err := c.newPassphrase()
	if err != nil {
		return err
	}
	s, err := c.open()
	if err != nil {
		return err
	}
	code, err := s.Rekey(c.ctx, pass, nil)
	if err != nil {
		return err
	}
	return c.printCode(code, "已换密码，全部内容重新加密。")
}

func (c *call) printCode(code, done string) error {
	return c.print(map[string]string{"recovery": code}, func(w io.Writer) {
		fmt.Fprintf(w, "%s\n恢复码：%s\n请抄在纸上，放进柜子，不要存在电脑里。\n", done, code)
	})
}

func recoverStore(c *call, _ []string) error {
	if c.text("code") == "" {
		return usageError("还要写恢复码：zhibu recover --code 恢复码 --new-passphrase-file 文件")
	}
	pass, err := c.newPassphrase()
	if err != nil {
		return err
	}
	dir, err := c.folder()
	if err != nil {
		return err
	}
	if c.store, err = storage.OpenWithCode(dir, c.text("code"), pass, c.options()); err != nil {
		return err
	}
	return c.print(map[string]bool{"ok": true}, func(w io.Writer) {
		fmt.Fprintln(w, "已用恢复码打开，新密码已设好；恢复码仍然有效。")
	})
}

func handover(c *call, args []string) error {
	pass, err := c.newPassphrase()
	if err != nil {
		return err
	}
	s, err := c.open()
	if err != nil {
		return err
	}
	code, err := s.Handover(c.ctx, args[0], pass, nil)
	if err != nil {
		return err
	}
	return c.printCode(code, "移交文件已写好："+args[0]+"。本机从现在起只能查看。")
}

func undo(c *call, args []string) error {
	s, err := c.books()
	if err != nil {
		return err
	}
	done, err := s.Undo(args[0])
	if err != nil {
		return err
	}
	return c.printUndone(map[string]any{"op": args[0]}, done)
}

// laterJSON is a value that an undo left alone.
type laterJSON struct {
	Kind   string `json:"kind"`
	Record string `json:"record"`
	Path   string `json:"path"`
	By     string `json:"by"`
	At     string `json:"at"`
}

func (c *call) printUndone(out map[string]any, done storage.Undone) error {
	later := make([]laterJSON, 0, len(done.Later))
	for _, l := range done.Later {
		later = append(later, laterJSON{l.Kind, l.Record, l.Path, l.By, time.UnixMilli(l.At).Format(time.RFC3339)})
	}
	out["undone"], out["later"] = len(done.Records), later
	return c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "已撤销 %d 条。\n", len(done.Records))
		if len(later) > 0 {
			fmt.Fprintf(w, "有 %d 处后来又改过，保留后来的内容：\n", len(later))
			for _, l := range done.Later {
				fmt.Fprintf(w, "  %s%s\n", laterWords(l), author(strings.TrimSpace(l.By+" "+time.UnixMilli(l.At).In(c.now().Location()).Format("2006-01-02 15:04"))))
			}
		}
	})
}

// laterWords names a value that an undo left alone: 党员 ID 手机.
func laterWords(l storage.Later) string {
	label, what := l.Kind, l.Path
	if k, known := branch.KindOf(l.Kind); known {
		label = k.Label
		if f, known := k.Field(l.Path); known {
			what = f.Label
		}
	}
	if l.Path == record.DeletedPath {
		what = "移到回收站或恢复"
	}
	return label + " " + l.Record + " " + what
}

func trash(c *call, args []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	if len(args) == 1 {
		return usageError("要恢复请写明台账和编号：zhibu trash 台账 编号")
	}
	if len(args) == 2 {
		k, r, err := b.Find(args[0], args[1])
		if err != nil {
			return err
		}
		if _, err := b.Unbin(screen.Binned{Kind: k, Record: r}); err != nil {
			return err
		}
		return show(c, args)
	}
	out := []recordJSON{}
	var lines []string
	for _, k := range b.Kinds() {
		for _, r := range b.Trash(k.Name) {
			out = append(out, asJSON(k, r))
			line := k.Name + "\t" + r.ID + "\t" + b.Title(r)
			if to := r.Values["transferred_to"]; to != "" {
				line += "\t已转往" + to
			}
			lines = append(lines, line)
		}
	}
	return c.print(out, func(w io.Writer) {
		for _, line := range lines {
			fmt.Fprintln(w, line)
		}
		fmt.Fprintf(w, "回收站里有 %d 条，30 天内可以恢复；已转往别处的由区里转回。\n", len(lines))
	})
}

func compact(c *call, _ []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	if err := s.Compact(c.ctx, nil); err != nil {
		return err
	}
	return check(c, nil)
}

// childCommand verifies a doubtful file for its parent, in a process that may
// die of it.
const childCommand = "verify-child"

func child(*call, []string) error {
	os.Exit(storage.ChildMain(os.Stdin, os.Stderr))
	return nil
}

// audit notes in the chain that something left the program.
func (c *call) audit(e storage.AuditEntry) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	return s.Audit(e)
}
