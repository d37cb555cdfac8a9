package record

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// SealTable is the table inside a record that holds the district's signatures
// over values it owns. A seal is a value like any other, so it is stored, passed
// on, and comes back after a restore, and anybody can check it.
const SealTable = "seal"

// SealPath returns where the seal of the value at path stands.
func SealPath(path string) string {
	return Path(SealTable, strings.ReplaceAll(path, "/", "."), "by")
}

// SealedPath returns the path of the value that the seal at path is of, and
// whether there is a seal at path.
func SealedPath(path string) (of string, ok bool) {
	table, row, column := SplitPath(path)
	if table != SealTable || column != "by" {
		return "", false
	}
	return strings.ReplaceAll(row, ".", "/"), true
}

// Sealed reports whether the district owns the value at path: nobody else may
// change it.
func (v Values) Sealed(path string) bool { return Stands(v[SealPath(path)]) }

// The words a seal begins with: the algorithm, so that another (SM2) can stand
// beside it, or that the district gave the value back.
const (
	sealScheme    = "ed25519"
	releaseScheme = "ed25519-release"
)

func sealText(branch, rec, path, value string, stamp Stamp) []byte {
	return fmt.Appendf(nil, "zhibu seal 1\n%q\n%q\n%q\n%q\n%d", branch, rec, path, value, stamp)
}

func releaseText(branch, rec, path string, stamp Stamp) []byte {
	return fmt.Appendf(nil, "zhibu release 1\n%q\n%q\n%q\n%d", branch, rec, path, stamp)
}

func sealed(scheme string, key ed25519.PrivateKey, stamp Stamp, text []byte) string {
	return fmt.Sprintf("%s.%d.%s", scheme, stamp, base64.RawURLEncoding.EncodeToString(ed25519.Sign(key, text)))
}

// Seal signs a value of a record: "ed25519.STAMP.SIGNATURE". branch is "" in the
// channels that many branches follow.
func Seal(key ed25519.PrivateKey, branch, rec, path, value string, stamp Stamp) string {
	return sealed(sealScheme, key, stamp, sealText(branch, rec, path, value, stamp))
}

// Release signs that the value at path is no longer the district's: what stands
// in the place of its seal from then on.
func Release(key ed25519.PrivateKey, branch, rec, path string, stamp Stamp) string {
	return sealed(releaseScheme, key, stamp, releaseText(branch, rec, path, stamp))
}

// Stands reports whether a seal says that the value is the district's.
func Stands(seal string) bool { return seal != "" && !strings.HasPrefix(seal, releaseScheme+".") }

// CheckSeal reports whether seal was made with key for this very value, or
// releases its path.
func CheckSeal(key ed25519.PublicKey, branch, rec, path, value, seal string) bool {
	stamp, signature, ok := readSeal(seal)
	if !ok || len(key) != ed25519.PublicKeySize {
		return false
	}
	if !Stands(seal) {
		return ed25519.Verify(key, releaseText(branch, rec, path, stamp), signature)
	}
	return ed25519.Verify(key, sealText(branch, rec, path, value, stamp), signature)
}

func readSeal(seal string) (stamp Stamp, signature []byte, ok bool) {
	parts := strings.Split(seal, ".")
	if len(parts) != 3 || parts[0] != sealScheme && parts[0] != releaseScheme {
		return 0, nil, false
	}
	n, err := strconv.ParseUint(parts[1], 10, 64)
	if err != nil {
		return 0, nil, false
	}
	signature, err = base64.RawURLEncoding.DecodeString(parts[2])
	return Stamp(n), signature, err == nil
}

// SealedAt returns when a seal was made, false for what is none.
func SealedAt(seal string) (Stamp, bool) {
	stamp, _, ok := readSeal(seal)
	return stamp, ok
}

// NewerSeal reports whether seal a was made after seal b.
func NewerSeal(a, b string) bool {
	first, _ := SealedAt(a)
	second, _ := SealedAt(b)
	return first > second
}

// Proof is what a laptop proves the district's own values by.
type Proof struct {
	Key    ed25519.PublicKey   // of the district
	Branch string              // "" in the channels that many branches follow: there every value is the district's
	Owned  map[string][]string // what only the district writes, by kind; "*" is every field
}

// CheckChange refuses, with code SEAL_FORGED, an op with a value that the district
// must have signed and has not, or not so. standing tells what the record holds
// where the op says nothing.
func (p Proof) CheckChange(c Change, standing func(path string) string) error {
	return p.check(c.Kind, c.Record, Values(c.Set).Paths(), func(path string) string {
		if value, ok := c.Set[path]; ok {
			return value
		}
		return standing(path)
	})
}

// CheckHolding is CheckChange for a whole record.
func (p Proof) CheckHolding(h Holding) error {
	return p.check(h.Kind, h.ID, slices.Collect(maps.Keys(h.Registers)), func(path string) string { return h.Registers[path].Value })
}

func (p Proof) check(kind, id string, paths []string, value func(path string) string) error {
	for _, path := range paths {
		of, isSeal := SealedPath(path)
		if isSeal {
			path = of
		}
		seal := value(SealPath(path))
		switch {
		case !isSeal && seal == "" && (value(path) == "" || !p.owns(kind, path)):
		case seal != "" && !Stands(seal) && value(path) != "" && p.owns(kind, path),
			!CheckSeal(p.Key, p.Branch, id, path, value(path), seal):
			return Wrap(fmt.Errorf("%s of %s %s", path, kind, id), "SEAL_FORGED",
				"区里来的内容里有一项应由区里签名，却没有签名或签名不对，这一份没有采用。请告诉区里核对；本机内容没有变。")
		}
	}
	return nil
}

func (p Proof) owns(kind, path string) bool {
	return p.Branch == "" || Owns(p.Owned, kind, path)
}

// Owns reports whether the district alone writes path of kind, by a table like
// Proof.Owned.
func Owns(owned map[string][]string, kind, path string) bool {
	return slices.Contains(owned[kind], "*") || Guards(owned).Has(kind, path)
}
