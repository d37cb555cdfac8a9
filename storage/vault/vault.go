// Package vault turns a passphrase into keys and values into sealed values. It
// knows no files.
//
//	passphrase    → Argon2id → key-encryption key ┐
//	recovery code → HKDF     → key-encryption key ┴ each wraps one random root key
//	root key      → HKDF(purpose) → record, index, blob, audit, journal, header
package vault

import (
	"bytes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Purposes of the keys derived from the root key.
const (
	ForRecords = "record"
	ForIndex   = "index"
	ForBlobs   = "blob"
	ForAudit   = "audit"
	ForJournal = "journal"
	forHeader  = "header"
)

const (
	rootSize = 32
	// IDSize is the size in bytes of what ID returns.
	IDSize = 16
)

// Keys seals and opens the values of one store. Its methods may be called from
// several goroutines at once.
type Keys struct {
	store   string // store id, part of every value's associated data
	id      uint32 // which root key this is
	root    []byte
	write   Algorithm
	seals   map[sealKey]cipher.AEAD
	index   []byte
	packer  *zstd.Encoder
	unpacks *zstd.Decoder
}

type sealKey struct {
	alg     Algorithm
	purpose string
}

func newKeys(store string, id uint32, root []byte, write Algorithm) (*Keys, error) {
	k := &Keys{store: store, id: id, root: root, write: write, seals: map[sealKey]cipher.AEAD{}}
	for _, purpose := range []string{ForRecords, ForBlobs, ForAudit, ForJournal} {
		for _, alg := range Algorithms() {
			aead, err := k.aead(alg, purpose)
			if err != nil {
				return nil, err
			}
			k.seals[sealKey{alg, purpose}] = aead
		}
	}
	var err error
	if k.index, err = k.derive(ForIndex, 32); err != nil {
		return nil, err
	}
	if k.packer, err = packer(); err != nil {
		return nil, fmt.Errorf("make compressor: %w", err)
	}
	if k.unpacks, err = unpacker(); err != nil {
		return nil, fmt.Errorf("make decompressor: %w", err)
	}
	return k, nil
}

// packWindow is how far back the compressor looks: it keeps twice as much for good, 16
// MB for each of its two workers at the library's 8 MB, and records are far shorter.
const packWindow = 512 << 10

// All keys share the two: they keep nothing between values, but megabytes of
// tables.
var (
	packer = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithWindowSize(packWindow))
	})
	unpacker = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxPlain))
	})
)

func (k *Keys) derive(purpose string, size int) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, k.root, []byte(k.store), "zhibu/"+purpose, size)
	if err != nil {
		return nil, fmt.Errorf("derive %s key: %w", purpose, err)
	}
	return key, nil
}

func (k *Keys) aead(alg Algorithm, purpose string) (cipher.AEAD, error) {
	key, err := k.derive(purpose+"/"+alg.String(), alg.keySize())
	if err != nil {
		return nil, err
	}
	return alg.aead(key)
}

// Store returns the id of the store the keys belong to.
func (k *Keys) Store() string { return k.store }

// KeyID tells root keys of one store apart; a rekeyed store has another.
func (k *Keys) KeyID() uint32 { return k.id }

// Root returns a copy of the root key, for handing to a verifying child process
// through a pipe. It must never be stored.
func (k *Keys) Root() []byte { return append([]byte(nil), k.root...) }

// Clone returns the same keys apart from k: k may be dropped meanwhile.
func (k *Keys) Clone() (*Keys, error) {
	if k.seals == nil {
		return nil, dropped()
	}
	out := *k
	out.root, out.index = k.Root(), bytes.Clone(k.index)
	return &out, nil
}

// ID names something by what it is without telling it: the first 16 bytes of
// HMAC-SHA-256 under the index key over bucket and parts.
func (k *Keys) ID(bucket string, parts ...string) []byte {
	mac := hmac.New(sha256.New, k.index)
	mac.Write([]byte(bucket))
	for _, part := range parts {
		mac.Write([]byte{0})
		mac.Write([]byte(part))
	}
	return mac.Sum(nil)[:IDSize]
}

// Drop forgets the keys. Copies that the runtime made on its own are beyond
// reach; the root key itself is overwritten.
func (k *Keys) Drop() {
	clear(k.root)
	clear(k.index)
	k.seals = nil
}

func random(size int) ([]byte, error) {
	out := make([]byte, size)
	if _, err := rand.Read(out); err != nil {
		return nil, fmt.Errorf("read random bytes: %w", err)
	}
	return out, nil
}
