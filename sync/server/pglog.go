package server

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"zhibu/storage/record"
)

// The branch's log in PostgreSQL: one row an op, with a number if it was taken.

func (t *pgBranch) answers(device string, from, to uint64) (map[uint64]answer, error) {
	rows, err := t.tx.Query(t.ctx, `SELECT answer FROM op WHERE branch_id = $1 AND device_id = $2 AND n BETWEEN $3 AND $4`,
		t.id, device, int64(from), int64(to))
	if err != nil {
		return nil, err
	}
	as, err := pgx.CollectRows(rows, decoded[answer])
	out := make(map[uint64]answer, len(as))
	for _, a := range as {
		out[a.N] = a
	}
	return out, err
}

func (t *pgBranch) putAnswers(as []answer) error {
	var devices []string
	var ns, ats []int64
	var raws, bodies [][]byte
	var seqs, stamps, olds []*int64
	var ops, lines []*string
	var clashes []*bool
	for _, a := range as {
		raw, err := record.Encode(a)
		if err != nil {
			return fmt.Errorf("branch %s, answer %d: %w", t.id, a.N, err)
		}
		devices, ns, ats, raws = append(devices, a.Device), append(ns, int64(a.N)), append(ats, a.At), append(raws, raw)
		var seq, stamp, old *int64
		var op, line *string
		var clash *bool
		var body []byte
		if r := a.Row; r != nil {
			seq, stamp, old = signed(r.Seq), signed(uint64(r.Stamp)), signed(r.Old)
			op, clash, body, line = &r.OpID, &r.Clash, r.Body, &r.Line
		}
		seqs, stamps, olds = append(seqs, seq), append(stamps, stamp), append(olds, old)
		ops, clashes, bodies = append(ops, op), append(clashes, clash), append(bodies, body)
		lines = append(lines, line)
	}
	_, err := t.tx.Exec(t.ctx, `INSERT INTO op (branch_id, device_id, n, answer, at, seq, stamp, op_id, clash, old, body, line)
		SELECT $1, u.* FROM unnest($2::text[], $3::bigint[], $4::bytea[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::boolean[], $10::bigint[], $11::bytea[], $12::text[]) AS u`,
		t.id, devices, ns, raws, ats, seqs, stamps, ops, clashes, olds, bodies, lines)
	return err
}

// signed carries 64 bits in the database's signed integer; nothing is compared
// there but numbers far below the sign.
func signed(n uint64) *int64 {
	i := int64(n)
	return &i
}

const loggedColumns = `SELECT seq, stamp, device_id, n, op_id, clash, old, body, line FROM op WHERE branch_id = $1 AND `

func readLogged(row pgx.CollectableRow) (r logged, err error) {
	var seq, stamp, n, old int64
	err = row.Scan(&seq, &stamp, &r.Sender, &n, &r.OpID, &r.Clash, &old, &r.Body, &r.Line)
	r.Seq, r.Stamp, r.N, r.Old = uint64(seq), record.Stamp(stamp), uint64(n), uint64(old)
	return r, err
}

func (t *pgBranch) rows(after uint64, most int) ([]logged, error) {
	if after >= t.read.Seq {
		return nil, nil // nothing newer: no need to ask
	}
	rows, err := t.tx.Query(t.ctx, loggedColumns+`seq > $2 ORDER BY seq LIMIT $3`, t.id, int64(after), most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, readLogged)
}

func (t *pgBranch) placed(opIDs []string) (map[string][]logged, error) {
	rows, err := t.tx.Query(t.ctx, loggedColumns+`op_id = ANY($2) ORDER BY seq`, t.id, opIDs)
	if err != nil {
		return nil, err
	}
	all, err := pgx.CollectRows(rows, readLogged)
	out := map[string][]logged{}
	for _, r := range all {
		out[r.OpID] = append(out[r.OpID], r)
	}
	return out, err
}

func (t *pgBranch) hasBlob(sha string) (has bool, err error) {
	err = t.tx.QueryRow(t.ctx, `SELECT EXISTS (SELECT 1 FROM blob_ref WHERE branch_id = $1 AND sha256 = $2)`, t.id, sha).Scan(&has)
	return has, err
}

func (t *pgBranch) blobs() ([]blobRef, error) {
	rows, err := t.tx.Query(t.ctx, `SELECT sha256, size, at, loose FROM blob_ref WHERE branch_id = $1 ORDER BY sha256 COLLATE "C"`, t.id)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[blobRef])
}

func (t *pgBranch) putBlob(ref blobRef) error {
	_, err := t.tx.Exec(t.ctx, `INSERT INTO blob_ref (branch_id, sha256, size, at, loose) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (branch_id, sha256) DO UPDATE SET size = excluded.size, at = excluded.at, loose = excluded.loose`,
		t.id, ref.SHA, ref.Size, ref.At, ref.Loose)
	return err
}

func (t *pgBranch) dropBlob(sha string) error {
	_, err := t.tx.Exec(t.ctx, `DELETE FROM blob_ref WHERE branch_id = $1 AND sha256 = $2`, t.id, sha)
	return err
}

func (t *pgBranch) purge(ids []string, rows []uint64, at int64) error {
	seqs := make([]int64, len(rows))
	for i, seq := range rows {
		seqs[i] = int64(seq)
	}
	var b pgx.Batch
	b.Queue(`DELETE FROM record WHERE branch_id = $1 AND rec_id = ANY($2)`, t.id, ids)
	b.Queue(`INSERT INTO purged (branch_id, rec_id, at) SELECT $1, unnest($2::text[]), $3 ON CONFLICT (branch_id, rec_id) DO NOTHING`, t.id, ids, at)
	b.Queue(`UPDATE op SET seq = NULL, stamp = NULL, op_id = NULL, clash = NULL, old = NULL, body = NULL, line = NULL
		WHERE branch_id = $1 AND seq = ANY($2)`, t.id, seqs)
	return t.tx.SendBatch(t.ctx, &b).Close()
}

func (t *pgBranch) purged(ids []string) (map[string]bool, error) {
	rows, err := t.tx.Query(t.ctx, `SELECT rec_id FROM purged WHERE branch_id = $1 AND rec_id = ANY($2)`, t.id, ids)
	if err != nil {
		return nil, err
	}
	gone, err := pgx.CollectRows(rows, pgx.RowTo[string])
	out := make(map[string]bool, len(gone))
	for _, id := range gone {
		out[id] = true
	}
	return out, err
}
