package screen

import (
	"context"
	"strings"

	"zhibu/storage/record"
)

// dailyBackup makes the day's copy in the background.
func (s *Session) dailyBackup() {
	safe, ok := s.vault.(Safe)
	if !ok {
		return
	}
	s.run.Do("备份", func(context.Context, Progress) error { return safe.BackupIfDue() }, func(err error) {
		if err != nil && s.Stage == Unlocked {
			s.trouble = record.SayOf(err)
		}
		s.changed()
	})
}

// Trouble is what a background act could not do, "" for nothing. Reading it
// clears it.
func (s *Session) Trouble() string {
	say := s.trouble
	s.trouble = ""
	return say
}

// BackupText tells when the newest copy was made.
func (s *Session) BackupText() string {
	safe, ok := s.vault.(Safe)
	if !ok {
		return "不在这里备份"
	}
	at := safe.LastBackup()
	if at.IsZero() {
		return "还没有"
	}
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

// Join enrols this laptop with an invitation and starts the first exchange.
func (s *Session) Join(server, code string, then func(branch string, err error)) {
	if s.district == nil {
		then("", record.Refuse("DISTRICT_NONE", "这里连不上区服务器。请在装好的程序里加入；数据没有变化。"))
		return
	}
	var branch string
	s.run.Do("正在加入区里", func(ctx context.Context, _ Progress) (err error) {
		branch, err = s.district.Join(ctx, s.Book.Store, strings.TrimSpace(server), strings.TrimSpace(code))
		return err
	}, func(err error) {
		if err == nil {
			s.Sync.Stop()
			s.Sync = NewSyncing(s.Book, s.district, s.run, s.changed)
			s.Sync.Exchange()
		}
		s.changed()
		then(branch, err)
	})
}

// Invitation returns the invitation left over from the first run.
func (b *Book) Invitation() (server, code string) {
	return b.Setting(SettingServer), b.Setting(SettingCode)
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
