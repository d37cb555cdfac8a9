package server

import (
	"bytes"

	"zhibu/storage/record"
	"zhibu/sync"
)

// admit reads the device and refuses one that is unknown or revoked.
func admit(tx branchTx, id string) (Device, error) {
	d, ok, err := tx.device(id)
	if err != nil {
		return d, err
	}
	if !ok {
		return d, errUnknownDevice
	}
	if d.Revoked != 0 {
		return d, errRevoked
	}
	return d, nil
}

var (
	errUnknownDevice = record.Refuse("DEVICE_UNKNOWN", "区里没有登记这台电脑。请向区里要一个新的加入码；本机内容都在。")
	errRevoked       = record.Refuse("DEVICE_REVOKED", "区里已经停用这台电脑，不再同步。要继续用请向区里要新的加入码；没报上去的改动都在本机，加入后会报上去。")
)

// forked reports whether the laptop's own newest op cannot be what we know of
// it: it was restored from an old copy, or is one (sync.md §6).
func forked(req sync.Request, d Device) bool {
	if req.Sealed {
		return false // a stick may come late; its ops are compared one by one
	}
	if req.N < d.LastN || req.N == d.LastN && d.LastN > 0 && len(req.Head) > 0 && !bytes.Equal(req.Head, d.LastHash) {
		return true
	}
	return req.Lease != "" && d.Lease != "" && req.Lease != d.Lease && req.Lease != d.Before
}

// lost reports whether we no longer know ops that the laptop has the answers of,
// and it does not bring them. Until it does, a copy of it could take their
// numbers.
func (e *exchange) lost(d Device) bool {
	return (!e.req.Sealed || e.req.Repair != nil) && e.req.Acked > d.LastN && (len(e.ops) == 0 || e.ops[0].change.N > d.LastN+1)
}

// lease gives a new nonce with every answer. The one before stays good, because
// an answer may be lost.
func (e *exchange) lease(d *Device) {
	if e.req.Sealed {
		return
	}
	d.Before = e.req.Lease
	if d.Before == "" {
		d.Before = d.Lease
	}
	d.Lease = e.server.names.id(8)
	e.resp.Lease = d.Lease
}
