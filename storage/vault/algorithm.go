package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"

	"github.com/emmansun/gmsm/sm4"
)

// Algorithm is the first choice every sealed value names, so that another cipher
// can be added without a new format.
type Algorithm byte

// The algorithms. SM4 is the algorithm of GB/T 32907, not a certified module.
const (
	AES Algorithm = 1 // AES-256-GCM
	SM4 Algorithm = 2 // SM4-GCM (128-bit key)
)

// Algorithms lists what this version can open.
func Algorithms() []Algorithm { return []Algorithm{AES, SM4} }

// String returns the algorithm's name.
func (a Algorithm) String() string {
	switch a {
	case AES:
		return "aes-256-gcm"
	case SM4:
		return "sm4-gcm"
	}
	return fmt.Sprintf("algorithm %d", byte(a))
}

func (a Algorithm) keySize() int {
	if a == SM4 {
		return 16
	}
	return 32
}

func (a Algorithm) aead(key []byte) (cipher.AEAD, error) {
	var block cipher.Block
	var err error
	switch a {
	case AES:
		block, err = aes.NewCipher(key)
	case SM4:
		block, err = sm4.NewCipher(key)
	default:
		return nil, newer(fmt.Errorf("unknown %v", a))
	}
	if err != nil {
		return nil, fmt.Errorf("start %v: %w", a, err)
	}
	return cipher.NewGCM(block)
}
