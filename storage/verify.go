package storage

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/vault"
)

// verifyHere opens a file read-only and reads all of it. structure also walks
// every page, which a damaged file may answer with a crash that no caller can
// catch: only in a process that may die.
func verifyHere(path string, keys *vault.Keys, structure bool) (err error) {
	db, err := openBolt(path, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.quit(err)) }()
	if _, _, err := readHead(db); err != nil {
		return err
	}
	if _, _, err := load(db, keys); err != nil {
		return damaged(err)
	}
	var rep Report
	err = protect(func() error {
		return db.View(func(b *bolt.Tx) error {
			if structure {
				for err := range b.Check() {
					rep.problem("结构", err)
				}
			}
			st, err := getState(b, keys)
			if err != nil {
				return err
			}
			return rep.walk(b, keys, st)
		})
	})
	if err != nil {
		return damaged(err)
	}
	if len(rep.Problems) > 0 {
		return damaged(errors.New(rep.Problems[0]))
	}
	return nil
}

// walk reads history, segments, audit chain and attachments, everything that
// load leaves out.
func (rep *Report) walk(b *bolt.Tx, keys *vault.Keys, st state) error {
	if err := rep.walkLog(b, keys, st); err != nil {
		rep.problem("历史", err)
	}
	if err := each(b, keys, st, bSeg, func(plain []byte) error {
		rows, err := decodeSegment(plain)
		rep.History += len(rows)
		return errors.Join(err, rep.read())
	}); err != nil {
		rep.problem("历史", err)
	}
	if uint64(rep.History) != st.Log {
		rep.problem("历史", fmt.Errorf("%d entries of %d", rep.History, st.Log))
	}
	if err := eachAudit(b, keys, st, func(AuditEntry) error {
		rep.Audit++
		return rep.read()
	}); err != nil {
		rep.problem("操作记录", err)
	}
	if err := rep.walkFiles(b, keys, st); err != nil {
		rep.problem("附件", err)
	}
	return nil
}

// walkLog reads the history rows that lie beside their records.
func (rep *Report) walkLog(b *bolt.Tx, keys *vault.Keys, st state) error {
	list, err := values(b, st, bRec, logKeySize)
	if err != nil {
		return err
	}
	for _, v := range list {
		plain, err := keys.Open(vault.ForRecords, bRec, v.key, v.value)
		if err != nil {
			return err
		}
		if _, _, err := decodeLog(plain); err != nil {
			return err
		}
		rep.History++
		if err := rep.read(); err != nil {
			return err
		}
	}
	return nil
}

// headBytes returns the header of a file in bytes, checked against keys.
func headBytes(path string, keys *vault.Keys) ([]byte, vault.Header, error) {
	h, _, err := headOf(path)
	if err != nil {
		return nil, h, err
	}
	if h.Store != keys.Store() || h.KeyID != keys.KeyID() {
		return nil, h, damaged(fmt.Errorf("file of another store or root key"))
	}
	data, err := h.Encode()
	return data, h, err
}
