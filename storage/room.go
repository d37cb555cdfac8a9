package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// reserve is the free space below which nothing is written: a save must be able to
// end, and the system itself needs some. A store that is there can be opened, and
// read, with much less.
const (
	reserve  = 8 << 20
	toReadIn = 256 << 10
)

// room refuses when the disk is nearly full, before anything is written.
func (s *Store) room() error { return roomIn(s.dir, reserve) }

func roomIn(dir string, need int64) error {
	free, err := freeSpace(dir)
	if err != nil {
		return place(err)
	}
	if free < need {
		return diskFull(fmt.Errorf("%d bytes free in data folder", free))
	}
	return nil
}

// local refuses a folder on a network drive, also one that is not made yet.
func local(dir string) error {
	for _, err := os.Stat(dir); err != nil && filepath.Dir(dir) != dir; _, err = os.Stat(dir) {
		dir = filepath.Dir(dir)
	}
	if kind := remote(dir); kind != "" {
		return networkDrive(kind)
	}
	return nil
}

// surroundings refuses a folder that a store cannot live in, or with less free
// space than need. Nothing stays written.
func surroundings(dir string, need int64) error {
	if err := local(dir); err != nil {
		return err
	}
	if err := roomIn(dir, need); err != nil {
		return err
	}
	probe, err := os.CreateTemp(dir, ".zhibu-*")
	if err != nil {
		return place(err)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return place(err)
	}
	return writableFile(filepath.Join(dir, dbName))
}

// writableFile refuses a file that is there but may not be written.
func writableFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return place(err)
	}
	return f.Close()
}
