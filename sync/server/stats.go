package server

import (
	"context"
	"fmt"
	"maps"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Tally counts one branch: what a district wants to know of it, by name of the
// figure. It is given every record of the branch, and the published versions of the
// rules.
type Tally func(b Branch, records []record.Holding, rules []record.Record) (map[string]int64, error)

// Stats are the district's figures: in all, and by branch, street and industry.
type Stats struct {
	Total    map[string]int64            `json:"total"`
	Branch   map[string]map[string]int64 `json:"branch"`
	Street   map[string]map[string]int64 `json:"street"`
	Industry map[string]map[string]int64 `json:"industry"`
	// Names are what the branches are called, by id.
	Names map[string]string `json:"names"`
	// Counted is how many branches had to be counted anew.
	Counted int `json:"counted"`
}

// figure is what one branch was counted to at a place of its log, on a day (due dates
// move figures too), by the rules as published up to a row.
type figure struct {
	Seq    uint64           `cbor:"1,keyasint"`
	Day    string           `cbor:"2,keyasint"`
	Counts map[string]int64 `cbor:"3,keyasint"`
	Rules  uint64           `cbor:"4,keyasint,omitempty"`
}

// Stats sums the branches a clerk may see. Only branches whose log, day or rules moved
// since the last time are counted anew: work grows with changes, not with data.
func (s *Server) Stats(ctx context.Context, clerk Clerk) (Stats, error) {
	out := Stats{Total: map[string]int64{}, Branch: map[string]map[string]int64{}, Names: map[string]string{},
		Street: map[string]map[string]int64{}, Industry: map[string]map[string]int64{}}
	if s.opt.Tally == nil {
		return out, record.Refuse("NO_TALLY", "这个服务端没有带统计规则。请用 districtd 的正式版本。")
	}
	branches, err := s.Branches(ctx)
	if err != nil {
		return out, err
	}
	known, err := s.knownFigures(ctx)
	if err != nil {
		return out, err
	}
	rules, err := s.ruling(ctx)
	if err != nil {
		return out, err
	}
	for _, b := range branches {
		if clerk.mayTouch(b) != nil {
			continue
		}
		counts, fresh, err := s.count(ctx, b, known[b.ID], rules)
		if err != nil {
			return out, err
		}
		if fresh {
			out.Counted++
		}
		out.Branch[b.ID], out.Names[b.ID] = counts, b.Name
		add(out.Total, counts)
		addTo(out.Street, b.Street, counts)
		addTo(out.Industry, b.Industry, counts)
	}
	return out, nil
}

func (s *Server) knownFigures(ctx context.Context) (map[string]figure, error) {
	known := map[string]figure{}
	err := s.ledger.look(ctx, func(tx registryTx) error {
		return tx.each(tableFigure, "", "", func(key string, raw []byte) (bool, error) {
			var f figure
			err := record.Decode(raw, &f)
			known[key] = f
			return true, err
		})
	})
	return known, err
}

// ruling is what figures are counted by.
type ruling struct {
	seq      uint64 // of the newest row among the codes
	versions []record.Record
}

func (s *Server) ruling(ctx context.Context) (r ruling, err error) {
	if s.opt.Rulebook == nil {
		return r, nil
	}
	heads, err := s.channelHeads(ctx)
	if err != nil {
		return r, err
	}
	r.seq = heads[sync.CodesChannel]
	r.versions, err = s.versions(ctx)
	return r, err
}

// count returns the figures of a branch, from what is known if it still holds.
func (s *Server) count(ctx context.Context, b Branch, known figure, rules ruling) (map[string]int64, bool, error) {
	day := record.DateOf(s.opt.Now()).String()
	var hs []record.Holding
	fresh := false
	var head Branch
	err := s.ledger.view(ctx, b.ID, func(tx branchTx) (err error) {
		if head, err = tx.head(); err != nil || known.Seq == head.Seq && known.Day == day && known.Rules == rules.seq {
			return err
		}
		fresh, hs = true, nil
		return tx.eachRecord(func(h record.Holding) error {
			hs = append(hs, h)
			return nil
		})
	})
	if err != nil || !fresh {
		return known.Counts, false, err
	}
	counts, err := s.opt.Tally(head, hs, rules.versions)
	if err != nil {
		return nil, false, fmt.Errorf("branch %s: %w", b.ID, err)
	}
	return counts, true, s.ledger.registry(ctx, func(tx registryTx) error {
		return save(tx, tableFigure, b.ID, figure{Seq: head.Seq, Day: day, Counts: counts, Rules: rules.seq})
	})
}

func add(sum, counts map[string]int64) {
	for name, n := range counts {
		sum[name] += n
	}
}

func addTo(groups map[string]map[string]int64, name string, counts map[string]int64) {
	if name == "" {
		name = "未分"
	}
	if groups[name] == nil {
		groups[name] = maps.Clone(counts)
		return
	}
	add(groups[name], counts)
}

func (s *Server) adminStats(ctx context.Context, r *adminCall) (any, error) {
	return s.Stats(ctx, r.clerk)
}
