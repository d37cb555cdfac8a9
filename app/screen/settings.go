package screen

import (
	"slices"
	"strconv"
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Rekeyer is a store whose passphrase can be changed.
type Rekeyer interface {
	ChangePassphrase(old, new string) error
}

// LockChoices are the minutes offered before the program locks itself; 0 never.
func LockChoices() []int { return []int{5, 10, 20, 30, 60, 0} }

// LockLabel is how a choice of LockChoices reads.
func LockLabel(minutes int) string {
	if minutes == 0 {
		return "不自动锁定"
	}
	return number(minutes) + " 分钟不操作"
}

// SetAutoLock sets the minutes without a touch before locking.
func (b *Book) SetAutoLock(minutes int) error {
	if !slices.Contains(LockChoices(), minutes) {
		return record.Refuse("LOCK_MINUTES", "没有这个时间。请从列表里选；原来的设置没有变。")
	}
	return b.SetSetting(SettingAutoLock, strconv.Itoa(minutes))
}

// By returns the name of the person at this laptop.
func (b *Book) By() string { return b.Setting(BySetting) }

// SetBy sets the name that is written beside every change from now on.
func (b *Book) SetBy(name string) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return record.Refuse("BY_EMPTY", "“使用人”不能空着，改动记录里要写上是谁改的。请填姓名；原来的没有变。")
	}
	return b.SetSetting(BySetting, name)
}

// BranchName returns the name of the branch, "" when it has none yet.
func (b *Book) BranchName() string {
	return branch.Profile(b).Values["name"]
}

// ChangePassphrase sets a new passphrase after checking the old one.
func (b *Book) ChangePassphrase(old, fresh, repeat string) error {
	if err := JudgeNew(fresh, repeat); err != nil {
		return err
	}
	keys, ok := b.Store.(Rekeyer)
	if !ok {
		return record.Refuse("PASSPHRASE_FIXED", "这本台账不能在这里换密码。请用恢复码解锁并设新密码；原来的密码没有变。")
	}
	return keys.ChangePassphrase(old, fresh)
}

// JudgeNew refuses a new passphrase that will not do or was not typed twice alike.
func JudgeNew(fresh, repeat string) error {
	if ok, say := JudgePassphrase(fresh); !ok {
		return record.Refuse("PASSPHRASE_WEAK", "新密码"+say+"。请换一个；原来的密码没有变。")
	}
	if fresh != repeat {
		return record.Refuse("PASSPHRASE_REPEAT", "两次输入的新密码不一样。请重新输入；原来的密码没有变。")
	}
	return nil
}
