package screen

import (
	"context"
	"strings"

	"zhibu/storage/record"
)

// create makes the book; the recovery code is shown on the same step.
func (w *Wizard) create() {
	var store Store
	var code string
	w.work("正在建立加密台账", func(context.Context) (err error) {
		store, code, err = w.session.vault.Create(w.Pass)
		return err
	}, func() {
		w.store, w.Recovery = store, SplitCode(code)
	})
}

// restore opens the backup.
func (w *Wizard) restore() {
	var store Store
	w.work("正在从备份恢复", func(context.Context) (err error) {
		store, _, err = w.session.vault.Restore(w.File, w.Secret)
		return err
	}, func() {
		w.store, w.Step = store, StepDone
	})
}

// finish writes down the branch and who works here, and joins the district.
func (w *Wizard) finish() {
	var joinErr error
	w.work("正在登记支部", func(ctx context.Context) error {
		if err := w.settle(); err != nil {
			return err
		}
		if w.Way == JoinDistrict {
			w.Joined, joinErr = w.join(ctx)
			if joinErr != nil {
				return w.remember()
			}
		}
		return nil
	}, func() {
		w.Step = StepDone
		if joinErr != nil {
			w.JoinLater = true
			w.Problem = joinErr
		}
	})
}

func (w *Wizard) join(ctx context.Context) (string, error) {
	if w.session.district == nil {
		return "", record.Refuse("DISTRICT_NONE", "这里连不上区服务器。先单机使用，之后在“同步与备份”里再加入。")
	}
	e, err := w.session.district.Admit(ctx, strings.TrimSpace(w.Server), strings.TrimSpace(w.Code))
	if err != nil {
		return "", err
	}
	return e.Name, w.session.district.Enrol(w.store, e)
}

// Settings that keep an invitation for a later try.
const (
	SettingServer = "join_server"
	SettingCode   = "join_code"
)

func (w *Wizard) remember() error {
	if err := w.store.SetSetting(SettingServer, strings.TrimSpace(w.Server)); err != nil {
		return err
	}
	return w.store.SetSetting(SettingCode, strings.TrimSpace(w.Code))
}

func (w *Wizard) settle() error {
	if err := w.store.SetSetting(BySetting, strings.TrimSpace(w.By)); err != nil {
		return err
	}
	if err := w.store.SetSetting(SettingAutoLock, number(w.AutoLock)); err != nil {
		return err
	}
	if w.Way == JoinDistrict {
		return nil // the branch's record comes from the district
	}
	_, err := Open(w.store, w.session.now).Found(strings.TrimSpace(w.Branch))
	return err
}

// work runs slow work and shows its refusal on the step.
func (w *Wizard) work(title string, slow func(context.Context) error, then func()) {
	w.Busy = true
	w.session.changed()
	w.session.run.Do(title, func(ctx context.Context, _ Progress) error { return slow(ctx) }, func(err error) {
		w.Busy = false
		if err != nil {
			w.Problem = err
		} else {
			then()
		}
		w.session.changed()
	})
}
