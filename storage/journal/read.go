package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"slices"

	"zhibu/storage/record"
	"zhibu/storage/vault"
)

const (
	magic    = "ZBJL"
	version  = 1
	storeLen = 32
	headSize = 8 + storeLen + 4 + 4
)

// Findings says what Open met besides whole frames.
type Findings struct {
	Fresh   bool // there was no journal: an empty one was made
	Foreign bool // sealed under another root key: nothing could be read
	Torn    bool // the last frame is incomplete: its transaction was never acknowledged
	Damaged int  // frames that fail their checksum or seal
}

// Create makes an empty journal at path, replacing what is there.
func Create(path string, keys *vault.Keys) (*Journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC|through, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create journal: %w", err)
	}
	j := &Journal{path: path, file: file, keys: keys, end: headSize}
	if err := j.grow(headSize); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if _, err = file.WriteAt(head(keys), 0); err == nil {
		err = file.Sync()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("create journal: %w", err), file.Close())
	}
	if err := SyncFolder(path); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return j, nil
}

// Open opens the journal at path, or makes one, and returns its frames in
// order, voided ones taken out. A file that is damaged or of another root key is
// kept beside as path.damaged before the journal goes on.
func Open(path string, keys *vault.Keys) (*Journal, []Frame, Findings, error) {
	file, err := os.OpenFile(path, os.O_RDWR|through, 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		j, err := Create(path, keys)
		return j, nil, Findings{Fresh: true}, err
	}
	if err != nil {
		return nil, nil, Findings{}, fmt.Errorf("open journal: %w", err)
	}
	j := &Journal{path: path, file: file, keys: keys, end: headSize}
	frames, found, err := j.read()
	if err != nil {
		return nil, nil, found, errors.Join(err, file.Close())
	}
	if found.Damaged > 0 || found.Foreign || found.Torn {
		if err := j.setAside(frames); err != nil {
			return nil, nil, found, errors.Join(err, file.Close())
		}
	}
	return j, frames, found, nil
}

// Read returns the frames of the journal at path without changing it; no file
// is no frames.
func Read(path string, keys *vault.Keys) ([]Frame, Findings, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Findings{Fresh: true}, nil
	}
	if err != nil {
		return nil, Findings{}, fmt.Errorf("read journal: %w", err)
	}
	frames, _, found := parse(data, keys)
	return frames, found, nil
}

func (j *Journal) setAside(frames []Frame) error {
	data, err := os.ReadFile(j.path)
	if err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	if err := os.WriteFile(j.path+".damaged", data, 0o600); err != nil {
		return fmt.Errorf("keep damaged journal: %w", err)
	}
	return j.replace(j.keys, frames)
}

func (j *Journal) read() ([]Frame, Findings, error) {
	data, err := os.ReadFile(j.path)
	if err != nil {
		return nil, Findings{}, fmt.Errorf("read journal: %w", err)
	}
	frames, end, found := parse(data, j.keys)
	j.end, j.size = end, int64(len(data))
	return frames, found, nil
}

func head(keys *vault.Keys) []byte {
	out := make([]byte, headSize)
	copy(out, magic)
	out[4] = version
	copy(out[8:8+storeLen], keys.Store())
	binary.BigEndian.PutUint32(out[8+storeLen:], keys.KeyID())
	binary.BigEndian.PutUint32(out[headSize-4:], crc(out[:headSize-4]))
	return out
}

// parse reads a whole journal file. end is where the next frame belongs.
func parse(data []byte, keys *vault.Keys) (frames []Frame, end int64, found Findings) {
	if len(data) < headSize || !bytes.Equal(data[:headSize], head(keys)) {
		found.Foreign = len(data) >= headSize && string(data[:4]) == magic && crc(data[:headSize-4]) == binary.BigEndian.Uint32(data[headSize-4:])
		if !found.Foreign && len(bytes.Trim(data, "\x00")) > 0 {
			found.Damaged++
		}
		return nil, headSize, found
	}
	at := headSize
	for {
		raw, status := next(data, at)
		switch status {
		case ended:
			return frames, int64(at), found
		case torn:
			found.Torn = true
			return frames, int64(at), found
		case bad:
			found.Damaged++
		case whole:
			f, err := decode(raw, keys)
			if err != nil {
				found.Damaged++
				break
			}
			frames = fold(frames, f)
		}
		at += len(raw)
	}
}

// fold adds f, or takes out the frames that it declares void.
func fold(frames []Frame, f Frame) []Frame {
	if !f.Void {
		return append(frames, f)
	}
	for len(frames) > 0 && frames[len(frames)-1].First >= f.First && frames[len(frames)-1].Device == f.Device {
		frames = frames[:len(frames)-1]
	}
	return frames
}

type status int

const (
	ended status = iota
	torn
	bad
	whole
)

// next returns the frame at a position. A frame that fails its checksum is torn
// when nothing sound follows it, else bad.
func next(data []byte, at int) ([]byte, status) {
	if at+4 > len(data) {
		return nil, ended
	}
	size := int(binary.BigEndian.Uint32(data[at:]))
	if size == 0 {
		return nil, ended
	}
	if size > maxFrame || at+frameHead+size > len(data) {
		return nil, torn
	}
	raw := data[at : at+frameHead+size]
	if sound(raw) {
		return raw, whole
	}
	after := at + len(raw)
	if after+frameHead > len(data) {
		return nil, torn
	}
	if follow := int(binary.BigEndian.Uint32(data[after:])); follow == 0 || follow > maxFrame ||
		after+frameHead+follow > len(data) || !sound(data[after:after+frameHead+follow]) {
		return nil, torn
	}
	return raw, bad
}

func sound(raw []byte) bool {
	return binary.BigEndian.Uint32(raw[4:]) == crc(raw[8:])
}

func (j *Journal) encode(f Frame) ([]byte, error) {
	f.Groups = slices.Collect(slices.Chunk(f.Ops, group))
	body, err := record.Encode(f)
	if err != nil {
		return nil, fmt.Errorf("encode frame: %w", err)
	}
	number := binary.BigEndian.AppendUint64(nil, f.First)
	sealed, err := j.keys.Seal(vault.ForJournal, bucket, number, body)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 8, frameHead+len(sealed))
	out = append(out, number...)
	out = append(out, sealed...)
	binary.BigEndian.PutUint32(out, uint32(len(sealed)))
	binary.BigEndian.PutUint32(out[4:], crc(out[8:]))
	return out, nil
}

func decode(raw []byte, keys *vault.Keys) (Frame, error) {
	var f Frame
	body, err := keys.Open(vault.ForJournal, bucket, raw[8:frameHead], raw[frameHead:])
	if err != nil {
		return f, err
	}
	if err := record.Decode(body, &f); err != nil {
		return f, fmt.Errorf("decode frame: %w", err)
	}
	f.Ops, f.Groups = slices.Concat(f.Groups...), nil
	if f.First != binary.BigEndian.Uint64(raw[8:]) {
		return f, fmt.Errorf("frame of another number")
	}
	return f, nil
}

func crc(data []byte) uint32 { return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) }
