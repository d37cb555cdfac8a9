package screen

import (
	"context"
	"net/url"
	"strings"
	"time"

	"zhibu/storage/record"
)

// dailyBackup does the day's housekeeping in the background. That the disk is too
// full for it stands over every page already.
func (s *Session) dailyBackup() {
	safe, ok := s.vault.(Safe)
	if !ok {
		return
	}
	s.run.Do("备份", func(ctx context.Context, _ Progress) error { return safe.Housekeep(ctx) }, func(err error) {
		if err != nil && s.Stage == Unlocked && record.CodeOf(err) != "DISK_FULL" {
			s.trouble = err
		}
		s.changed()
	})
}

// Trouble is why a background act was not done, nil for nothing. Reading it clears it.
func (s *Session) Trouble() error {
	err := s.trouble
	s.trouble = nil
	return err
}

// News is what a background act did that concerns whatever is on the screen, ""
// for nothing. Reading it clears it.
func (s *Session) News() string {
	say := s.news
	s.news = ""
	return say
}

// Mend closes and opens the file again after the disk failed under it, with the keys
// at hand, so that what is being written stays on the screen.
func (s *Session) Mend() {
	safe, ok := s.vault.(Safe)
	if !ok || s.mending || s.Stage != Unlocked || !safe.Failed() {
		return
	}
	s.mending = true
	s.run.Do("正在重新打开台账", func(context.Context, Progress) error { return safe.Restart() }, func(err error) {
		s.mending = false
		if s.Stage != Unlocked {
			return // locked meanwhile: unlocking opens it anew
		}
		if err != nil {
			s.lock("磁盘出了问题，台账关上了。" + record.SayOf(err))
			return
		}
		s.news = "磁盘刚才出了问题，台账已重新打开，存上的都在。刚才没存上的那一步，请看一眼再做一次。"
		s.changed()
	})
}

// Restore makes the books anew from a copy, behind the lock: what was there is kept
// beside, and what came after the copy is merged in.
func (s *Session) Restore(file, secret string) {
	s.lock("正在用备份重建台账，原来的文件留着。")
	s.restore(file, secret)
}

func (s *Session) restore(file, secret string) {
	s.Lock.Busy = true
	s.changed()
	var store Store
	var done Restored
	s.run.Do("正在恢复", func(context.Context, Progress) (err error) {
		store, done, err = s.vault.Restore(file, secret)
		return err
	}, func(err error) {
		s.Lock.Busy = false
		if err != nil {
			s.Lock.Note, s.Lock.Say = "没有恢复，台账还是原来的。", record.SayOf(err)
			s.changed()
			return
		}
		s.news = done.Say()
		s.enter(store)
	})
}

// Say tells what a restore brought.
func (r Restored) Say() string {
	say := "已恢复。"
	if r.Merged > 0 {
		say = "已恢复，并找回备份之后的 " + number(r.Merged) + " 项改动。"
	}
	if r.Missing > 0 {
		say += "有 " + number(r.Missing) + " 项改动找不回来，请核对最近登记的内容。"
	}
	if r.Kept != "" {
		say += "原来的文件留着。"
	}
	return say
}

// BackupText tells when the newest copy was made.
func (s *Session) BackupText() string {
	safe, ok := s.vault.(Safe)
	if !ok {
		return "不在这里备份"
	}
	list, err := safe.Copies("")
	if err != nil || len(list) == 0 {
		return "还没有"
	}
	return s.moment(list[0].At)
}

func (s *Session) moment(at time.Time) string {
	return ShortMoment(at.In(s.now().Location()), record.DateOf(s.now()))
}

// Backup makes a copy beside the data, or in folder, and then tells the file.
func (s *Session) Backup(folder string, then func(file string, err error)) {
	safe, ok := s.vault.(Safe)
	if !ok {
		then("", record.Refuse("BACKUP_NONE", "这里不能备份。请在装好的程序里备份；数据没有变化。"))
		return
	}
	var file string
	s.run.Do("正在备份", func(context.Context, Progress) (err error) {
		file, err = safe.Backup(folder)
		return err
	}, func(err error) { then(file, err) })
}

