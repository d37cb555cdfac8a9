package storage

import (
	"bytes"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// What an audit entry says was done. Content leaves the program, or a masked
// value is shown, only after its entry is stored.
const (
	AuditExport = "export" // a list or book as a file
	AuditPrint  = "print"
	AuditReveal = "reveal" // 显示完整 of a masked value
)

// AuditEntry says that content left the program.
type AuditEntry struct {
	N      uint64
	At     int64  // Unix milliseconds
	By     string // setting "by"
	Act    string // AuditExport, AuditPrint or AuditReveal
	Kind   string
	Record string // id, "" for a whole list
	What   string // form code, file name, field, number of rows
}

type auditRow struct {
	AuditEntry
	Prev []byte // hash of the entry before: entries cannot be taken out unnoticed
}

// Audit appends an entry to the audit chain. N, At and By are filled in.
func (s *Store) Audit(e AuditEntry) error {
	return s.change(func(t *stage) error {
		t.st.Audit++
		e.N, e.At, e.By = t.st.Audit, s.opt.Now().UnixMilli(), t.s.shelf.local[settingBy]
		row := auditRow{AuditEntry: e, Prev: t.st.Chain}
		data, err := record.Encode(row)
		if err != nil {
			return fmt.Errorf("encode audit: %w", err)
		}
		t.st.Chain = chain(row.Prev, data)
		t.put(bAudit, number(e.N), data)
		return nil
	})
}

// AuditTrail returns the audit entries, oldest first. A broken chain is damage.
func (s *Store) AuditTrail() ([]AuditEntry, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	var out []AuditEntry
	err := s.view(func(b *bolt.Tx) error {
		st, err := getState(b, s.keys)
		if err != nil {
			return err
		}
		return eachAudit(b, s.keys, st, func(e AuditEntry) error {
			out = append(out, e)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// eachAudit hands out the entries, oldest first, and holds them against the chain.
func eachAudit(b *bolt.Tx, keys *vault.Keys, st state, take func(AuditEntry) error) error {
	var head []byte
	next := uint64(1)
	err := each(b, keys, st, bAudit, func(plain []byte) error {
		var row auditRow
		if err := record.Decode(plain, &row); err != nil {
			return fmt.Errorf("decode audit: %w", err)
		}
		if row.N != next || !bytes.Equal(row.Prev, head) {
			return fmt.Errorf("audit chain broken at %d", row.N)
		}
		next, head = next+1, chain(row.Prev, plain)
		return take(row.AuditEntry)
	})
	if err == nil && !bytes.Equal(head, st.Chain) {
		err = errors.New("audit chain ends early")
	}
	return err
}
