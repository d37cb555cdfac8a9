// Package server is the reference district: it keeps a log per branch, decides
// what is taken over, and answers laptops. Its log and merge know no registers;
// what is guarded, owned by the district or unique reaches it as Rules.
package server

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Rules is what the server must know of the registers, as data made from the
// catalog.
type Rules struct {
	// Guards are the paths that are never merged silently.
	Guards record.Guards
	// Owned are the fields that only the district writes, by kind; "*" is every
	// field of the kind.
	Owned map[string][]string
	// Unique are the fields no two people of the district may share, by kind.
	Unique map[string][]string
	// Serials are the numbers given out in a branch, by kind: one field each. A
	// number given offline ends in "·" and the device's mark until confirmed.
	Serials map[string]string
	// Roles lists the kinds each role may write; "*" is every kind. A role that
	// is missing may write nothing.
	Roles map[string][]string
}

// DefaultRoles lets secretaries and committee members write, readers not.
func DefaultRoles() map[string][]string {
	return map[string][]string{"secretary": {"*"}, "committee": {"*"}, "reader": nil}
}

func (r Rules) mayWrite(role, kind string) bool {
	for _, k := range r.Roles[role] {
		if k == "*" || k == kind {
			return true
		}
	}
	return false
}

func (r Rules) owns(kind, path string) bool {
	return record.Owns(r.Owned, kind, path)
}

// Options of a Server. The zero value is usable.
type Options struct {
	Now   func() time.Time // nil: time.Now
	Rules Rules
	Log   *slog.Logger // nil: discarded. Never holds names, ID numbers or keys
	// SnapshotAfter is the length of a log from which a new laptop gets a
	// snapshot instead of every row; 0: 3000.
	SnapshotAfter uint64
	// Page bounds the rows of one answer; 0: 5000.
	Page int
	// Tally counts a branch for the district's figures; nil: no figures.
	Tally Tally
	// Parse turns what a clerk typed into a field of a record into the value that
	// is stored, and refuses what the register does not know; nil: as it is typed.
	Parse func(kind, path, typed string) (value string, err error)
	// Show turns a value back into what a clerk reads; nil: as it is stored.
	Show func(kind, path, value string) string
	// Arrive returns which values of a record change when it is handed from one
	// branch to another, both by name; nil: none.
	Arrive func(kind, id string, values map[string]string, from, to string, at time.Time) map[string]string
	// Rulebook checks the versions of the rules that the district sets; nil: none
	// can be set.
	Rulebook Rulebook
	// Station opens and seals the files of sticks; nil: none are taken.
	Station Station
	// Blobs is the folder of attachments, or an S3-compatible store (s3://, see
	// bucket); "": a folder in the store's, and none for a database.
	Blobs string
	// BlobAge is how long an attachment is kept that no record names; 0: 30 days.
	BlobAge time.Duration
	// PerMinute is how many requests a device may make in a minute; 0: 600. A first
	// push of 100,000 ops needs about 100.
	PerMinute int
	// Memory bounds the bytes that requests under way may hold together; 0: 512 MB.
	Memory int64
	// Quick lets a store in a folder neither wait for the disk nor gather
	// writers: for the tests that make thousands of districts.
	Quick bool
	// Random makes ids and leases; nil: crypto/rand. Secrets never come from it.
	Random io.Reader
	// Temp is the folder for snapshot files; "": the store's, for a database the
	// system's.
	Temp string
}

// Server is a district. It is safe for concurrent use.
type Server struct {
	opt     Options
	ledger  ledger
	names   namer
	key     ed25519.PrivateKey
	secret  []byte // makes the keys of unique values unreadable
	codec   *sync.Codec
	nonces  *nonces
	rates   *rates // of devices
	joins   *rates // of addresses that try codes
	room    room
	figures *counters
	snaps   *snapshots
	blobs   *blobs // nil: attachments are not taken

	channels channels
}

// Open opens a district kept in a folder (bbolt) or at a postgres:// address,
// and makes its signing key the first time.
func Open(store string, opt Options) (*Server, error) {
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	l, err := openLedger(store, opt)
	if err != nil {
		return nil, err
	}
	if opt.Blobs == "" && !isPostgres(store) {
		opt.Blobs = filepath.Join(store, "blobs")
	}
	if opt.Temp == "" && !isPostgres(store) {
		opt.Temp = store
	}
	s, err := newServer(l, opt)
	if err != nil {
		return nil, errors.Join(err, l.close())
	}
	return s, nil
}

