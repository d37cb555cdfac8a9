package sync

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"zhibu/storage/record"
)

// SealTable is the table of seals inside a record.
const SealTable = record.SealTable

// SealPath returns where the seal of the value at path stands.
func SealPath(path string) string { return record.SealPath(path) }

func sealText(branch, rec, path, value string, stamp record.Stamp) []byte {
	return fmt.Appendf(nil, "zhibu seal 1\n%q\n%q\n%q\n%q\n%d", branch, rec, path, value, stamp)
}

// Seal signs a value of a record: "ed25519.STAMP.SIGNATURE". The algorithm is
// named so that another (SM2) can stand beside it.
func Seal(key ed25519.PrivateKey, branch, rec, path, value string, stamp record.Stamp) string {
	sig := ed25519.Sign(key, sealText(branch, rec, path, value, stamp))
	return fmt.Sprintf("ed25519.%d.%s", stamp, base64.RawURLEncoding.EncodeToString(sig))
}

// CheckSeal reports whether seal is the signature of key over this very value.
func CheckSeal(key ed25519.PublicKey, branch, rec, path, value, seal string) bool {
	parts := strings.Split(seal, ".")
	if len(parts) != 3 || parts[0] != "ed25519" || len(key) != ed25519.PublicKeySize {
		return false
	}
	stamp, err := strconv.ParseUint(parts[1], 10, 64)
	if err != nil {
		return false
	}
	sig, err := base64.RawURLEncoding.DecodeString(parts[2])
	return err == nil && ed25519.Verify(key, sealText(branch, rec, path, value, record.Stamp(stamp)), sig)
}

// NewerSeal reports whether seal a was made after seal b.
func NewerSeal(a, b string) bool { return sealedAt(a) > sealedAt(b) }

func sealedAt(seal string) uint64 {
	parts := strings.Split(seal, ".")
	if len(parts) != 3 {
		return 0
	}
	stamp, err := strconv.ParseUint(parts[1], 10, 64)
	if err != nil {
		return 0
	}
	return stamp
}

// Paths that the district writes into records besides the registers' own: where
// a transferred record went and came from, and, with AliasSuffix behind a
// number's path, what was printed before the district confirmed the number.
const (
	ForwardPath = "transferred_to"
	OriginPath  = "transferred_from"
	AliasSuffix = "_alias"
)
