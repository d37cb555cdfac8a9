package courier

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Join enrols this laptop with a one-time code. server is the address on the
// invitation; behind https it carries the pin of the district's root
// certificate ("#…"). Plain http is refused unless it is this very machine.
func Join(ctx context.Context, server, code string, opt Options) (record.Enrolment, error) {
	code, err := sync.ReadCode(code)
	if err != nil {
		return record.Enrolment{}, err
	}
	base, ca, err := address(server)
	if err != nil {
		return record.Enrolment{}, err
	}
	c, err := dial(base, ca, opt)
	if err != nil {
		return record.Enrolment{}, err
	}
	key, err := newKey()
	if err != nil {
		return record.Enrolment{}, err
	}
	c.who = record.Enrolment{Server: base, CA: ca, Key: key}
	var got sync.Joined
	if err := c.call(ctx, sync.PathJoin, sync.Join{Code: code, Key: public(key), Machine: opt.Machine}, &got); err != nil {
		return record.Enrolment{}, err
	}
	if got.Branch == "" || got.Device == "" || len(got.ServerKey) != ed25519.PublicKeySize {
		return record.Enrolment{}, garbage(fmt.Errorf("joined without branch or device"))
	}
	c.who.Branch, c.who.Name, c.who.Device = got.Branch, got.Name, got.Device
	if _, err := got.Certified(public(key)); err != nil {
		return record.Enrolment{}, garbage(err)
	}
	c.who.Role, c.who.Mark, c.who.ServerKey, c.who.Certificate = got.Role, got.Mark, got.ServerKey, got.Certificate
	return c.who, nil
}

func newKey() ([]byte, error) {
	seed := make([]byte, ed25519.SeedSize)
	_, err := io.ReadFull(rand.Reader, seed)
	return seed, err
}

func public(seed []byte) []byte {
	return ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
}
