package server

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// InviteLife and InviteTries bound a join code.
const (
	InviteLife  = 72 * time.Hour
	InviteTries = 5
)

// Invite is a one-time code as a district hands it out. Only its hash is stored.
type Invite struct {
	Code    string    `json:"code"` // as printed, 4-4-3
	Branch  string    `json:"branch"`
	Role    string    `json:"role"`
	Expires time.Time `json:"expires"`
}

type storedInvite struct {
	Hash    string `cbor:"1,keyasint"`
	Branch  string `cbor:"2,keyasint"`
	Role    string `cbor:"3,keyasint"`
	Expires int64  `cbor:"4,keyasint"`
	Tries   int    `cbor:"5,keyasint,omitempty"`
	Key     []byte `cbor:"6,keyasint,omitempty"` // key that used it
	Device  string `cbor:"7,keyasint,omitempty"` // and the device it became
}

func load(tx registryTx, table, key string, v any) (bool, error) {
	raw, err := tx.get(table, key)
	if err != nil || len(raw) == 0 {
		return false, err
	}
	if err := record.Decode(raw, v); err != nil {
		return false, fmt.Errorf("%s %s: %w", table, key, err)
	}
	return true, nil
}

func save(tx registryTx, table, key string, v any) error { return encoded(tx.put, table, key, v) }

// saveNew is save for a key that must be new.
func saveNew(tx registryTx, table, key string, v any) error { return encoded(tx.add, table, key, v) }

func encoded(write func(table, key string, value []byte) error, table, key string, v any) error {
	raw, err := record.Encode(v)
	if err != nil {
		return fmt.Errorf("%s %s: %w", table, key, err)
	}
	return write(table, key, raw)
}

// Invite issues a join code for a branch and a role.
func (s *Server) Invite(ctx context.Context, branch, role string) (Invite, error) {
	b, err := s.FindBranch(ctx, branch)
	if err != nil {
		return Invite{}, err
	}
	if role == "" {
		role = "secretary"
	}
	if err := s.mustBeRole(role); err != nil {
		return Invite{}, err
	}
	now := s.opt.Now()
	out := Invite{Branch: b.ID, Role: role, Expires: now.Add(InviteLife)}
	err = s.ledger.registry(ctx, func(tx registryTx) error {
		code, err := freshCode(tx, now)
		if err != nil {
			return err
		}
		out.Code = sync.ShowCode(code)
		locator, hash := sync.LocateCode(code)
		return save(tx, tableInvite, locator, storedInvite{Hash: hash, Branch: b.ID, Role: role, Expires: out.Expires.UnixMilli()})
	})
	return out, err
}

// freshCode makes a code whose locator no live invitation has.
func freshCode(tx registryTx, now time.Time) (string, error) {
	for range 64 {
		code, err := sync.NewCode(rand.Reader)
		if err != nil {
			return "", err
		}
		locator, _ := sync.LocateCode(code)
		var old storedInvite
		ok, err := load(tx, tableInvite, locator, &old)
		if err != nil {
			return "", err
		}
		if !ok || old.Expires < now.UnixMilli() {
			return code, nil
		}
	}
	return "", record.Refuse("TOO_MANY_INVITES", "同时有效的邀请太多了。请等旧的过期（72 小时）再发。")
}

var errCode = record.Refuse("CODE_REFUSED", "加入码不对、用过了或已过期（72 小时内有效，最多试 5 次）。请对照邀请单再输一次，或向区里要新的加入码。")

