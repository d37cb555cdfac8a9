package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"

	"zhibu/storage/record"
)

// wrap seals the root key under a key-encryption key. The parameters that led to
// that key are its associated data, so a changed header cannot be unwrapped.
func (h Header) wrap(kek []byte, way string, root []byte) ([]byte, error) {
	aead, err := AES.aead(kek)
	if err != nil {
		return nil, err
	}
	nonce, err := random(nonceSize)
	if err != nil {
		return nil, err
	}
	bound, err := h.parameters(way)
	if err != nil {
		return nil, err
	}
	return aead.Seal(nonce, nonce, root, bound), nil
}

func (h Header) unwrap(kek []byte, way string, wrapped []byte) ([]byte, error) {
	aead, err := AES.aead(kek)
	if err != nil {
		return nil, err
	}
	if len(wrapped) != nonceSize+rootSize+TagSize {
		return nil, fmt.Errorf("wrapped key of %d bytes", len(wrapped))
	}
	bound, err := h.parameters(way)
	if err != nil {
		return nil, err
	}
	return aead.Open(nil, wrapped[:nonceSize], wrapped[nonceSize:], bound)
}

func (h Header) parameters(way string) ([]byte, error) {
	part := Header{Store: h.Store, KeyID: h.KeyID, Write: h.Write}
	if way == "passphrase" {
		part.Cost, part.Salt = h.Cost, h.Salt
	} else {
		part.CodeSalt = h.CodeSalt
	}
	body, err := record.Encode(part)
	if err != nil {
		return nil, fmt.Errorf("encode header: %w", err)
	}
	return append([]byte(way+"\x00"), body...), nil
}

// finish sets Check and Sum.
func (k *Keys) finish(h Header) (Header, error) {
	var err error
	if h.Check, err = k.check(h); err != nil {
		return h, err
	}
	h.Sum, err = h.sum()
	return h, err
}

func (k *Keys) check(h Header) ([]byte, error) {
	h.Check, h.Sum = nil, nil
	body, err := record.Encode(h)
	if err != nil {
		return nil, fmt.Errorf("encode header: %w", err)
	}
	key, err := k.derive(forHeader, 32)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	return mac.Sum(nil), nil
}

func (h Header) sum() ([]byte, error) {
	h.Sum = nil
	body, err := record.Encode(h)
	if err != nil {
		return nil, fmt.Errorf("encode header: %w", err)
	}
	sum := sha256.Sum256(body)
	return sum[:], nil
}
