package storage

import (
	"errors"
	"fmt"
	"time"

	"zhibu/storage/record"
)

// The refusals of this package. Each says what happened, what to do and what
// was kept.

func notFound(dir string) error {
	return record.Refuse("NO_STORE", "“"+dir+"”里还没有支部台账。请新建一份，或者选对文件夹。")
}

func exists(dir string) error {
	return record.Refuse("STORE_EXISTS", "“"+dir+"”里已经有一份支部台账，没有另建。请直接打开它，或者换一个文件夹。")
}

func alreadyOpen(err error) error {
	return record.Wrap(err, "ALREADY_OPEN", "支部台账已经开着。请切换到已打开的窗口，或者先关掉它。")
}

func gone(err error) error {
	return record.Wrap(err, "STORE_GONE", "台账文件不见了或者变成了空文件。请从备份恢复；恢复记录和备份都还在原处，没有改动。")
}

func damaged(err error) error {
	return record.Wrap(err, "DAMAGED", "台账文件损坏了，打不开。请从最近的备份恢复，备份之后存的内容会一并补回；没有改动任何文件。")
}

func rolledBack(err error) error {
	return record.Wrap(err, "ROLLED_BACK", "台账文件是一份旧的，比上次打开时少了内容。请从最近的备份恢复；没有改动任何文件。")
}

func otherStore(err error) error {
	return record.Wrap(err, "OTHER_STORE", "这个文件夹里的台账文件是另一份台账的，没有打开。请把它放回原来的文件夹，或者从备份恢复；没有改动任何文件。")
}

func newerFormat(format int) error {
	return record.Wrap(fmt.Errorf("format %d", format), "NEWER_FORMAT", "这份台账是新版程序写的，这个版本打不开。请先升级程序；台账没有动。")
}

func readOnly(err error) error {
	return record.Wrap(err, "READ_ONLY", "这个文件夹只能读、不能写，台账打不开。请换一个文件夹，或者让管理员给出写入权限；没有改动任何文件。")
}

func diskFull(err error) error {
	return record.Wrap(err, "DISK_FULL", "磁盘满了，这一步没有做成。请腾出至少 50 MB 空间再试；之前存的内容都在。")
}

func networkDrive(kind string) error {
	return record.Wrap(errors.New(kind), "NETWORK_DRIVE", "台账不能放在网络盘上，断网时会损坏。请放在本机的磁盘上；没有改动任何文件。")
}

func locked() error {
	return record.Refuse("LOCKED", "台账已锁定。请输入密码解锁后再做；已存的内容都在。")
}

func handedOver(at time.Time) error {
	return record.Refuse("HANDED_OVER", "这份台账已在 "+at.Format("2006年1月2日")+" 移交，现在只能查看。要继续在本机记录，请先撤回移交。")
}

func mustRestart(err error) error {
	return record.Wrap(err, "RESTART", "读写台账时磁盘出了问题，已停止写入。请关掉程序再打开；之前存上的内容都在。")
}

func notSaved(err error) error {
	if isFull(err) {
		return diskFull(err)
	}
	return record.Wrap(err, "NOT_SAVED", "磁盘写入出错，这一步没有存上。请检查磁盘空间和磁盘状况后再试；之前存的内容都在。")
}

func unknownRecord() error {
	return record.Refuse("RECORD_UNKNOWN", "没有找到这一条记录，它可能已经合并到别的记录里。请回到列表再找；已存的内容都在。")
}

// place turns an error of the file system into a sentence about the folder.
func place(err error) error {
	switch {
	case err == nil:
		return nil
	case record.CodeOf(err) != "":
		return err
	case isFull(err):
		return diskFull(err)
	case isShut(err):
		return readOnly(err)
	}
	return record.Wrap(err, "DISK_FAULT", "磁盘读写出错，这一步没有做成。请检查磁盘后再试；之前存的内容都在。")
}

func tooSoon(wait time.Duration, tries int) error {
	return record.Refuse("PASSPHRASE_WAIT", fmt.Sprintf("密码连续输错 %d 次。请等 %s 再试；台账没有动，内容都在。", tries, waitText(wait)))
}

func waitText(d time.Duration) string {
	if d <= time.Minute {
		return fmt.Sprintf("%d 秒", int((d+time.Second-1)/time.Second))
	}
	return fmt.Sprintf("%d 分钟", int((d+time.Minute-1)/time.Minute))
}
