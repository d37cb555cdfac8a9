package server

import (
	"context"
	"crypto/ed25519"
	"errors"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Station opens and seals the files of sticks; bundle.Station is one.
type Station interface {
	Open(file []byte, own ed25519.PrivateKey) (device string, frame []byte, from func(ed25519.PublicKey) bool, err error)
	Seal(device string, frame []byte, own ed25519.PrivateKey, to ed25519.PublicKey) ([]byte, error)
}

// HandIn takes a file from a stick and returns the file to carry back. After the
// signature is checked it is the same code path as a request by net.
func (s *Server) HandIn(ctx context.Context, file []byte) (answer []byte, device string, err error) {
	if s.opt.Station == nil {
		return nil, "", record.Refuse("NO_STATION", "这个服务端没有读U盘的部分。请用 districtd 的正式版本。")
	}
	device, frame, from, err := s.opt.Station.Open(file, s.key)
	if err != nil {
		return nil, "", err
	}
	var d Device
	err = s.ledger.view(ctx, branchOf(device), func(tx branchTx) (err error) {
		d, err = admit(tx, device)
		return err
	})
	if errors.Is(err, errNoBranch) {
		err = errUnknownDevice
	}
	if err != nil {
		return nil, "", err
	}
	if !from(d.Key) {
		return nil, "", errProof
	}
	var req sync.Request
	if err := s.codec.Decode(frame, &req); err != nil {
		return nil, "", err
	}
	req.Sealed, req.Whole = true, false
	resp, err := s.For(device).Sync(ctx, req)
	if err != nil {
		return nil, "", err
	}
	out, err := s.codec.Encode(resp)
	if err != nil {
		return nil, "", err
	}
	answer, err = s.opt.Station.Seal(device, out, s.key, d.Key)
	return answer, device, err
}
