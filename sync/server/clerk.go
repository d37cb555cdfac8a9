package server

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"zhibu/storage/record"
)

// Clerk is somebody who works at the district's side.
type Clerk struct {
	Name   string `cbor:"1,keyasint" json:"name"`
	Role   string `cbor:"2,keyasint" json:"role"` // ClerkDistrict, ClerkStreet or ClerkReader
	Street string `cbor:"3,keyasint,omitempty" json:"street,omitempty"`
}

// The roles of clerks. A street clerk sees and answers the branches of one
// street; a reader changes nothing.
const (
	ClerkDistrict = "district"
	ClerkStreet   = "street"
	ClerkReader   = "reader"
)

// operator is whoever can reach the control socket: the owner of the folder.
var operator = Clerk{Name: "管理员", Role: ClerkDistrict}

const tableClerk = "clerk"

// AddClerk makes an account and returns its token, shown once and stored hashed.
func (s *Server) AddClerk(ctx context.Context, c Clerk) (token string, err error) {
	known := c.Role == ClerkDistrict || c.Role == ClerkReader || c.Role == ClerkStreet && c.Street != ""
	if c.Name == "" || !known {
		return "", record.Refuse("CLERK_MALFORMED", "账号要有姓名，角色是 district、street（写明街镇）或 reader。没有建立账号。")
	}
	token = rand.Text()
	return token, s.ledger.registry(ctx, func(tx registryTx) error { return save(tx, tableClerk, tokenKey(token), c) })
}

// Account is a clerk as others see him: the number tells two of one name apart.
type Account struct {
	ID string `json:"id"`
	Clerk
}

// Clerks lists the accounts.
func (s *Server) Clerks(ctx context.Context) (out []Account, err error) {
	err = s.ledger.look(ctx, func(tx registryTx) error {
		out = []Account{}
		return tx.each(tableClerk, "", "", func(key string, raw []byte) (bool, error) {
			a := Account{ID: key[:accountDigits]}
			err := record.Decode(raw, &a.Clerk)
			out = append(out, a)
			return true, err
		})
	})
	return out, err
}

// accountDigits is how much of a token's hash names its account.
const accountDigits = 12

// RemoveClerk ends the account with this number: its token holds no longer.
func (s *Server) RemoveClerk(ctx context.Context, id string) error {
	return s.ledger.registry(ctx, func(tx registryTx) error {
		found := ""
		err := tx.each(tableClerk, id, "", func(key string, _ []byte) (bool, error) {
			if len(id) == accountDigits {
				found = key
			}
			return false, nil
		})
		switch {
		case err != nil:
			return err
		case found == "":
			return record.Refuse("ACCOUNT_UNKNOWN", "没有编号是“"+id+"”的账号。请用 clerk list 核对；没有改动任何内容。")
		}
		return tx.drop(tableClerk, found)
	})
}

func tokenKey(token string) string {
	sum := sha256.Sum256([]byte("zhibu clerk " + token))
	return hex.EncodeToString(sum[:])
}

var (
	errClerk   = record.Refuse("CLERK_UNKNOWN", "账号不对。请用管理员发的令牌登录。")
	errClerkNo = record.Refuse("CLERK_FORBIDDEN", "这个账号没有做这件事的权限。请用有权限的账号；没有改动任何内容。")
)

func (s *Server) clerk(ctx context.Context, authorization string) (Clerk, error) {
	token, ok := strings.CutPrefix(authorization, "Bearer ")
	if !ok {
		return Clerk{}, errClerk
	}
	var c Clerk
	err := s.ledger.look(ctx, func(tx registryTx) (err error) {
		ok, err = load(tx, tableClerk, tokenKey(token), &c)
		return err
	})
	if err == nil && !ok {
		err = errClerk
	}
	return c, err
}

// mayTouch refuses a branch outside the clerk's street.
func (c Clerk) mayTouch(b Branch) error {
	if c.Role == ClerkStreet && c.Street != b.Street {
		return errBranchUnknown
	}
	return nil
}

func (s *Server) adminAddClerk(ctx context.Context, r *adminCall) (any, error) {
	var in Clerk
	if err := r.read(&in); err != nil {
		return nil, err
	}
	token, err := s.AddClerk(ctx, in)
	return struct {
		Token string `json:"token"`
	}{token}, err
}

func (s *Server) adminClerks(ctx context.Context, _ *adminCall) (any, error) { return s.Clerks(ctx) }

func (s *Server) adminRemoveClerk(ctx context.Context, r *adminCall) (any, error) {
	id := r.PathValue("clerk")
	return struct {
		Removed string `json:"removed"`
	}{id}, s.RemoveClerk(ctx, id)
}
