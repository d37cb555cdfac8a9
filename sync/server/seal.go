package server

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"zhibu/storage/record"
	"zhibu/sync"
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

// seal adds, for every value of an op of the district, a value that proves it.
func (k sealer) seal(branch string, c *record.Change) {
	for _, path := range record.Values(c.Set).Paths() {
		if isSealPath(path) {
			continue
		}
		c.Set[sync.SealPath(path)] = sync.Seal(k.key, branch, c.Record, path, c.Set[path], c.Stamp)
	}
}

// proves reports whether a holding's value at path carries the district's seal.
func (k sealer) proves(branch string, h record.Holding, path string) bool {
	seal := h.Registers[sync.SealPath(path)].Value
	return sync.CheckSeal(k.key.Public().(ed25519.PublicKey), branch, h.ID, path, h.Registers[path].Value, seal)
}

func isSealPath(path string) bool {
	table, _, _ := record.SplitPath(path)
	return table == sync.SealTable
}