// Join hands in an invitation, enrols this laptop and starts the first exchange. Books
// that bear another name than the branch at the district may be of another branch: then
// sure is asked before anything is given away. A code holds once: who hesitates, or has
// no disk space, may hand the same one in again while the program runs.
func (s *Session) Join(server, code string, sure func(books, branch string, join func()), then func(branch string, err error)) {
	if s.district == nil {
		then("", record.Refuse("DISTRICT_NONE", "这里连不上区服务器。请在装好的程序里加入；数据没有变化。"))
		return
	}
	server, code = strings.TrimSpace(server), strings.TrimSpace(code)
	s.run.Do("正在核对邀请码", func(ctx context.Context, _ Progress) error {
		if s.admitted.server == server && s.admitted.code == code {
			return nil
		}
		e, err := s.district.Admit(ctx, server, code)
		if err == nil {
			s.admitted = admission{server, code, e}
		}
		return err
	}, func(err error) {
		e := s.admitted.Enrolment
		join := func() { s.enrol(e, then) }
		profile, there := s.Book.Profile()
		switch books := profile.Values["name"]; {
		case err != nil:
			then("", err)
		case there && books != e.Name && !s.Sync.Enrolled():
			sure(books, e.Name, join)
		default:
			join()
		}
	})
}

// admission is what the district answered to a code that was handed in.
type admission struct {
	server, code string
	record.Enrolment
}

func (s *Session) enrol(e record.Enrolment, then func(branch string, err error)) {
	s.run.Do("正在加入区里", func(context.Context, Progress) error { return s.district.Enrol(s.Book.Store, e) }, func(err error) {
		if err == nil {
			s.admitted = admission{}
			s.Sync.Stop()
			s.Sync = NewSyncing(s.Book, s.district, s.run, s.changed)
			s.Sync.Exchange()
		}
		s.changed()
		then(e.Name, err)
	})
}

// Invitation returns the invitation left over from the first run.
func (b *Book) Invitation() (server, code string) {
	return b.Setting(SettingServer), b.Setting(SettingCode)
}

// ReadInvitation reads the link that the QR code of an invitation holds; ok says
// whether text is one.
func ReadInvitation(text string) (server, code string, ok bool) {
	link, err := url.Parse(strings.TrimSpace(text))
	if err != nil || link.Scheme != "zhibu" || link.Host != "join" {
		return "", "", false
	}
	server, code = link.Query().Get("server"), link.Query().Get("code")
	return server, code, server != "" && code != ""
}

// Pack writes the waiting changes into a sealed file in folder.
func (s *Session) Pack(folder string, then func(file string, err error)) {
	b, ok := s.district.(Bundler)
	if !ok {
		then("", noBundles())
		return
	}
	var file string
	s.run.Do("正在导出改动包", func(ctx context.Context, _ Progress) (err error) {
		file, err = b.Pack(ctx, s.Book.Store, folder)
		return err
	}, func(err error) { then(file, err) })
}

// Unpack takes in the district's answer from a file.
func (s *Session) Unpack(file string, then func(Outcome, error)) {
	b, ok := s.district.(Bundler)
	if !ok {
		then(Outcome{}, noBundles())
		return
	}
	var out Outcome
	s.run.Do("正在读入回执包", func(ctx context.Context, _ Progress) (err error) {
		out, err = b.Unpack(ctx, s.Book.Store, file)
		return err
	}, func(err error) {
		s.changed()
		then(out, err)
	})
}

func noBundles() error {
	return record.Refuse("BUNDLE_NONE", "这里不能用 U 盘交换。请在装好的程序里做；改动都在本机。")
}

// Bundles reports whether changes can go by USB stick.
func (s *Session) Bundles() bool {
	_, ok := s.district.(Bundler)
	return ok
}

// ChangePassphrase sets a new passphrase in the background.
func (s *Session) ChangePassphrase(old, fresh, repeat string, then func(error)) {
	s.run.Do("正在换密码", func(context.Context, Progress) error {
		return s.Book.ChangePassphrase(old, fresh, repeat)
	}, then)
}
