package main

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"

	"zhibu/app/branch/sample"
	"zhibu/app/screen"
	"zhibu/app/ui"
	"zhibu/app/wire"
	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/sync/courier"
	"zhibu/sync/figures"
	"zhibu/sync/server"
)

// samplePassphrase opens the sample branch and nothing else; it is shown.
const samplePassphrase = "示例支部2026"

// try opens the sample branch unlocked, with a district server inside, so that
// everything can be tried on one machine.
func try(c *call, _ []string) error {
	dir, err := c.sampleFolder()
	if err != nil {
		return err
	}
	district, err := startDistrict(filepath.Join(dir, "district"), c)
	if err != nil {
		return err
	}
	v := &wire.Vault{Dir: filepath.Join(dir, "branch"), Options: c.options()}
	err = prepareSample(c, v, district)
	if err == nil {
		err = c.show(v, ui.Config{
			Passphrase: samplePassphrase,
			Notice:     "这是示例支部，人名和号码都是编的。密码：" + samplePassphrase,
			NoticeVerb: "开始用自己的支部",
			NoticeDo:   startOwn,
		})
	}
	return errors.Join(err, district.stop())
}

// startOwn opens a second window of the program on the user's own data folder.
func startOwn() error {
	self, err := os.Executable()
	if err == nil {
		err = exec.Command(self).Start()
	}
	if err != nil {
		return record.Wrap(err, "WINDOW_START", "没有打开新窗口。请从桌面图标打开支部台账。")
	}
	return nil
}

// sampleFolder is where the sample lives: --data, or the user's cache.
func (c *call) sampleFolder() (string, error) {
	if dir := c.text("data"); dir != "" {
		return dir, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", record.Wrap(err, "NO_CACHE_DIR", "找不到用户的缓存文件夹。请用 --data 指定示例放在哪里。")
	}
	return filepath.Join(cache, "zhibu-sample"), nil
}

// prepareSample makes the sample branch the first time and joins it to the
// district. The district may listen elsewhere than last time.
func prepareSample(c *call, v *wire.Vault, d *trial) error {
	if v.Exists() {
		s, err := storage.Open(v.Dir, samplePassphrase, v.Options)
		if err != nil {
			return err
		}
		e, ok := s.Enrolment()
		if ok {
			e.Server = d.url
			err = s.Enrol(e)
		}
		return errors.Join(err, s.Close())
	}
	s, _, err := storage.Create(v.Dir, samplePassphrase, v.Options)
	if err != nil {
		return err
	}
	return errors.Join(fillSample(c, s, d), s.Close())
}

func fillSample(c *call, s *storage.Store, d *trial) error {
	today, err := c.today()
	if err != nil {
		return err
	}
	if err := s.SetSetting(screen.BySetting, "陈立群"); err != nil {
		return err
	}
	if _, err := s.Apply(sample.Edits(today, 0)...); err != nil {
		return err
	}
	code, err := d.invite(c, screen.Open(s, c.now))
	if err != nil {
		return err
	}
	e, err := courier.Join(c.ctx, d.url, code, courier.Options{Now: c.now})
	if err != nil {
		return err
	}
	if err := s.Enrol(e); err != nil {
		return err
	}
	_, err = machine{s, c.now}.exchange(c.ctx)
	return err
}

// trial is the district server inside the program.
type trial struct {
	server *server.Server
	url    string
	stop   func() error
}

func startDistrict(dir string, c *call) (*trial, error) {
	s, err := server.Open(dir, server.Options{Now: c.now, Rules: figures.Gate()})
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(record.Wrap(err, "LISTEN", "示例的区服务器没有开起来。请关掉别的示例窗口再试。"), s.Close())
	}
	stop := s.Start(l)
	return &trial{s, "http://" + l.Addr().String(), func() error { return errors.Join(stop(), s.Close()) }}, nil
}

// invite makes the branch known at the district and returns a code to join it.
func (t *trial) invite(c *call, b *screen.Book) (string, error) {
	profile, _ := b.Profile()
	name := b.Title(profile)
	if _, err := t.server.AddBranch(c.ctx, server.Branch{Name: name}); err != nil && record.CodeOf(err) != "BRANCH_TWICE" {
		return "", err
	}
	in, err := t.server.Invite(c.ctx, name, "secretary")
	return in.Code, err
}
