package server

import (
	"bytes"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// boltRegistry is a registryTx in bbolt.
type boltRegistry struct{ tx *bolt.Tx }

// table returns a table; nil where nothing was written yet and nothing may be.
func (r boltRegistry) table(name string) (*bolt.Bucket, error) {
	if !r.tx.Writable() {
		return r.tx.Bucket([]byte(registryRoot)).Bucket([]byte("t:" + name)), nil
	}
	b, err := r.tx.Bucket([]byte(registryRoot)).CreateBucketIfNotExists([]byte("t:" + name))
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", name, err)
	}
	return b, nil
}

func (r boltRegistry) get(table, key string) ([]byte, error) {
	if table == tableBranch {
		return bytes.Clone(r.branchHead([]byte(key))), nil
	}
	b, err := r.table(table)
	if err != nil || b == nil {
		return nil, err
	}
	return bytes.Clone(b.Get([]byte(key))), nil
}

func (r boltRegistry) put(table, key string, value []byte) error {
	if table == tableBranch {
		return r.putBranch(key, value)
	}
	b, err := r.table(table)
	if err != nil {
		return err
	}
	return b.Put([]byte(key), value)
}

func (r boltRegistry) add(table, key string, value []byte) error { return r.put(table, key, value) }

// putBranch makes a branch's bucket with its head in it.
func (r boltRegistry) putBranch(id string, head []byte) error {
	b, err := r.tx.Bucket([]byte(branchRoot)).CreateBucketIfNotExists([]byte(id))
	if err != nil {
		return fmt.Errorf("branch %s: %w", id, err)
	}
	h, err := b.CreateBucketIfNotExists([]byte(keyHead))
	if err != nil {
		return fmt.Errorf("branch %s: %w", id, err)
	}
	return h.Put([]byte(keyHead), head)
}

func (r boltRegistry) branchHead(id []byte) []byte {
	b := r.tx.Bucket([]byte(branchRoot)).Bucket(id)
	if b == nil {
		return nil
	}
	return b.Bucket([]byte(keyHead)).Get([]byte(keyHead))
}

func (r boltRegistry) drop(table, key string) error {
	b, err := r.table(table)
	if err != nil {
		return err
	}
	return b.Delete([]byte(key))
}

func (r boltRegistry) each(table, prefix, after string, visit func(string, []byte) (bool, error)) error {
	b := r.tx.Bucket([]byte(branchRoot))
	if table != tableBranch {
		var err error
		if b, err = r.table(table); err != nil || b == nil {
			return err
		}
	}
	c := b.Cursor()
	for k, v := c.Seek([]byte(max(prefix, after))); k != nil && strings.HasPrefix(string(k), prefix); k, v = c.Next() {
		if string(k) == after {
			continue
		}
		if table == tableBranch {
			v = r.branchHead(k)
		}
		if more, err := visit(string(k), v); err != nil || !more {
			return err
		}
	}
	return nil
}
