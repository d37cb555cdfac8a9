package sync

import (
	"bytes"
	"crypto/ed25519"
	"testing"
)

// A certificate holds for the very device, branch, role and key that the district
// signed, and for no other.
func TestCertificateHoldsForItsDeviceOnly(t *testing.T) {
	district := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	laptop := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	raw, err := Certificate{Branch: "b", Device: "b-d", Role: "reader", Key: laptop, Issued: 7}.Sign(district)
	if err != nil {
		t.Fatal(err)
	}
	good := Joined{Branch: "b", Device: "b-d", Role: "reader", ServerKey: district.Public().(ed25519.PublicKey), Certificate: raw}
	if c, err := good.Certified(laptop); err != nil || c.Issued != 7 {
		t.Errorf("its own: %+v, %v", c, err)
	}
	for what, spoil := range map[string]func(*Joined){
		"a better role":    func(j *Joined) { j.Role = "secretary" },
		"another branch":   func(j *Joined) { j.Branch = "c" },
		"another device":   func(j *Joined) { j.Device = "b-e" },
		"another district": func(j *Joined) { j.ServerKey = laptop },
		"none":             func(j *Joined) { j.Certificate = nil },
		"a changed byte":   func(j *Joined) { j.Certificate = bytes.Replace(raw, []byte("reader"), []byte("Reader"), 1) },
	} {
		bad := good
		spoil(&bad)
		if _, err := bad.Certified(laptop); err == nil {
			t.Errorf("%s: taken", what)
		}
	}
	if _, err := good.Certified(good.ServerKey); err == nil {
		t.Error("another laptop's key: taken")
	}
}
