package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage/photo"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

const (
	defaultQuota = 512 << 20
	// MaxFile is the largest attachment, in bytes.
	MaxFile = 20 << 20
	part    = 256 << 10 // bytes of an attachment sealed together
	// orphanDays is how long an attachment that nothing names any more is kept.
	orphanDays = TrashDays
)

// Attachment describes a stored file. Fields of type record.File hold SHA.
type Attachment struct {
	SHA   string `cbor:"1,keyasint"` // SHA-256 of the bytes kept, 64 hexadecimal digits
	Name  string `cbor:"2,keyasint"` // as it was called
	MIME  string `cbor:"3,keyasint"`
	Size  int64  `cbor:"4,keyasint"`
	Added int64  `cbor:"5,keyasint"`           // Unix milliseconds
	Alone int64  `cbor:"6,keyasint,omitempty"` // since when nothing names it
}

// AddFile stores a file once, whatever its name, and returns its description.
// Pictures are re-encoded first (package photo). It refuses FILE_EMPTY,
// FILE_LARGE, FILE_QUOTA, DISK_FULL and what photo.Keep refuses.
func (s *Store) AddFile(name string, data []byte) (Attachment, error) {
	kind := sniff(data)
	if isPicture(kind) {
		kept, err := photo.Keep(data)
		if err != nil {
			return Attachment{}, err
		}
		data, kind = kept, "image/jpeg"
	}
	return s.keepFile(name, kind, data)
}

// TakeFile stores a file that came from the district as it is; its hash must be
// sha. Code FILE_OTHER when it is another file.
func (s *Store) TakeFile(sha string, data []byte) (Attachment, error) {
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != sha {
		return Attachment{}, record.Refuse("FILE_OTHER", "区里传来的附件与记录里的不一样，没有存。下次同步会再取。")
	}
	return s.keepFile("", sniff(data), data)
}

func (s *Store) keepFile(name, kind string, data []byte) (Attachment, error) {
	sum := sha256.Sum256(data)
	a := Attachment{SHA: hex.EncodeToString(sum[:]), Name: name, MIME: kind, Size: int64(len(data)), Added: s.opt.Now().UnixMilli()}
	if err := s.fits(a); err != nil {
		return Attachment{}, err
	}
	return a, s.change(func(t *stage) error { return t.addFile(a, data) })
}

func (s *Store) fits(a Attachment) error {
	switch {
	case a.Size == 0:
		return record.Refuse("FILE_EMPTY", "这个文件是空的，没有添加。请换一个文件。")
	case a.Size > MaxFile:
		return record.Refuse("FILE_LARGE", "文件超过 20 MB，没有添加。请压缩或分成几个文件再添加。")
	}
	all, err := s.Files()
	if err != nil {
		return err
	}
	used := int64(0)
	for _, f := range all {
		used += f.Size
	}
	if used+a.Size > s.opt.Quota {
		return record.Refuse("FILE_QUOTA", fmt.Sprintf("附件总量到了上限 %d MB，没有添加。请先删去不用的附件。", s.opt.Quota>>20))
	}
	return roomIn(s.dir, reserve+2*a.Size)
}

func (t *stage) addFile(a Attachment, data []byte) error {
	at := t.s.keys.ID(bFile, a.SHA)
	for i := 0; i*part < len(data); i++ {
		t.put(bBlob, partKey(at, i), data[i*part:min((i+1)*part, len(data))])
	}
	return t.encodePut(bFile, at, a)
}

func partKey(file []byte, i int) []byte {
	return binary.BigEndian.AppendUint32(slices.Clip(file), uint32(i))
}

// File returns a stored file whole. Code FILE_GONE when it is not here (its
// bytes may not have come from the other laptop yet).
func (s *Store) File(sha string) (Attachment, []byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var a Attachment
	if err := s.usable(); err != nil {
		return a, nil, err
	}
	var data []byte
	err := s.view(func(b *bolt.Tx) error {
		var err error
		a, data, err = readFile(b, s.keys, sha)
		return err
	})
	return a, data, err
}

