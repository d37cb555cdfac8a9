package server

import (
	"context"
	"slices"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Rulebook is what the server must know of the rules that a district may amend.
// Versions, and what the district adds to code lists, travel as records of its kinds in
// channel "codes".
type Rulebook interface {
	// Kinds are the kinds of record that carry them.
	Kinds() []string
	// Draft reads a version or a code list as a clerk writes it (JSON) and returns its
	// record, checked against those published before.
	Draft(body []byte, published []record.Record) (record.Record, error)
	// Show lists what may be set and what was published, for JSON.
	Show(published []record.Record) any
}

var errNoRules = record.Refuse("NO_RULES", "这个服务端没有带规则。请用 districtd 的正式版本。")

// versions returns the published versions of the rules and code lists.
func (s *Server) versions(ctx context.Context) (out []record.Record, err error) {
	if s.opt.Rulebook == nil {
		return nil, errNoRules
	}
	kinds := s.opt.Rulebook.Kinds()
	err = s.ledger.look(ctx, func(tx registryTx) error {
		hs, err := published(tx, sync.CodesChannel, func(h record.Holding) bool { return slices.Contains(kinds, h.Kind) })
		out = nil
		for _, h := range hs {
			out = append(out, record.Record{Kind: h.Kind, ID: h.ID, Values: valuesOf(h)})
		}
		return err
	})
	return out, err
}

// valuesOf returns what a record says, without the district's signatures.
func valuesOf(h record.Holding) record.Values {
	v := record.Values{}
	for path, reg := range h.Registers {
		if reg.Value != "" && !isSealPath(path) {
			v[path] = reg.Value
		}
	}
	return v
}

func (s *Server) adminRules(ctx context.Context, _ *adminCall) (any, error) {
	published, err := s.versions(ctx)
	if err != nil {
		return nil, err
	}
	return s.opt.Rulebook.Show(published), nil
}

func (s *Server) adminSetRules(ctx context.Context, r *adminCall) (any, error) {
	published, err := s.versions(ctx)
	if err != nil {
		return nil, err
	}
	version, err := s.opt.Rulebook.Draft(r.body, published)
	if err != nil {
		return nil, err
	}
	seq, err := s.Publish(ctx, sync.CodesChannel, Edit{Kind: version.Kind, Record: version.ID, Set: version.Values, By: r.clerk.Name})
	return struct {
		Seq uint64 `json:"seq"`
	}{seq}, err
}
