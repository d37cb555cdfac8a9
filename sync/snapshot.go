package sync

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	stdsync "sync"

	"zhibu/storage/record"
)

// Snapshot is everything a branch holds at one place of its log.
type Snapshot struct {
	Branch, Epoch string
	Seq           uint64
	Holdings      []record.Holding
}

// part is what a snapshot file consists of: a length, then a framed part. Parts
// keep memory bounded on both sides.
type part struct {
	Branch   string   `cbor:"1,keyasint"`
	Epoch    string   `cbor:"2,keyasint"`
	Seq      uint64   `cbor:"3,keyasint"`
	Holdings []Packed `cbor:"4,keyasint,omitempty"`
}

// Bounds of a snapshot: far above the largest branch, far below what a laptop
// cannot bear.
const (
	maxPart     = 32 << 20
	maxHoldings = 1_000_000
	maxSnapshot = 512 << 20 // bytes of paths and values
	perPart     = 2000
	// pageBytes is about what the values of a page of holdings take: minutes of
	// meetings are long, and a message unpacks to no more than its bound.
	pageBytes = 4 << 20
)

// partCodec frames the parts of every snapshot: making a codec costs more than
// packing a small branch with it.
var partCodec = stdsync.OnceValues(func() (*Codec, error) { return NewCodec(maxPart) })

// pageOf returns how many of the holdings go into one part: at least one.
func pageOf(hs []record.Holding) int {
	size := 0
	for n, h := range hs {
		if n == perPart || n > 0 && size > pageBytes {
			return n
		}
		size += sizeOf(h)
	}
	return len(hs)
}

func sizeOf(h record.Holding) (size int) {
	for path, r := range h.Registers {
		size += len(path) + len(r.Value)
	}
	return size
}

// WriteSnapshot writes s and returns its name, which holds its hash.
func WriteSnapshot(w io.Writer, s Snapshot) (name string, err error) {
	codec, err := partCodec()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	out := io.MultiWriter(w, sum)
	for first := true; first || len(s.Holdings) > 0; first = false {
		n := pageOf(s.Holdings)
		p := part{Branch: s.Branch, Epoch: s.Epoch, Seq: s.Seq}
		for _, h := range s.Holdings[:n] {
			p.Holdings = append(p.Holdings, PackHolding(h))
		}
		s.Holdings = s.Holdings[n:]
		frame, err := codec.Encode(p)
		if err != nil {
			return "", err
		}
		if err := binary.Write(out, binary.BigEndian, uint32(len(frame))); err != nil {
			return "", fmt.Errorf("snapshot: %w", err)
		}
		if _, err := out.Write(frame); err != nil {
			return "", fmt.Errorf("snapshot: %w", err)
		}
	}
	return fmt.Sprintf("%d-%s", s.Seq, hex.EncodeToString(sum.Sum(nil)[:16])), nil
}

// ReadSnapshot reads what WriteSnapshot wrote and refuses it unless it is the
// one that name tells, whole.
func ReadSnapshot(r io.Reader, name string) (Snapshot, error) {
	codec, err := partCodec()
	if err != nil {
		return Snapshot{}, err
	}
	sum := sha256.New()
	in := io.TeeReader(r, sum)
	var s Snapshot
	for size := 0; ; {
		p, more, err := readPart(in, codec)
		if err != nil {
			return Snapshot{}, err
		}
		if !more {
			break
		}
		if s.Branch != "" && len(p.Holdings) == 0 {
			return Snapshot{}, notMessage(errors.New("a part without records"))
		}
		s.Branch, s.Epoch, s.Seq = p.Branch, p.Epoch, p.Seq
		for _, packed := range p.Holdings {
			h, err := packed.Holding()
			if err != nil {
				return Snapshot{}, notMessage(err)
			}
			s.Holdings = append(s.Holdings, h)
			size += sizeOf(h)
		}
		if len(s.Holdings) > maxHoldings || size > maxSnapshot {
			return Snapshot{}, notMessage(fmt.Errorf("%d records, %d bytes", len(s.Holdings), size))
		}
	}
	if !strings.HasSuffix(name, "-"+hex.EncodeToString(sum.Sum(nil)[:16])) || s.Branch == "" {
		return Snapshot{}, record.Wrap(errors.New("hash differs"), "SNAPSHOT_DAMAGED", "下载的整本数据不完整，没有采用；本机内容没有变。下次同步会重新下载。")
	}
	if s.Holdings == nil {
		s.Holdings = []record.Holding{}
	}
	return s, nil
}

// readPart reads the next part, if there are more. A connection that breaks says so
// itself.
func readPart(r io.Reader, codec *Codec) (p part, more bool, err error) {
	var size uint32
	switch err := binary.Read(r, binary.BigEndian, &size); {
	case record.CodeOf(err) != "":
		return p, false, err
	case errors.Is(err, io.EOF):
		return p, false, nil
	case err != nil:
		return p, false, notMessage(err)
	}
	if size > maxPart {
		return p, false, notMessage(fmt.Errorf("part of %d bytes", size))
	}
	frame, err := io.ReadAll(io.LimitReader(r, int64(size)))
	if err != nil {
		return p, false, fmt.Errorf("snapshot: %w", err)
	}
	if len(frame) != int(size) {
		return p, false, notMessage(io.ErrUnexpectedEOF)
	}
	return p, true, codec.Decode(frame, &p)
}
