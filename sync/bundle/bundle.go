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
)

// MaxFile bounds a file, before and after it is opened.
const MaxFile = 64 << 20

// envelope is what lies inside the encryption. Alg names how it is signed, so
// that another algorithm (SM2) can stand beside Ed25519.
type envelope struct {
	Alg    string `cbor:"1,keyasint"`
	Kind   string `cbor:"2,keyasint"`
	Device string `cbor:"3,keyasint"` // the laptop it comes from or goes to
	Body   []byte `cbor:"4,keyasint"` // a framed sync.Request or sync.Response, or sync.Files
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

// Station is the district's end of the sticks, as server.Options takes it.
type Station struct{}

// Open opens a file handed in by a laptop and returns what it is, who says so,
// and a check of who signed it.
func (Station) Open(file []byte, own ed25519.PrivateKey) (kind, device string, body []byte, from func(ed25519.PublicKey) bool, err error) {
	s, err := Open(file, own)
	if err != nil {
		return "", "", nil, nil, err
	}
	return s.Kind, s.Device, s.Body, s.From, nil
}

// Seal seals an answer to a laptop.
func (Station) Seal(kind, device string, body []byte, own ed25519.PrivateKey, to ed25519.PublicKey) ([]byte, error) {
	return Seal(kind, device, body, own, to)
}