func newServer(l ledger, opt Options) (*Server, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Random == nil {
		opt.Random = rand.Reader
	}
	if opt.Rules.Roles == nil {
		opt.Rules.Roles = DefaultRoles()
	}
	if opt.SnapshotAfter == 0 {
		opt.SnapshotAfter = 3000
	}
	if opt.PerMinute == 0 {
		opt.PerMinute = 600
	}
	if opt.Page == 0 {
		opt.Page = 5000
	}
	if opt.BlobAge == 0 {
		opt.BlobAge = 30 * 24 * time.Hour
	}
	codec, err := sync.NewCodec(maxBody)
	if err != nil {
		return nil, err
	}
	s := &Server{opt: opt, names: namer{opt.Random}, ledger: l, codec: codec, nonces: newNonces(), rates: newRates(), joins: newRates(), room: newRoom(opt.Memory), figures: newCounters(),
		snaps: &snapshots{dir: opt.Temp, got: map[string]snapshotFile{}}}
	if opt.Blobs != "" {
		if s.blobs, err = s.newBlobs(opt.Blobs); err != nil {
			return nil, err
		}
	}
	return s, s.loadKeys()
}

// Rules returns what the server knows of the registers.
func (s *Server) Rules() Rules { return s.opt.Rules }

// Close closes the ledger. Requests under way end first when Serve was used.
func (s *Server) Close() error { return errors.Join(s.snaps.close(), s.ledger.close()) }

// PublicKey returns the key that the district's own values are signed with.
func (s *Server) PublicKey() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// The settings made once: the signing key, and the secret of unique values.
const (
	settingKey    = "signing key"
	settingSecret = "unique secret"
)

func (s *Server) loadKeys() error {
	return s.ledger.registry(context.Background(), func(tx registryTx) error {
		seed, err := once(tx, settingKey, ed25519.SeedSize)
		if err != nil {
			return err
		}
		s.key = ed25519.NewKeyFromSeed(seed)
		s.secret, err = once(tx, settingSecret, 32)
		return err
	})
}

// once returns n random bytes that are made the first time and kept.
func once(tx registryTx, name string, n int) ([]byte, error) {
	secret, err := tx.get(tableSetting, name)
	if err != nil || len(secret) == n {
		return secret, err
	}
	secret = make([]byte, n)
	rand.Read(secret) // never fails (crypto/rand)
	return secret, tx.add(tableSetting, name, secret)
}

// epoch names the history that laptops follow.
func (s *Server) epoch(ctx context.Context) (string, error) {
	line, err := s.ledger.history(ctx)
	if err != nil {
		return "", fmt.Errorf("history: %w", err)
	}
	sum := sha256.Sum256([]byte(line))
	return hex.EncodeToString(sum[:5]), nil
}

// For returns the district as one device sees it: what HTTP, sticks and tests
// all end in.
func (s *Server) For(device string) sync.District { return seat{server: s, device: device} }

// seat is the district speaking with one device.
type seat struct {
	server  *Server
	device  string
	stopped bool // a device that was stopped is heard all the same
}

// namer makes ids.
type namer struct{ random io.Reader }

// id makes an id of n characters that is easy to read out.
func (r namer) id(n int) string {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz"
	raw := make([]byte, n)
	_, _ = io.ReadFull(r.random, raw) // crypto/rand never fails, and names need no secrecy
	for i, b := range raw {
		raw[i] = letters[b&31]
	}
	return string(raw)
}

// branchOf returns the branch that a device id names. It is only where to look:
// the branch a request works on is that of the device found there.
func branchOf(device string) string {
	branch, _, _ := strings.Cut(device, "-")
	return branch
}

func openLedger(store string, opt Options) (ledger, error) {
	if isPostgres(store) {
		return openPostgres(store)
	}
	return openBolt(store, opt.Quick, opt.Log)
}

func isPostgres(store string) bool {
	return strings.HasPrefix(store, "postgres://") || strings.HasPrefix(store, "postgresql://")
}
