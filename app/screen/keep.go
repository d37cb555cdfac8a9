package screen

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Keep is the page 备份与恢复: the copies beside the data and on the stick, what
// one of them holds against the books now, and the way back to it.
type Keep struct {
	Copies []KeptCopy
	Held   *Holds // of the current copy, once it was looked into

	session *Session
	safe    Safe
	stick   string
	now     int
}

// KeptCopy is one copy as people read it.
type KeptCopy struct {
	Copy
	When, Why, Where string
}

// StickFolder is the folder of the copies on a USB stick.
const StickFolder = "支部台账备份"

// Keep opens the page. stick is the root of the USB stick, "" when there is none.
func (s *Session) Keep(stick string) (*Keep, error) {
	safe, ok := s.vault.(Safe)
	if !ok {
		return nil, record.Refuse("BACKUP_NONE", "这里不能备份。请在装好的程序里备份；数据没有变化。")
	}
	k := &Keep{session: s, safe: safe, stick: stick}
	return k, k.Refresh()
}

// Refresh lists the copies anew, the newest first.
func (k *Keep) Refresh() error {
	k.Copies, k.Held, k.now = nil, nil, 0
	places := []struct{ folder, where string }{{"", "本机"}}
	if k.stick != "" {
		places = append(places, struct{ folder, where string }{filepath.Join(k.stick, StickFolder), "U 盘"})
	}
	for _, p := range places {
		list, err := k.safe.Copies(p.folder)
		if err != nil {
			return err
		}
		for _, c := range list {
			k.Copies = append(k.Copies, KeptCopy{c, k.session.moment(c.At), reasonOf(c.Reason), p.where})
		}
	}
	slices.SortStableFunc(k.Copies, func(a, b KeptCopy) int { return b.At.Compare(a.At) })
	return nil
}

// Add puts a copy from somewhere else into the list and makes it the current one.
func (k *Keep) Add(file string) {
	k.Copies = append([]KeptCopy{{Copy{File: file}, filepath.Base(file), "自选文件", "别处"}}, k.Copies...)
	k.Choose(0)
}

// reasonOf says why a copy was made.
func reasonOf(reason string) string {
	why := map[string]string{"daily": "每天自动", "manual": "手动", "import": "导入之前", "migration": "升级之前", "snapshot": "区里重发之前", "rekey": "换密钥之后"}[reason]
	if why == "" {
		return reason
	}
	return why
}

// Choose makes a copy the current one.
func (k *Keep) Choose(i int) {
	if i != k.now {
		k.Held = nil
	}
	k.now = i
}

// Current returns the current copy.
func (k *Keep) Current() (KeptCopy, bool) {
	if k.now >= len(k.Copies) {
		return KeptCopy{}, false
	}
	return k.Copies[k.now], true
}

// Stick returns the folder a one-click copy goes to, "" without a stick.
func (k *Keep) Stick() string {
	if k.stick == "" {
		return ""
	}
	return filepath.Join(k.stick, StickFolder)
}

// StickText tells when a copy was last put on the stick.
func (k *Keep) StickText() string {
	if k.stick == "" {
		return "没有插 U 盘"
	}
	for _, c := range k.Copies {
		if c.Where == "U 盘" {
			return c.When
		}
	}
	return "还没有"
}

// Look verifies the current copy and tells what it holds; then gets the refusal.
func (k *Keep) Look(secret string, then func(error)) {
	c, ok := k.Current()
	if !ok {
		then(record.Refuse("BACKUP_UNCHOSEN", "还没有备份。请先备份一次。"))
		return
	}
	var held Holds
	k.session.run.Do("正在验看备份", func(context.Context, Progress) (err error) {
		held, err = k.safe.Look(c.File, secret)
		return err
	}, func(err error) {
		if now, _ := k.Current(); err == nil && now.File == c.File {
			k.Held = &held
		}
		then(err)
	})
}

// Difference is one register then and now.
type Difference struct {
	Label     string
	Then, Now int
}

// Differences holds the copy looked into against the books now: every register
// that has records in either.
func (k *Keep) Differences() []Difference {
	if k.Held == nil {
		return nil
	}
	b := k.session.Book
	var out []Difference
	for _, kind := range b.Kinds() {
		d := Difference{kind.Page, k.Held.Counts[kind.Name], len(b.All(kind.Name))}
		if d.Then+d.Now > 0 {
			out = append(out, d)
		}
	}
	return out
}

