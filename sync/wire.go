package sync

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"

	"zhibu/storage/record"
)

// Proto is the version of the protocol this program speaks.
const Proto = 1

// Limits of one exchange. A request holds at most BatchOps ops of BatchBytes
// encoded bytes; no message unpacks to more than MaxMessage.
const (
	BatchOps   = 1000
	BatchBytes = 1 << 20
	MaxMessage = 64 << 20
	fewBytes   = 160 // below this size packing costs more than it saves
)

// Request is what a laptop sends: its position and the ops not yet answered. The
// branch is never in it; the district knows the branch from the device.
type Request struct {
	Proto   [2]int            `cbor:"1,keyasint"` // lowest and highest version understood
	App     string            `cbor:"2,keyasint,omitempty"`
	Epoch   string            `cbor:"3,keyasint,omitempty"`
	Lease   string            `cbor:"4,keyasint,omitempty"`
	Cursors map[string]uint64 `cbor:"5,keyasint,omitempty"`
	Ops     []cbor.RawMessage `cbor:"6,keyasint,omitempty"` // record.Change, rising N
	N       uint64            `cbor:"7,keyasint,omitempty"` // number of the newest op, pending ones included
	Head    []byte            `cbor:"8,keyasint,omitempty"` // its hash
	// Whole says that the laptop can take a snapshot, whatever its size.
	Whole bool `cbor:"9,keyasint,omitempty"`
	// Sealed marks the request of a stick: its answer may come much later or
	// never, so it neither checks nor changes the lease, and is not paged.
	Sealed bool `cbor:"10,keyasint,omitempty"`
	// Acked is the newest op whose answer the laptop has: own ops above it come
	// back as rows unless they are in Ops.
	Acked uint64 `cbor:"11,keyasint,omitempty"`
	// Settled are those of Ops above Acked that were answered too, rising: sticks
	// are answered in any order, and a district that lost them asks for all again.
	Settled []uint64 `cbor:"15,keyasint,omitempty"`
	// Guards is the hash of the guards the laptop merges by. A district with
	// others takes what is pushed and sends no rows: they would be merged
	// differently there.
	Guards []byte `cbor:"13,keyasint,omitempty"`
	// Role is what the laptop takes its role for.
	Role string `cbor:"14,keyasint,omitempty"`
	// Want names attachments, by hash, that a stick shall bring back.
	Want []string `cbor:"12,keyasint,omitempty"`
	// Repair is, on a stick to a district that was put back, everything the laptop
	// holds: the station plays the comparison of exchange.rebuild with it.
	Repair *Repair `cbor:"16,keyasint,omitempty"`
}

// Response is the district's answer to a Request.
type Response struct {
	Proto    int                `cbor:"1,keyasint"`
	Epoch    string             `cbor:"2,keyasint"`
	Now      int64              `cbor:"3,keyasint"` // the district's clock, Unix milliseconds
	Lease    string             `cbor:"4,keyasint,omitempty"`
	Results  []record.Result    `cbor:"5,keyasint,omitempty"`
	AckedTo  uint64             `cbor:"6,keyasint,omitempty"` // ops whose answers the laptop has after this one, without a gap
	Channels map[string]Channel `cbor:"7,keyasint,omitempty"`
	Next     Next               `cbor:"8,keyasint,omitempty"`
	// Head is, in a sealed answer, the hash of the last op it answers: numbers
	// mean nothing to another identity of the laptop, or after its data folder
	// was put back.
	Head []byte `cbor:"9,keyasint,omitempty"`
	// Whole is, in a sealed answer, the snapshot that Next names: nothing more can
	// be asked for.
	Whole []byte `cbor:"10,keyasint,omitempty"`
	// Machines names the branch's laptops, by device id, where rows of them come.
	Machines map[string]string `cbor:"11,keyasint,omitempty"`
	// Certificate is the laptop's new one, where its role is another than it thinks.
	Certificate []byte `cbor:"12,keyasint,omitempty"`
	// Repair names, in a sealed answer, the history and the place of the holdings
	// that were taken over: who holds more by now must not take the snapshot.
	Repair *Repair `cbor:"13,keyasint,omitempty"`
	// Lost is when the district last found an attachment of the branch lost, in Unix
	// milliseconds: who has not heard of it offers all of its own anew.
	Lost int64 `cbor:"14,keyasint,omitempty"`
}

