package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"zhibu/storage/record"
)

// Cost is what one try of a passphrase costs: Argon2id with Time passes over
// Memory KiB in Threads lanes. The zero Cost means the production cost.
type Cost struct {
	Time    uint32 `cbor:"1,keyasint"`
	Memory  uint32 `cbor:"2,keyasint"` // KiB
	Threads uint8  `cbor:"3,keyasint"`
}

// Production is the cost of a real store: about a third of a second.
func Production() Cost { return Cost{Time: 3, Memory: 64 << 10, Threads: 1} }

// Header parameters above these are refused: a tampered header must not be able
// to exhaust the machine.
const (
	maxMemory  = 256 << 10 // KiB
	maxTime    = 10
	maxThreads = 8
	// MinPassphrase is the least number of characters of a passphrase.
	MinPassphrase = 6
)

// Header is the part of a store that is not sealed: how the root key is wrapped.
// Its parameters are bound into both wrappings, and Check binds the whole.
type Header struct {
	Store    string    `cbor:"1,keyasint"` // store id, random
	KeyID    uint32    `cbor:"2,keyasint"` // which root key
	Write    Algorithm `cbor:"3,keyasint"` // sealing of new values
	Cost     Cost      `cbor:"4,keyasint"`
	Salt     []byte    `cbor:"5,keyasint"`  // of the passphrase
	CodeSalt []byte    `cbor:"6,keyasint"`  // of the recovery code
	Wrapped  []byte    `cbor:"7,keyasint"`  // root key under the passphrase
	ByCode   []byte    `cbor:"8,keyasint"`  // root key under the recovery code
	Check    []byte    `cbor:"9,keyasint"`  // HMAC of everything above under the root key
	Sum      []byte    `cbor:"10,keyasint"` // SHA-256 of everything above: tells damage from a wrong passphrase
}

// New makes the keys of a new store and returns its header and recovery code.
func New(store, passphrase string, cost Cost, write Algorithm) (*Keys, Header, string, error) {
	root, err := random(rootSize)
	if err != nil {
		return nil, Header{}, "", err
	}
	id, err := random(4)
	if err != nil {
		return nil, Header{}, "", err
	}
	keyID := uint32(id[0])<<24 | uint32(id[1])<<16 | uint32(id[2])<<8 | uint32(id[3])
	if write == 0 {
		write = AES
	}
	keys, err := newKeys(store, keyID, root, write)
	if err != nil {
		return nil, Header{}, "", err
	}
	h := Header{Store: store, KeyID: keyID, Write: write}
	if h, err = keys.wrapPassphrase(h, passphrase, cost); err != nil {
		return nil, h, "", err
	}
	h, code, err := keys.NewCode(h)
	return keys, h, code, err
}

// Encode returns the header's bytes.
func (h Header) Encode() ([]byte, error) { return record.Encode(h) }

// DecodeHeader reads a header and refuses one that is damaged or unreasonable.
func DecodeHeader(data []byte) (Header, error) {
	var h Header
	if err := record.Decode(data, &h); err != nil {
		return h, damaged(fmt.Errorf("header: %w", err))
	}
	sum, err := h.sum()
	if err != nil {
		return h, err
	}
	switch {
	case !bytes.Equal(sum, h.Sum):
		return h, damaged(fmt.Errorf("header checksum differs"))
	case h.Cost.Memory > maxMemory || h.Cost.Time > maxTime || h.Cost.Threads > maxThreads,
		h.Cost.Time == 0 || h.Cost.Threads == 0:
		return h, damaged(fmt.Errorf("header cost out of bounds"))
	}
	return h, nil
}

// Unlock opens the root key with the passphrase.
func (h Header) Unlock(passphrase string) (*Keys, error) {
	root, err := h.unwrap(h.passphraseKey(passphrase), "passphrase", h.Wrapped)
	if err != nil {
		return nil, wrongPassphrase(err)
	}
	return h.keys(root)
}

// UnlockCode opens the root key with the recovery code.
func (h Header) UnlockCode(typed string) (*Keys, error) {
	code, err := ParseCode(typed)
	if err != nil {
		return nil, err
	}
	kek, err := h.codeKey(code)
	if err != nil {
		return nil, err
	}
	root, err := h.unwrap(kek, "code", h.ByCode)
	if err != nil {
		return nil, wrongCode(err)
	}
	return h.keys(root)
}

// Open makes the keys from a root key that is known already, if it is the one
// of this header.
func (h Header) Open(root []byte) (*Keys, error) {
	return h.keys(append([]byte(nil), root...))
}

func (h Header) keys(root []byte) (*Keys, error) {
	keys, err := newKeys(h.Store, h.KeyID, root, h.Write)
	if err != nil {
		return nil, err
	}
	check, err := keys.check(h)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(check, h.Check) {
		return nil, damaged(fmt.Errorf("header was changed"))
	}
	return keys, nil
}

// ChangePassphrase wraps the same root key under a new passphrase.
func (k *Keys) ChangePassphrase(h Header, passphrase string, cost Cost) (Header, error) {
	h, err := k.wrapPassphrase(h, passphrase, cost)
	if err != nil {
		return h, err
	}
	return k.finish(h)
}

// NewCode wraps the same root key under a new recovery code; the old code is
// void from then on.
func (k *Keys) NewCode(h Header) (Header, string, error) {
	code, err := NewCode()
	if err != nil {
		return h, "", err
	}
	if h.CodeSalt, err = random(16); err != nil {
		return h, "", err
	}
	kek, err := h.codeKey(code)
	if err != nil {
		return h, "", err
	}
	if h.ByCode, err = h.wrap(kek, "code", k.root); err != nil {
		return h, "", err
	}
	h, err = k.finish(h)
	return h, code, err
}

func (k *Keys) wrapPassphrase(h Header, passphrase string, cost Cost) (Header, error) {
	if utf8.RuneCountInString(strings.TrimSpace(passphrase)) < MinPassphrase {
		return h, record.Refuse("PASSPHRASE_SHORT", fmt.Sprintf("密码至少要 %d 个字。请换一个长一点的，比如一句只有自己知道的话。", MinPassphrase))
	}
	if cost == (Cost{}) {
		cost = Production()
	}
	var err error
	h.Cost = cost
	if h.Salt, err = random(16); err != nil {
		return h, err
	}
	h.Wrapped, err = h.wrap(h.passphraseKey(passphrase), "passphrase", k.root)
	return h, err
}

// passphraseKey treats what different input methods make of one passphrase
// (full-width digits, composed letters, a blank at the end) as the same.
func (h Header) passphraseKey(passphrase string) []byte {
	text := norm.NFKC.String(strings.TrimSpace(passphrase))
	return argon2.IDKey([]byte(text), h.Salt, h.Cost.Time, h.Cost.Memory, h.Cost.Threads, 32)
}

func (h Header) codeKey(code string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, []byte(code), h.CodeSalt, "zhibu/recovery", 32)
	if err != nil {
		return nil, fmt.Errorf("derive recovery key: %w", err)
	}
	return key, nil
}
