package storage

import (
	bolt "go.etcd.io/bbolt"

	"zhibu/storage/vault"
)

const defaultQuota = 512 << 20

func (rep *Report) walkFiles(b *bolt.Tx, keys *vault.Keys, st state) error {
	return nil
}
