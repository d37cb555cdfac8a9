package vault

import (
	"errors"

	"zhibu/storage/record"
)

func damaged(err error) error {
	return record.Wrap(err, "SEAL_BROKEN", "台账里有一处内容损坏了，读不出来。请从最近的备份恢复；没有改动任何内容。")
}

func newer(err error) error {
	return record.Wrap(err, "NEWER_FORMAT", "这份台账是新版程序写的，这个版本打不开。请先升级程序；台账没有动。")
}

func dropped() error {
	return record.Wrap(errors.New("keys dropped"), "LOCKED", "台账已锁定。请输入密码解锁后再做；已存的内容都在。")
}

func tooMuch() error {
	return record.Refuse("TOO_MUCH", "一次存的内容太多，没有存上。请分几次做；之前存的内容都在。")
}

func wrongPassphrase(err error) error {
	return record.Wrap(err, "PASSPHRASE_WRONG", "密码不对。请再输一次，或者用恢复码重设密码；台账没有动。")
}

func wrongCode(err error) error {
	return record.Wrap(err, "CODE_WRONG", "这个恢复码不是这份台账的。请核对是不是另一份台账的恢复码，或者换过恢复码；台账没有动。")
}
