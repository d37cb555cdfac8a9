package vault

import (
	"crypto/cipher"
	"encoding/binary"
	"fmt"
)

// A sealed value is
//
//	version 1 byte | algorithm 1 | key id 4 | nonce 12 | ciphertext | tag 16
//
// where the plain text is packed: form 1 byte (as is, or zstd) | length uvarint |
// bytes | zeros up to a multiple of Pad, so that lengths tell little.
const (
	sealVersion = 1
	headSize    = 1 + 1 + 4
	nonceSize   = 12
	// TagSize is the size of the authentication tag that ends a sealed value.
	TagSize = 16
	// Pad is what plain values are padded to a multiple of.
	Pad = 256

	asIs       = 0
	compressed = 1
	// packFrom is the size from which compressing pays while a person waits: smaller
	// values take longer to compress than to write.
	packFrom = 1500
	maxPlain = 512 << 20 // bytes of one value
)

// Seal seals plain for the place (bucket, key) with the key of the purpose.
func (k *Keys) Seal(purpose, bucket string, key, plain []byte) ([]byte, error) {
	return k.seal(purpose, bucket, key, plain, packFrom)
}

// SealTight is Seal for values that will rest: it compresses whatever gets
// smaller by that.
func (k *Keys) SealTight(purpose, bucket string, key, plain []byte) ([]byte, error) {
	return k.seal(purpose, bucket, key, plain, Pad)
}

func (k *Keys) seal(purpose, bucket string, key, plain []byte, packFrom int) ([]byte, error) {
	aead := k.seals[sealKey{k.write, purpose}]
	switch {
	case aead == nil:
		return nil, dropped()
	case len(plain) > maxPlain:
		return nil, tooMuch()
	}
	nonce, err := random(nonceSize)
	if err != nil {
		return nil, err
	}
	packed := k.pack(plain, packFrom)
	out := make([]byte, 0, headSize+nonceSize+len(packed)+TagSize)
	out = append(out, sealVersion, byte(k.write))
	out = binary.BigEndian.AppendUint32(out, k.id)
	out = append(out, nonce...)
	return aead.Seal(out, nonce, packed, k.bind(out[:headSize], bucket, key)), nil
}

// Open opens what Seal made for the same place. Anything changed, moved or
// sealed under another key is refused with code SEAL_BROKEN.
func (k *Keys) Open(purpose, bucket string, key, sealed []byte) ([]byte, error) {
	aead, err := k.opener(purpose, sealed)
	if err != nil {
		return nil, err
	}
	body := sealed[headSize:]
	packed, err := aead.Open(nil, body[:nonceSize], body[nonceSize:], k.bind(sealed[:headSize], bucket, key))
	if err != nil {
		return nil, damaged(fmt.Errorf("value in %s: %w", bucket, err))
	}
	return k.unpack(packed)
}

func (k *Keys) opener(purpose string, sealed []byte) (cipher.AEAD, error) {
	switch {
	case k.seals == nil:
		return nil, dropped()
	case len(sealed) < headSize+nonceSize+TagSize:
		return nil, damaged(fmt.Errorf("sealed value of %d bytes", len(sealed)))
	case sealed[0] != sealVersion:
		return nil, damaged(fmt.Errorf("sealed value of version %d", sealed[0]))
	case binary.BigEndian.Uint32(sealed[2:]) != k.id:
		return nil, damaged(fmt.Errorf("value sealed under another root key"))
	}
	aead := k.seals[sealKey{Algorithm(sealed[1]), purpose}]
	if aead == nil {
		return nil, damaged(fmt.Errorf("value sealed with unknown %v", Algorithm(sealed[1])))
	}
	return aead, nil
}

// bind makes the associated data: the value's own head, then where it lies.
func (k *Keys) bind(head []byte, bucket string, key []byte) []byte {
	out := make([]byte, 0, len(head)+len(k.store)+len(bucket)+len(key)+2)
	out = append(out, head...)
	out = append(out, k.store...)
	out = append(out, 0)
	out = append(out, bucket...)
	out = append(out, 0)
	return append(out, key...)
}

func (k *Keys) pack(plain []byte, packFrom int) []byte {
	form, body := byte(asIs), plain
	if len(plain) >= packFrom {
		if packed := k.packer.EncodeAll(plain, nil); len(packed) < len(plain) {
			form, body = compressed, packed
		}
	}
	size := 1 + binary.MaxVarintLen32 + len(body)
	out := make([]byte, 0, (size+Pad-1)/Pad*Pad+TagSize)
	out = append(out, form)
	out = binary.AppendUvarint(out, uint64(len(body)))
	out = append(out, body...)
	return out[:(len(out)+Pad-1)/Pad*Pad]
}

func (k *Keys) unpack(packed []byte) ([]byte, error) {
	if len(packed) == 0 {
		return nil, damaged(fmt.Errorf("empty value"))
	}
	size, used := binary.Uvarint(packed[1:])
	rest := packed[1+max(used, 0):]
	if used <= 0 || size > uint64(len(rest)) {
		return nil, damaged(fmt.Errorf("value claims %d bytes", size))
	}
	switch packed[0] {
	case asIs:
		return rest[:size], nil
	case compressed:
		plain, err := k.unpacks.DecodeAll(rest[:size], nil)
		if err != nil {
			return nil, damaged(fmt.Errorf("decompress value: %w", err))
		}
		return plain, nil
	}
	return nil, newer(fmt.Errorf("value of form %d", packed[0]))
}
