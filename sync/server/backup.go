package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
)

// CheckBackup opens a copy of a store read-only and checks every page of it.
func CheckBackup(path string) (err error) {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if info.Size() == 0 {
		return errors.New("backup is empty")
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.View(func(tx *bolt.Tx) error {
		for problem := range tx.Check() {
			err = errors.Join(err, problem)
		}
		if err == nil && tx.Bucket([]byte(branchRoot)) == nil {
			err = errors.New("not a district's file")
		}
		return err
	})
}

// Restore puts a backup into an empty folder. It begins a new line of history,
// so that laptops which are further on bring back what the backup lacks.
func Restore(dir, backup string) error {
	if isPostgres(dir) {
		return record.Refuse("RESTORE_POSTGRES", "PostgreSQL 的数据不在这里恢复。请先停下服务端，用 pg_restore（库要新建，或加 --clean）或时间点恢复，再启动，服务端会自己发现。这里没有改动。")
	}
	target := filepath.Join(dir, ledgerFile)
	if _, err := os.Stat(target); err == nil {
		return record.Refuse("STORE_NOT_EMPTY", "这个目录里已有数据，没有恢复。请先停服务并把旧目录改名。")
	}
	if err := CheckBackup(backup); err != nil {
		return record.Wrap(err, "BACKUP_DAMAGED", "这个文件不是完好的备份，没有恢复。请换一份备份。")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return record.Wrap(err, "STORE_UNUSABLE", "目录 "+dir+" 不能写，没有恢复。请换一个目录，或改它的权限。")
	}
	if err := copyFile(target+".part", backup); err != nil {
		return record.Wrap(err, "STORE_UNUSABLE", "备份没有抄完，没有恢复。请检查剩余空间。")
	}
	if err := os.Rename(target+".part", target); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	l, err := openBolt(dir, false, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	err = l.db.Update(func(tx *bolt.Tx) error { return l.newLine(tx.Bucket([]byte(registryRoot))) })
	return errors.Join(err, l.close())
}

func copyFile(to, from string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// Copy writes a consistent copy of the whole store to w while work goes on.
func (s *Server) Copy(ctx context.Context, w io.Writer) error { return s.ledger.backup(ctx, w) }
