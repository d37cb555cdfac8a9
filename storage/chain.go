package storage

import "crypto/sha256"

// chain is record.Change.Hash over bytes that are encoded already.
func chain(prev, raw []byte) []byte {
	sum := sha256.New()
	sum.Write(prev)
	sum.Write(raw)
	return sum.Sum(nil)
}
