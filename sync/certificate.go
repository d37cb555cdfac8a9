package sync

import (
	"crypto/ed25519"
	"errors"
	"fmt"

	"zhibu/storage/record"
)

// Certificate is what a district says, signed, of a device: whose laptop it is and
// what it may do. The laptop keeps it; the district goes by its own list, which a
// certificate never outlives.
type Certificate struct {
	Branch string `cbor:"1,keyasint"`
	Device string `cbor:"2,keyasint"`
	Role   string `cbor:"3,keyasint"`
	Key    []byte `cbor:"4,keyasint"` // Ed25519 public key of the device
	Issued int64  `cbor:"5,keyasint"` // Unix milliseconds
}

// signed is a certificate as it is kept. The algorithm is named so that another
// (SM2) can stand beside it.
type signed struct {
	Alg  string `cbor:"1,keyasint"`
	Body []byte `cbor:"2,keyasint"`
	Sig  []byte `cbor:"3,keyasint"`
}

const certificateLabel = "zhibu certificate 1\n"

// Sign returns the certificate with the district's signature.
func (c Certificate) Sign(district ed25519.PrivateKey) ([]byte, error) {
	body, err := record.Encode(c)
	if err != nil {
		return nil, fmt.Errorf("certificate of %s: %w", c.Device, err)
	}
	return record.Encode(signed{Alg: proofScheme, Body: body, Sig: ed25519.Sign(district, append([]byte(certificateLabel), body...))})
}

// ReadCertificate reads what Sign returned and refuses it unless the district
// signed it.
func ReadCertificate(raw []byte, district ed25519.PublicKey) (Certificate, error) {
	var s signed
	var c Certificate
	if err := record.Decode(raw, &s); err != nil {
		return c, fmt.Errorf("certificate: %w", err)
	}
	if s.Alg != proofScheme || len(district) != ed25519.PublicKeySize || !ed25519.Verify(district, append([]byte(certificateLabel), s.Body...), s.Sig) {
		return c, errors.New("certificate: not signed by the district")
	}
	if err := record.Decode(s.Body, &c); err != nil {
		return c, fmt.Errorf("certificate: %w", err)
	}
	return c, nil
}

// renewed returns the certificate of an answer, unless it is nothing new: an answer
// may come late. One that speaks of anything but the role is refused.
func renewed(e record.Enrolment, raw []byte) (Certificate, bool, error) {
	next, err := ReadCertificate(raw, e.ServerKey)
	if err != nil {
		return next, false, notMessage(err)
	}
	key := ed25519.PublicKey(next.Key)
	if next.Branch != e.Branch || next.Device != e.Device || len(e.Key) == ed25519.SeedSize && !key.Equal(ed25519.NewKeyFromSeed(e.Key).Public()) {
		return next, false, notMessage(errors.New("certificate: of another device, branch or key"))
	}
	now, err := ReadCertificate(e.Certificate, e.ServerKey)
	return next, err != nil || next.Issued > now.Issued, nil // who has none takes any
}

// Certified returns the certificate of a membership and refuses one that says
// anything else than the membership, of another key, or that the district did not
// sign.
func (j Joined) Certified(key ed25519.PublicKey) (Certificate, error) {
	c, err := ReadCertificate(j.Certificate, j.ServerKey)
	if err == nil && (c.Branch != j.Branch || c.Device != j.Device || c.Role != j.Role || !key.Equal(ed25519.PublicKey(c.Key))) {
		err = errors.New("certificate: of another device, branch or role")
	}
	return c, err
}