// LastText tells when the copy looked into was last changed, and what a restore
// would bring back besides.
func (k *Keep) LastText() string {
	if k.Held == nil {
		return ""
	}
	var out []string
	if !k.Held.Last.IsZero() {
		out = append(out, "最后一处改动在 "+k.session.moment(k.Held.Last))
	}
	if k.Held.Later > 0 {
		out = append(out, "之后的 "+number(k.Held.Later)+" 项改动会一并找回")
	} else {
		out = append(out, "没有要另外找回的改动")
	}
	return strings.Join(out, "；") + "。"
}

// Restore makes the books anew from the current copy.
func (k *Keep) Restore(secret string) {
	if c, ok := k.Current(); ok {
		k.session.Restore(c.File, secret)
	}
}

// Check reads everything in the file, away from the face; it can be stopped.
func (s *Session) Check(then func(Health, error)) {
	safe, ok := s.vault.(Safe)
	if !ok {
		then(Health{}, record.Refuse("CHECK_NONE", "这里不能检查。请在装好的程序里检查；数据没有变化。"))
		return
	}
	var found Health
	s.run.Do("正在检查数据", func(ctx context.Context, progress Progress) (err error) {
		found, err = safe.Check(ctx, progress)
		return err
	}, func(err error) { then(found, err) })
}

// Say tells what a check found.
func (h Health) Say() string {
	if !h.OK {
		return strings.Join(h.Problems, "\n")
	}
	return "数据完好：" + number(h.Records) + " 条记录，" + number(h.History) + " 处改动历史，" + number(h.Audit) + " 条操作记录，" +
		number(h.Files) + " 个附件，都对得上封条和链条。"
}

// keyWork runs work that ends in a fresh recovery code.
func (s *Session) keyWork(title string, work func(context.Context, Safe, Progress) (string, error), then func(groups []string, err error)) {
	safe, ok := s.vault.(Safe)
	if !ok {
		then(nil, record.Refuse("KEYS_NONE", "这里不能换密钥。请在装好的程序里做；数据没有变化。"))
		return
	}
	code := ""
	s.run.Do(title, func(ctx context.Context, progress Progress) (err error) {
		code, err = work(ctx, safe, progress)
		return err
	}, func(err error) {
		s.changed()
		then(SplitCode(code), err)
	})
}

// Rekey seals everything anew under a new passphrase and recovery code.
func (s *Session) Rekey(pass string, then func(groups []string, err error)) {
	s.keyWork("正在全部重新加密", func(ctx context.Context, safe Safe, progress Progress) (string, error) {
		return safe.Rekey(ctx, pass, progress)
	}, then)
}

// HandOver writes everything into a sealed file for the next secretary, who opens
// it with the passphrase given.
func (s *Session) HandOver(file, pass string, then func(groups []string, err error)) {
	s.keyWork("正在打成移交文件", func(ctx context.Context, safe Safe, progress Progress) (string, error) {
		return safe.HandOver(ctx, file, pass, progress)
	}, then)
}

// NewCode voids the recovery code and gives another to who knows the passphrase.
func (s *Session) NewCode(pass string, then func(groups []string, err error)) {
	s.keyWork("正在换恢复码", func(_ context.Context, safe Safe, _ Progress) (string, error) {
		return safe.NewCode(pass)
	}, then)
}

// Handed tells that the book was handed over and until when it may be looked at;
// "" when it was not.
func (s *Session) Handed() string {
	safe, ok := s.vault.(Safe)
	if !ok {
		return ""
	}
	until, handed := safe.HandedOver()
	switch {
	case !handed:
		return ""
	case s.now().After(until):
		return "这份台账已移交，查看期到 " + until.Format(time.DateOnly) + " 为止。请确认下一任用得好，再从这台电脑上删掉。"
	}
	return "这份台账已移交给下一任，这台电脑上只能查看，到 " + until.Format(time.DateOnly) + " 为止。"
}

// TakeBack ends the read-only state of a hand-over that did not happen.
func (s *Session) TakeBack() error {
	safe, ok := s.vault.(Safe)
	if !ok {
		return nil
	}
	err := safe.TakeBack()
	s.changed()
	return err
}
