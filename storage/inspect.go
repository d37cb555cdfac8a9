package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// A bbolt file begins with two meta pages of which the newer valid one counts.
// Reading them by hand tells a truncated or foreign file before it is mapped
// into memory, where reading it could kill the program.
const (
	pageHead  = 16
	metaSize  = 64
	boltMagic = 0xED0CDAED
)

type meta struct {
	page uint64 // page size
	high uint64 // pages in use
	tx   uint64
}

// inspect refuses a database file that is empty, foreign or shorter than its
// meta page says. whole tells whether both meta pages are sound.
func inspect(path string) (whole bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("open database: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return false, fmt.Errorf("look at database: %w", err)
	}
	if info.Size() == 0 {
		return false, gone(errors.New("empty database file"))
	}
	first, firstErr := readMeta(f, 0)
	page := first.page
	if firstErr != nil {
		page = uint64(os.Getpagesize())
	}
	second, secondErr := readMeta(f, int64(page))
	if firstErr != nil && secondErr != nil {
		return false, damaged(errors.Join(firstErr, secondErr))
	}
	newest := first
	if secondErr == nil && (firstErr != nil || second.tx > first.tx) {
		newest = second
	}
	if need := newest.high * newest.page; uint64(info.Size()) < need {
		return false, damaged(fmt.Errorf("database of %d bytes should have %d", info.Size(), need))
	}
	return firstErr == nil && secondErr == nil, nil
}

func readMeta(r io.ReaderAt, at int64) (meta, error) {
	data := make([]byte, metaSize)
	if _, err := r.ReadAt(data, at+pageHead); err != nil {
		return meta{}, fmt.Errorf("read meta page: %w", err)
	}
	hash := fnv.New64a()
	hash.Write(data[:metaSize-8])
	order := binary.NativeEndian
	m := meta{page: uint64(order.Uint32(data[8:])), high: order.Uint64(data[40:]), tx: order.Uint64(data[48:])}
	if order.Uint32(data) != boltMagic || order.Uint64(data[56:]) != hash.Sum64() ||
		m.page < 512 || m.page > 1<<16 || m.high > 1<<40/m.page {
		return meta{}, errors.New("meta page is not sound")
	}
	return m, nil
}