func readFile(b *bolt.Tx, keys *vault.Keys, sha string) (Attachment, []byte, error) {
	var a Attachment
	at := keys.ID(bFile, sha)
	sealed := b.Bucket([]byte(bFile)).Get(at)
	if sealed == nil {
		return a, nil, record.Refuse("FILE_GONE", "这个附件不在本机。请同步一次，或者请添加它的那台电脑再同步。")
	}
	plain, err := keys.Open(vault.ForRecords, bFile, at, sealed)
	if err != nil {
		return a, nil, err
	}
	if err := record.Decode(plain, &a); err != nil {
		return a, nil, fmt.Errorf("decode attachment: %w", err)
	}
	var data []byte
	for i := 0; int64(i)*part < a.Size; i++ {
		piece, err := keys.Open(vault.ForBlobs, bBlob, partKey(at, i), b.Bucket([]byte(bBlob)).Get(partKey(at, i)))
		if err != nil {
			return a, nil, err
		}
		data = append(data, piece...)
	}
	sum := sha256.Sum256(data)
	if hex.EncodeToString(sum[:]) != a.SHA || a.SHA != sha {
		return a, nil, errors.New("attachment differs from its name")
	}
	return a, data, nil
}

// Files lists the stored attachments, oldest first.
func (s *Store) Files() ([]Attachment, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.usable(); err != nil {
		return nil, err
	}
	var out []Attachment
	err := s.view(func(b *bolt.Tx) error {
		st, err := getState(b, s.keys)
		if err != nil {
			return err
		}
		out, err = listFiles(b, s.keys, st)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func listFiles(b *bolt.Tx, keys *vault.Keys, st state) ([]Attachment, error) {
	var out []Attachment
	err := each(b, keys, st, bFile, func(plain []byte) error {
		var a Attachment
		if err := record.Decode(plain, &a); err != nil {
			return fmt.Errorf("decode attachment: %w", err)
		}
		out = append(out, a)
		return nil
	})
	slices.SortFunc(out, func(a, b Attachment) int {
		return bytes.Compare(fmt.Appendf(nil, "%020d%s", a.Added, a.SHA), fmt.Appendf(nil, "%020d%s", b.Added, b.SHA))
	})
	return out, err
}

// DropOrphans removes attachments that no record, draft or pending op has named
// for 30 days, and returns how many. Deleted records count as naming.
func (s *Store) DropOrphans() (int, error) {
	all, err := s.Files()
	if err != nil {
		return 0, err
	}
	dropped := 0
	err = s.change(func(t *stage) error {
		named := t.s.shelf.named()
		for _, a := range all {
			gone, err := t.orphan(a, named[a.SHA])
			if err != nil {
				return err
			}
			if gone {
				dropped++
			}
		}
		return nil
	})
	return dropped, err
}

// orphan notes whether a is named; it reports whether a was removed.
func (t *stage) orphan(a Attachment, named bool) (bool, error) {
	at, now := t.s.keys.ID(bFile, a.SHA), t.s.opt.Now()
	switch {
	case named && a.Alone == 0, !named && a.Alone != 0 && now.Before(time.UnixMilli(a.Alone).AddDate(0, 0, orphanDays)):
		return false, nil
	case named:
		a.Alone = 0
	case a.Alone == 0:
		a.Alone = now.UnixMilli()
	default:
		t.drop(bFile, at)
		for i := 0; int64(i)*part < a.Size; i++ {
			t.drop(bBlob, partKey(at, i))
		}
		return true, nil
	}
	return false, t.encodePut(bFile, at, a)
}

// named collects every value that may name an attachment.
func (h *shelf) named() map[string]bool {
	out := map[string]bool{}
	note := func(values map[string]string) {
		for _, v := range values {
			if len(v) == 2*sha256.Size {
				out[v] = true
			}
		}
	}
	for _, cells := range h.cells {
		for _, c := range cells {
			note(c.view.Values)
			if c.base != nil {
				note(c.base.values)
			}
		}
	}
	for _, d := range h.drafts {
		note(d.Typed)
	}
	for _, f := range h.refused {
		note(f.Change.Set)
	}
	return out
}

// walkFiles reads every attachment whole.
func (rep *Report) walkFiles(b *bolt.Tx, keys *vault.Keys, st state) error {
	all, err := listFiles(b, keys, st)
	if err != nil {
		return err
	}
	if _, err := values(b, st, bBlob, 0); err != nil {
		return err
	}
	for _, a := range all {
		if _, _, err := readFile(b, keys, a.SHA); err != nil {
			return err
		}
		rep.Files++
		if err := rep.read(); err != nil {
			return err
		}
	}
	return nil
}
