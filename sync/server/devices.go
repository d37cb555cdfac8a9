package server

import (
	"context"
	"errors"
	"slices"
	"strings"

	"zhibu/storage/record"
)

// Devices lists the laptops of a branch.
func (s *Server) Devices(ctx context.Context, branch string) ([]Device, error) {
	out := []Device{}
	err := s.ledger.view(ctx, branch, func(tx branchTx) error {
		ds, err := tx.devices()
		out = append(out, ds...)
		return err
	})
	return out, err
}

// Revoke ends a device's access from its very next request on.
func (s *Server) Revoke(ctx context.Context, device string) error {
	return s.changeDevice(ctx, device, func(d *Device) { d.Revoked = s.opt.Now().UnixMilli() })
}

// SetRole gives a device another role: it counts from its very next request on, and
// the laptop hears of it, signed, with the answer.
func (s *Server) SetRole(ctx context.Context, device, role string) error {
	if err := s.mustBeRole(role); err != nil {
		return err
	}
	return s.changeDevice(ctx, device, func(d *Device) { d.Role = role })
}

func (s *Server) changeDevice(ctx context.Context, device string, change func(*Device)) error {
	err := s.ledger.update(ctx, branchOf(device), func(tx branchTx) error {
		d, ok, err := tx.device(device)
		if err != nil {
			return err
		}
		if !ok {
			return errNoDevice
		}
		change(&d)
		return tx.putDevice(d)
	})
	if errors.Is(err, errNoBranch) {
		return errNoDevice
	}
	return err
}

// errNoDevice tells a clerk.
var errNoDevice = record.Refuse("DEVICE_UNKNOWN", "没有这台电脑。请用 device list 核对编号；没有改动任何内容。")

func (s *Server) mustBeRole(role string) error {
	if _, ok := s.opt.Rules.Roles[role]; !ok {
		return record.Refuse("ROLE_UNKNOWN", "没有“"+role+"”这个角色。可用 "+strings.Join(slices.Sorted(keysOf(s.opt.Rules.Roles)), "、")+"；没有改动任何内容。")
	}
	return nil
}
