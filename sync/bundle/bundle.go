// Package bundle is the district on a USB stick: the very messages of the wire in
// sealed files. A file is encrypted to its reader and signed by its writer; it may
// be read twice, late or in any order, because what it holds may.
package bundle

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"

	"zhibu/storage/record"
	"zhibu/sync"
)

// MaxFile bounds a file, before and after it is opened.
const MaxFile = 64 << 20

// The kinds of file: what a laptop hands in (.dsx), what it gets back (.dsr).
const (
	Ask    = "ask"
	Answer = "answer"
)

// envelope is what lies inside the encryption. Alg names how it is signed, so
// that another algorithm (SM2) can stand beside Ed25519.
type envelope struct {
	Alg    string `cbor:"1,keyasint"`
	Kind   string `cbor:"2,keyasint"`
	Device string `cbor:"3,keyasint"` // the laptop it comes from or goes to
	Body   []byte `cbor:"4,keyasint"` // a framed sync.Request or sync.Response
	Sig    []byte `cbor:"5,keyasint"`
}

const algorithm = "ed25519"

func (e envelope) text() []byte {
	return fmt.Appendf(nil, "zhibu stick 1\n%s\n%s\n%s\n%d\n%s", e.Alg, e.Kind, e.Device, len(e.Body), e.Body)
}

// Sealed is an opened file whose writer is still to be proved.
type Sealed struct {
	Kind, Device string
	Body         []byte
	envelope     envelope
}

// From reports whether key signed the file.
func (s Sealed) From(key ed25519.PublicKey) bool {
	return len(key) == ed25519.PublicKeySize && s.envelope.Alg == algorithm && ed25519.Verify(key, s.envelope.text(), s.envelope.Sig)
}

// Seal signs body with from and encrypts it to to.
func Seal(kind, device string, body []byte, from ed25519.PrivateKey, to ed25519.PublicKey) ([]byte, error) {
	e := envelope{Alg: algorithm, Kind: kind, Device: device, Body: body}
	e.Sig = ed25519.Sign(from, e.text())
	raw, err := record.Encode(e)
	if err != nil {
		return nil, fmt.Errorf("stick: %w", err)
	}
	reader, err := recipient(to)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, reader)
	if err != nil {
		return nil, fmt.Errorf("stick: %w", err)
	}
	if _, err := w.Write(raw); err != nil {
		return nil, fmt.Errorf("stick: %w", err)
	}
	if err := w.Close(); err != nil { // writes the last block
		return nil, fmt.Errorf("stick: %w", err)
	}
	return out.Bytes(), nil
}

func recipient(key ed25519.PublicKey) (age.Recipient, error) {
	public, err := ssh.NewPublicKey(key)
	if err != nil {
		return nil, fmt.Errorf("stick: %w", err)
	}
	return agessh.NewEd25519Recipient(public)
}

// Open decrypts a file for own. Who signed it is asked with Sealed.From.
func Open(file []byte, own ed25519.PrivateKey) (Sealed, error) {
	if len(file) > MaxFile {
		return Sealed{}, unreadable(fmt.Errorf("%d bytes", len(file)))
	}
	identity, err := agessh.NewEd25519Identity(own)
	if err != nil {
		return Sealed{}, fmt.Errorf("stick: %w", err)
	}
	r, err := age.Decrypt(bytes.NewReader(file), identity)
	if err != nil {
		return Sealed{}, unreadable(err)
	}
	raw, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil || len(raw) > MaxFile {
		return Sealed{}, unreadable(errors.Join(err, fmt.Errorf("%d bytes", len(raw))))
	}
	var e envelope
	if err := record.Decode(raw, &e); err != nil {
		return Sealed{}, unreadable(err)
	}
	return Sealed{Kind: e.Kind, Device: e.Device, Body: e.Body, envelope: e}, nil
}

func unreadable(cause error) error {
	return record.Wrap(cause, "STICK_UNREADABLE", "这个文件打不开：可能不是给这台电脑的，或者已经损坏。没有采用任何内容。")
}

// File is one file to put on the stick.
type File struct {
	Name string
	Data []byte
}

// Export seals everything pending, one batch a file. Nothing changes on the
// laptop: what was handed in counts once the answer comes, by stick or by net.
func Export(j sync.Journal, e record.Enrolment) ([]File, error) {
	codec, err := sync.NewCodec(MaxFile)
	if err != nil {
		return nil, err
	}
	var out []File
	after := uint64(0)
	for {
		req, err := sync.AskSealed(j, after)
		if err != nil {
			return nil, err
		}
		if len(req.Ops) == 0 && len(out) > 0 {
			return out, nil
		}
		first := max(after, req.Acked) + 1
		after = first + uint64(len(req.Ops)) - 1
		frame, err := codec.Encode(req)
		if err != nil {
			return nil, err
		}
		data, err := Seal(Ask, e.Device, frame, ed25519.NewKeyFromSeed(e.Key), e.ServerKey)
		if err != nil {
			return nil, err
		}
		epoch := req.Epoch
		if epoch == "" {
			epoch = "0"
		}
		out = append(out, File{Name: fmt.Sprintf("%s-%s-%d-%d.dsx", e.Device, epoch, first, after), Data: data})
		if len(req.Ops) == 0 {
			return out, nil
		}
	}
}

// Import takes one answer from the stick.
func Import(j sync.Journal, e record.Enrolment, file []byte) (sync.Outcome, error) {
	s, err := Open(file, ed25519.NewKeyFromSeed(e.Key))
	if err != nil {
		return sync.Outcome{}, err
	}
	if s.Kind != Answer || s.Device != e.Device || !s.From(e.ServerKey) {
		return sync.Outcome{}, record.Refuse("STICK_FORGED", "这份答复不是区里给这台电脑的，没有采用任何内容。")
	}
	codec, err := sync.NewCodec(sync.MaxMessage)
	if err != nil {
		return sync.Outcome{}, err
	}
	var resp sync.Response
	if err := codec.Decode(s.Body, &resp); err != nil {
		return sync.Outcome{}, err
	}
	return sync.AcceptSealed(j, resp)
}

// Station is the district's end of the sticks, as server.Options takes it.
type Station struct{}

// Open opens a file handed in by a laptop and returns what it asks, and a check
// of who signed it.
func (Station) Open(file []byte, own ed25519.PrivateKey) (device string, frame []byte, from func(ed25519.PublicKey) bool, err error) {
	s, err := Open(file, own)
	if err != nil {
		return "", nil, nil, err
	}
	if s.Kind != Ask {
		return "", nil, nil, unreadable(fmt.Errorf("a file of kind %q", s.Kind))
	}
	return s.Device, s.Body, s.From, nil
}

// Seal seals the answer to a laptop.
func (Station) Seal(device string, frame []byte, own ed25519.PrivateKey, to ed25519.PublicKey) ([]byte, error) {
	return Seal(Answer, device, frame, own, to)
}