// Channel is what one log brings.
type Channel struct {
	Rows []Row  `cbor:"1,keyasint,omitempty"`
	Seq  uint64 `cbor:"2,keyasint"` // the cursor after these rows
	More bool   `cbor:"3,keyasint,omitempty"`
	// From is the cursor the rows follow. A laptop that is not yet there (its
	// data folder was restored) must not take them: rows would be missing.
	From uint64 `cbor:"4,keyasint,omitempty"`
}

// Row is one accepted op, as the district placed it.
type Row struct {
	Seq   uint64          `cbor:"1,keyasint"`
	Stamp record.Stamp    `cbor:"2,keyasint"`
	Body  cbor.RawMessage `cbor:"3,keyasint"` // record.Change, byte for byte as it was sent
	Clash bool            `cbor:"4,keyasint,omitempty"`
}

// Next tells the laptop what to do besides storing the answer.
type Next struct {
	Upgrade  bool   `cbor:"1,keyasint,omitempty"` // pulling needs a newer program; pushing went on
	Snapshot string `cbor:"2,keyasint,omitempty"` // name of a snapshot to take first
	Reset    bool   `cbor:"3,keyasint,omitempty"` // the district's history changed: repair, then take a snapshot
	Fork     bool   `cbor:"4,keyasint,omitempty"` // another laptop uses this identity: renew
	Missing  uint64 `cbor:"6,keyasint,omitempty"` // the district was restored and knows own ops before this one only
}

// Stamped decodes the row.
func (r Row) Stamped() (record.Stamped, error) {
	var c record.Change
	if err := record.Decode(r.Body, &c); err != nil {
		return record.Stamped{}, fmt.Errorf("row %d: %w", r.Seq, err)
	}
	return record.Stamped{Seq: r.Seq, Stamp: r.Stamp, Change: c}, nil
}

// Codec frames messages: two magic bytes, one that says whether the rest is
// packed, then deterministic CBOR. It is safe for concurrent use.
type Codec struct {
	pack   *zstd.Encoder
	unpack *zstd.Decoder
	most   uint64
}

const (
	magic  = "ZB"
	plain  = 0
	packed = 1
	header = len(magic) + 1
)

// NewCodec returns a codec whose messages never unpack to more than most bytes.
func NewCodec(most uint64) (*Codec, error) {
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false), zstd.WithSingleSegment(true))
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(most), zstd.WithDecoderConcurrency(2))
	if err != nil {
		return nil, fmt.Errorf("zstd: %w", err)
	}
	return &Codec{pack: pack, unpack: unpack, most: most}, nil
}

// Encode frames v.
func (c *Codec) Encode(v any) ([]byte, error) {
	body, err := record.Encode(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	if len(body) < fewBytes {
		return append([]byte{magic[0], magic[1], plain}, body...), nil
	}
	return c.pack.EncodeAll(body, []byte{magic[0], magic[1], packed}), nil
}

// Decode reads what Encode framed into v. Anything else is refused with code
// NOT_A_MESSAGE; memory stays bounded whatever the bytes claim.
func (c *Codec) Decode(frame []byte, v any) error {
	if len(frame) < header || string(frame[:len(magic)]) != magic {
		return notMessage(fmt.Errorf("%d bytes without the magic", len(frame)))
	}
	body := frame[header:]
	switch frame[header-1] {
	case plain:
	case packed:
		var err error
		if body, err = c.unpack.DecodeAll(body, nil); err != nil {
			return notMessage(err)
		}
	default:
		return notMessage(fmt.Errorf("packing %d", frame[header-1]))
	}
	if uint64(len(body)) > c.most {
		return notMessage(fmt.Errorf("%d bytes", len(body)))
	}
	if err := record.Decode(body, v); err != nil {
		return notMessage(err)
	}
	return nil
}

func notMessage(cause error) error {
	return record.Wrap(cause, "NOT_A_MESSAGE", "收到的内容看不懂，没有采用。请再同步一次，仍不行告诉区里；本机内容没有变。")
}
