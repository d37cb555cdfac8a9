package server

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Edit is what the district itself writes into a record of a branch: an answer
// of the superior, a review item, a hand-over.
type Edit struct {
	Kind   string
	Record string // "": a new record
	Set    map[string]string
	By     string // who decided
	Why    string
	// Seal signs every value: laptops show it locked, and an op of a laptop on it
	// is refused from then on.
	Seal bool
	// Own are paths that are signed anyway.
	Own []string
	// Once makes the edit happen at most once: the same word never writes twice.
	Once string
}

// Write adds edits of the district to a branch's log and returns the ids of the
// records.
func (s *Server) Write(ctx context.Context, branch string, edits ...Edit) ([]string, error) {
	var ids []string
	err := s.ledger.update(ctx, branch, func(tx branchTx) error {
		ids = nil
		head, err := tx.head()
		if err != nil {
			return err
		}
		p := s.pushing(tx, head, Device{})
		for _, e := range edits {
			id, err := p.write(e)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return p.save()
	})
	return ids, err
}

// write places one edit of the district.
func (p *pushing) write(e Edit) (string, error) {
	if e.Record == "" {
		e.Record = p.names.id(24)
	}
	opID := p.names.id(24)
	if e.Once != "" {
		sum := sha256.Sum256([]byte(p.head.ID + "\x00" + e.Once))
		opID = hex.EncodeToString(sum[:16])
	}
	if err := p.need(e.Record, opID); err != nil || len(p.placed[opID]) > 0 {
		return e.Record, err
	}
	c := record.Change{Device: sync.DistrictDevice, N: p.head.DistrN + 1, Kind: e.Kind, Record: e.Record, ID: opID,
		Set: record.Values(e.Set).Clone(), Saw: map[string]string{}, By: e.By, Why: e.Why}
	c.Stamp = record.MakeStamp(p.now.UnixMilli(), 0)
	now := p.registers(e.Record)
	for _, path := range p.rules.Guards.Reads(c) { // what closes a record too: the district knows
		for _, at := range []string{path, record.SealPath(path)} {
			if r, ok := now[at]; ok {
				c.Saw[at] = r.Op
				c.Stamp = max(c.Stamp, r.Stamp+1)
			}
		}
	}
	p.seal.sign(p.head.ID, &c, now, func(path string) bool {
		return e.Seal || slices.Contains(e.Own, path) || p.rules.owns(e.Kind, path)
	})
	if no := wellFormed(c); no != nil {
		return "", record.Refuse(no.Code, no.Say)
	}
	body, err := c.Bytes()
	if err != nil {
		return "", fmt.Errorf("op of the district: %w", err)
	}
	clash, err := p.lay(c, c.Stamp)
	if err != nil {
		return "", err
	}
	p.head.DistrN++
	row := p.log(logged{Stamp: c.Stamp, Sender: sync.DistrictDevice, N: c.N, OpID: c.ID, Clash: clash, Body: body})
	p.answers = append(p.answers, answer{Device: sync.DistrictDevice, N: c.N, At: p.now.UnixMilli(), Row: &row})
	return e.Record, nil
}

// need loads a record and the rows of an op, unless they are there.
func (p *pushing) need(rec, op string) error {
	if p.records[rec] == nil {
		got, err := p.tx.records([]string{rec})
		if err != nil {
			return err
		}
		if got[rec] != nil {
			p.records[rec] = got[rec]
		}
	}
	if _, ok := p.placed[op]; !ok {
		got, err := p.tx.placed([]string{op})
		if err != nil {
			return err
		}
		p.placed[op] = got[op]
	}
	return nil
}