// Join turns a code and a key into a device of the branch. The same code with
// the same key gives the same device again: an answer may be lost.
func (s *Server) Join(ctx context.Context, j sync.Join) (sync.Joined, error) {
	code, err := sync.ReadCode(j.Code)
	if err != nil {
		return sync.Joined{}, err
	}
	if len(j.Key) != ed25519.PublicKeySize || len(j.Machine) > 200 {
		return sync.Joined{}, record.Refuse("JOIN_MALFORMED", "加入请求的内容不对，服务器没有登记。请更新程序后再试。")
	}
	var used storedInvite
	accepted := false
	err = s.ledger.registry(ctx, func(tx registryTx) error {
		used, accepted = storedInvite{}, false
		locator, hash := sync.LocateCode(code)
		ok, err := load(tx, tableInvite, locator, &used)
		if err != nil || !ok || used.Tries >= InviteTries || used.Expires < s.opt.Now().UnixMilli() {
			return err
		}
		if subtle.ConstantTimeCompare([]byte(used.Hash), []byte(hash)) != 1 {
			used.Tries++
			return save(tx, tableInvite, locator, used)
		}
		if used.Device != "" {
			accepted = subtle.ConstantTimeCompare(used.Key, j.Key) == 1
			return nil
		}
		used.Key, used.Device, accepted = j.Key, used.Branch+"-"+s.names.id(8), true
		return save(tx, tableInvite, locator, used)
	})
	if err != nil {
		return sync.Joined{}, err
	}
	if !accepted {
		return sync.Joined{}, errCode
	}
	return s.enlist(ctx, Device{ID: used.Device, Branch: used.Branch, Role: used.Role, Key: j.Key, Machine: j.Machine})
}

// enlist stores a new device, once, and says what it is.
func (s *Server) enlist(ctx context.Context, d Device) (sync.Joined, error) {
	out := sync.Joined{Branch: d.Branch, Device: d.ID, Role: d.Role, ServerKey: s.PublicKey()}
	err := s.ledger.update(ctx, d.Branch, func(tx branchTx) error {
		head, err := tx.head()
		if err != nil {
			return err
		}
		out.Name = head.Name
		had, ok, err := tx.device(d.ID)
		if err != nil {
			return err
		}
		if ok {
			out.Mark = had.Mark
			return nil
		}
		d.Joined, d.Mark = s.opt.Now().UnixMilli(), mark(head.Marks)
		head.Marks++
		out.Mark = d.Mark
		if err := tx.putDevice(d); err != nil {
			return err
		}
		return tx.setHead(head)
	})
	if err != nil {
		return out, err
	}
	out.Certificate, err = s.certify(d)
	return out, err
}

// certify signs what a device is now.
func (s *Server) certify(d Device) ([]byte, error) {
	return sync.Certificate{Branch: d.Branch, Device: d.ID, Role: d.Role, Key: d.Key, Issued: s.opt.Now().UnixMilli()}.Sign(s.key)
}

// mark returns the mark that numbers given offline carry: the heavenly stems,
// then stem and number.
func mark(n int) string {
	stems := []rune("甲乙丙丁戊己庚辛壬癸")
	m := string(stems[n%len(stems)])
	if n >= len(stems) {
		m += fmt.Sprint(n / len(stems))
	}
	return m
}

// Renew gives a device a second identity with a new key, because two laptops use
// the old one. The old one stays good for the other.
func (s *Server) Renew(ctx context.Context, device string, key []byte) (sync.Joined, error) {
	if len(key) != ed25519.PublicKeySize {
		return sync.Joined{}, record.Refuse("JOIN_MALFORMED", "换身份的请求内容不对，服务器没有登记。请更新程序后再试。")
	}
	var old Device
	err := s.ledger.view(ctx, branchOf(device), func(tx branchTx) (err error) {
		old, err = admit(tx, device)
		return err
	})
	if err != nil {
		return sync.Joined{}, err
	}
	if !s.rates.allow("renew "+old.Branch, s.opt.Now(), 20, time.Hour) {
		return sync.Joined{}, errBusy
	}
	return s.enlist(ctx, Device{ID: old.Branch + "-" + s.names.id(8), Branch: old.Branch, Role: old.Role, Key: key, Machine: old.Machine, Follows: old.ID})
}
