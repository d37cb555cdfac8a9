package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"zhibu/storage/record"
	"zhibu/sync"
)

// pgBranch is a branchTx in PostgreSQL.
type pgBranch struct {
	ctx  context.Context
	tx   pgx.Tx
	id   string
	read Branch
}

// readHead reads the branch's row; in a writing transaction it locks it, which
// makes the order of numbers the order of commits.
func (t *pgBranch) readHead(lock string) error {
	var raw []byte
	err := t.tx.QueryRow(t.ctx, `SELECT head FROM branch WHERE branch_id = $1`+lock, t.id).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("branch %s: %w", t.id, errNoBranch)
	}
	if err != nil {
		return err
	}
	return record.Decode(raw, &t.read)
}

func (t *pgBranch) head() (Branch, error) { return t.read, nil }

func (t *pgBranch) setHead(head Branch) error {
	raw, err := record.Encode(head)
	if err != nil {
		return fmt.Errorf("branch %s: %w", t.id, err)
	}
	t.read = head
	_, err = t.tx.Exec(t.ctx, `UPDATE branch SET seq = $2, street_id = $3, head = $4 WHERE branch_id = $1`, t.id, int64(head.Seq), head.Street, raw)
	return err
}

func (t *pgBranch) device(id string) (d Device, ok bool, err error) {
	var raw []byte
	err = t.tx.QueryRow(t.ctx, `SELECT body FROM device WHERE branch_id = $1 AND device_id = $2`, t.id, id).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, false, nil
	}
	if err != nil {
		return d, false, err
	}
	return d, true, record.Decode(raw, &d)
}

func (t *pgBranch) devices() ([]Device, error) {
	rows, err := t.tx.Query(t.ctx, `SELECT body FROM device WHERE branch_id = $1 ORDER BY device_id COLLATE "C"`, t.id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, decoded[Device])
}

// decoded reads a row whose one column is CBOR.
func decoded[T any](row pgx.CollectableRow) (v T, err error) {
	var raw []byte
	if err := row.Scan(&raw); err != nil {
		return v, err
	}
	return v, record.Decode(raw, &v)
}

func (t *pgBranch) putDevice(d Device) error {
	raw, err := record.Encode(d)
	if err != nil {
		return fmt.Errorf("device %s: %w", d.ID, err)
	}
	_, err = t.tx.Exec(t.ctx, `INSERT INTO device (branch_id, device_id, role, last_n, revoked_at, body) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (branch_id, device_id) DO UPDATE SET role = excluded.role, last_n = excluded.last_n, revoked_at = excluded.revoked_at, body = excluded.body`,
		t.id, d.ID, d.Role, int64(d.LastN), d.Revoked, raw)
	return err
}

// clocks is the part of a record that its jsonb body does not hold: which op
// wrote which value.
type clocks struct {
	Ops []sync.OpRef   `cbor:"1,keyasint"`
	Of  map[string]int `cbor:"2,keyasint"`
}

func splitRecord(h record.Holding) (body, rest []byte, err error) {
	p := sync.PackHolding(h)
	values, c := make(map[string]string, len(p.Values)), clocks{Ops: p.Ops, Of: make(map[string]int, len(p.Values))}
	for path, cell := range p.Values {
		values[path], c.Of[path] = cell.Value, cell.Op
	}
	if body, err = json.Marshal(values); err != nil {
		return nil, nil, fmt.Errorf("record %s: %w", h.ID, err)
	}
	rest, err = record.Encode(c)
	return body, rest, err
}

func joinRecord(row pgx.CollectableRow) (h record.Holding, err error) {
	var id, kind string
	var body, rest []byte
	if err := row.Scan(&id, &kind, &body, &rest); err != nil {
		return h, err
	}
	var values map[string]string
	var c clocks
	if err := errors.Join(json.Unmarshal(body, &values), record.Decode(rest, &c)); err != nil {
		return h, fmt.Errorf("record %s: %w", id, err)
	}
	p := sync.Packed{Kind: kind, ID: id, Ops: c.Ops, Values: make(map[string]sync.Cell, len(values))}
	for path, value := range values {
		p.Values[path] = sync.Cell{Value: value, Op: c.Of[path]}
	}
	return p.Holding()
}

