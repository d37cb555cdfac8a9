package server

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"zhibu/storage/record"
)

// sealer signs the district's own values and hides unique ones.
type sealer struct {
	key    ed25519.PrivateKey
	secret []byte
}

func (s *Server) sealer() sealer { return sealer{s.key, s.secret} }

// hide returns the key under which a unique value is known in the district.
func (k sealer) hide(kind, path, value string) string {
	mac := hmac.New(sha256.New, k.secret)
	fmt.Fprintf(mac, "%q %q %q", kind, path, value) // a hash never fails
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// sign adds a seal beside each value of an op of the district that shall be its
// own, and a release beside those that were and shall not be any more.
func (k sealer) sign(branch string, c *record.Change, now map[string]record.Register, own func(path string) bool) {
	for _, path := range record.Values(c.Set).Paths() {
		at := record.SealPath(path)
		switch {
		case isSealPath(path):
		case own(path):
			c.Set[at] = record.Seal(k.key, branch, c.Record, path, c.Set[path], c.Stamp)
		case record.Stands(now[at].Value):
			c.Set[at] = record.Release(k.key, branch, c.Record, path, c.Stamp)
		}
	}
}

// proves reports whether the seal beside a holding's value at path is ours.
func (k sealer) proves(branch string, h record.Holding, path string) bool {
	seal := h.Registers[record.SealPath(path)].Value
	return record.CheckSeal(k.key.Public().(ed25519.PublicKey), branch, h.ID, path, h.Registers[path].Value, seal)
}

func isSealPath(path string) bool {
	table, _, _ := record.SplitPath(path)
	return table == record.SealTable
}
