package sync

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Proof shows that a request comes from a device: an Ed25519 signature over
// method, path, SHA-256 of the body, time and nonce. The scheme names the
// algorithm, so that another (SM2) can stand beside it.
type Proof struct {
	Device string
	At     time.Time
	Nonce  string
	Sig    []byte
}

// proofScheme is the word in front of a proof in the Authorization header.
const proofScheme = "Ed25519"

// ProofWindow is how far the time of a proof may lie from the district's clock.
// A laptop whose clock is wrong learns the district's time and proves again.
const ProofWindow = 5 * time.Minute

// Sign makes the proof of one request.
func Sign(key ed25519.PrivateKey, device, method, path string, body []byte, at time.Time, nonce string) Proof {
	p := Proof{Device: device, At: at, Nonce: nonce}
	p.Sig = ed25519.Sign(key, p.text(method, path, body))
	return p
}

func (p Proof) text(method, path string, body []byte) []byte {
	sum := sha256.Sum256(body)
	return fmt.Appendf(nil, "%s\n%s\n%x\n%s\n%d\n%s", method, path, sum, p.Device, p.At.Unix(), p.Nonce)
}

// Verify reports whether the proof was made with key for this very request.
func (p Proof) Verify(key ed25519.PublicKey, method, path string, body []byte) bool {
	return len(key) == ed25519.PublicKeySize && ed25519.Verify(key, p.text(method, path, body), p.Sig)
}

// String returns the proof as the value of an Authorization header.
func (p Proof) String() string {
	return fmt.Sprintf("%s %s:%d:%s:%s", proofScheme, p.Device, p.At.Unix(), p.Nonce, base64.RawURLEncoding.EncodeToString(p.Sig))
}

// ReadProof reads what String wrote.
func ReadProof(header string) (Proof, error) {
	rest, ok := strings.CutPrefix(header, proofScheme+" ")
	parts := strings.Split(rest, ":")
	if !ok || len(parts) != 4 || len(header) > 512 || parts[0] == "" || len(parts[2]) < 16 {
		return Proof{}, fmt.Errorf("not a proof")
	}
	at, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return Proof{}, fmt.Errorf("time of proof: %w", err)
	}
	sig, err := base64.RawURLEncoding.DecodeString(parts[3])
	if err != nil {
		return Proof{}, fmt.Errorf("signature of proof: %w", err)
	}
	return Proof{Device: parts[0], At: time.Unix(at, 0), Nonce: parts[2], Sig: sig}, nil
}

// Problem is how a district refuses a request as a whole.
type Problem struct {
	Code string `cbor:"1,keyasint" json:"code"`
	Say  string `cbor:"2,keyasint" json:"say"`
	Now  int64  `cbor:"3,keyasint,omitempty" json:"now,omitempty"` // Unix milliseconds
}

// Err returns the problem as an error for people.
func (p Problem) Err() error { return record.Refuse(p.Code, p.Say) }

// Join asks for membership with a one-time code.
type Join struct {
	Code    string `cbor:"1,keyasint"`
	Key     []byte `cbor:"2,keyasint"` // Ed25519 public key of the laptop
	Machine string `cbor:"3,keyasint,omitempty"`
}

// Joined is the membership a Join or a renewal gave.
type Joined struct {
	Branch    string `cbor:"1,keyasint"`
	Name      string `cbor:"2,keyasint"`
	Device    string `cbor:"3,keyasint"`
	Role      string `cbor:"4,keyasint"`
	ServerKey []byte `cbor:"5,keyasint"`
	Mark      string `cbor:"6,keyasint,omitempty"` // the device's mark in numbers given offline
	// Certificate is the above, signed (Joined.Certified).
	Certificate []byte `cbor:"7,keyasint,omitempty"`
}

// The paths of the laptops' side.
const (
	PathSync     = "/v1/sync"
	PathRepair   = "/v1/repair"
	PathSnapshot = "/v1/snapshot/"
	PathJoin     = "/v1/join"
	PathRenew    = "/v1/renew"
	PathBlob     = "/v1/blob/"
	PathUpload   = "/v1/upload/"
)