func (t *pgBranch) records(ids []string) (map[string]*record.Holding, error) {
	rows, err := t.tx.Query(t.ctx, `SELECT rec_id, kind, body, clocks FROM record WHERE branch_id = $1 AND rec_id = ANY($2)`, t.id, ids)
	if err != nil {
		return nil, err
	}
	hs, err := pgx.CollectRows(rows, joinRecord)
	out := make(map[string]*record.Holding, len(hs))
	for i := range hs {
		out[hs[i].ID] = &hs[i]
	}
	return out, err
}

func (t *pgBranch) putRecords(seq uint64, hs []*record.Holding) error {
	var ids, kinds, bodies []string
	var deleted []bool
	var rests [][]byte
	for _, h := range hs {
		body, rest, err := splitRecord(*h)
		if err != nil {
			return err
		}
		ids, kinds, bodies, rests = append(ids, h.ID), append(kinds, h.Kind), append(bodies, string(body)), append(rests, rest)
		deleted = append(deleted, h.Registers[record.DeletedPath].Value == "1")
	}
	_, err := t.tx.Exec(t.ctx, `INSERT INTO record (branch_id, rec_id, kind, seq, deleted, body, clocks)
		SELECT $1, u.id, u.kind, $2, u.deleted, u.body::jsonb, u.clocks
		FROM unnest($3::text[], $4::text[], $5::boolean[], $6::text[], $7::bytea[]) AS u (id, kind, deleted, body, clocks)
		ON CONFLICT (branch_id, rec_id) DO UPDATE SET kind = excluded.kind, seq = excluded.seq, deleted = excluded.deleted, body = excluded.body, clocks = excluded.clocks`,
		t.id, int64(seq), ids, kinds, deleted, bodies, rests)
	return err
}

// recordPage is how many records are read at once when all are visited.
const recordPage = 2000

func (t *pgBranch) eachRecord(visit func(record.Holding) error) error {
	after := ""
	for {
		rows, err := t.tx.Query(t.ctx, `SELECT rec_id, kind, body, clocks FROM record
			WHERE branch_id = $1 AND rec_id COLLATE "C" > $2 ORDER BY rec_id COLLATE "C" LIMIT $3`, t.id, after, recordPage)
		if err != nil {
			return err
		}
		hs, err := pgx.CollectRows(rows, joinRecord)
		if err != nil {
			return err
		}
		for _, h := range hs {
			if err := visit(h); err != nil {
				return err
			}
			after = h.ID
		}
		if len(hs) < recordPage {
			return nil
		}
	}
}

func (t *pgBranch) waiting(owner string, v any) error {
	var raw []byte
	err := t.tx.QueryRow(t.ctx, `SELECT body FROM waiting WHERE branch_id = $1 AND owner = $2`, t.id, owner).Scan(&raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return record.Decode(raw, v)
}

func (t *pgBranch) putWaiting(owner string, v any) error {
	raw, err := record.Encode(v)
	if err != nil {
		return fmt.Errorf("branch %s, %s: %w", t.id, owner, err)
	}
	_, err = t.tx.Exec(t.ctx, `INSERT INTO waiting (branch_id, owner, body) VALUES ($1, $2, $3)
		ON CONFLICT (branch_id, owner) DO UPDATE SET body = excluded.body`, t.id, owner, raw)
	return err
}

func (t *pgBranch) held(device string) (ops []heldOp, err error) {
	return ops, t.waiting(device, &ops)
}

func (t *pgBranch) putHeld(device string, ops []heldOp) error { return t.putWaiting(device, ops) }

func (t *pgBranch) jobs() (js []job, err error) { return js, t.waiting("jobs", &js) }

func (t *pgBranch) putJobs(js []job) error { return t.putWaiting("jobs", js) }
