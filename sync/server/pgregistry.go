package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// pgRegistry is a registryTx in PostgreSQL.
type pgRegistry struct {
	ctx  context.Context
	tx   pgx.Tx
	lock string // how a row that is read to be changed is kept from others
}

// sqlTable maps a table of the registry to its own in SQL.
func sqlTable(table string) (string, error) {
	switch table {
	case tableInvite, tableNotice, tableFigure, tableClerk, tableSetting:
		return table, nil
	case tablePerson:
		return "person_key", nil
	case tableSerial:
		return "serial_key", nil
	}
	return "", fmt.Errorf("no table %q", table)
}

func (r pgRegistry) get(table, key string) ([]byte, error) {
	query := `SELECT head FROM branch WHERE branch_id = $1` + r.lock
	if table != tableBranch {
		name, err := sqlTable(table)
		if err != nil {
			return nil, err
		}
		query = `SELECT value FROM ` + name + ` WHERE key = $1` + r.lock
	}
	var value []byte
	err := r.tx.QueryRow(r.ctx, query, key).Scan(&value)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return value, err
}

func (r pgRegistry) put(table, key string, value []byte) error {
	query := `INSERT INTO branch (branch_id, head) VALUES ($1, $2) ON CONFLICT (branch_id) DO UPDATE SET head = excluded.head`
	if table != tableBranch {
		name, err := sqlTable(table)
		if err != nil {
			return err
		}
		query = `INSERT INTO ` + name + ` (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`
	}
	_, err := r.tx.Exec(r.ctx, query, key, value)
	return err
}

func (r pgRegistry) add(table, key string, value []byte) error {
	name, err := sqlTable(table)
	if err != nil {
		return err
	}
	_, err = r.tx.Exec(r.ctx, `INSERT INTO `+name+` (key, value) VALUES ($1, $2)`, key, value)
	return err
}

func (r pgRegistry) drop(table, key string) error {
	name, err := sqlTable(table)
	if err != nil {
		return err
	}
	_, err = r.tx.Exec(r.ctx, `DELETE FROM `+name+` WHERE key = $1`, key)
	return err
}

// registryPage is how many rows of a table are read at once.
const registryPage = 2000

func (r pgRegistry) each(table, prefix, after string, visit func(string, []byte) (bool, error)) error {
	query := `SELECT branch_id AS key, head AS value FROM branch WHERE starts_with(branch_id, $1) AND branch_id COLLATE "C" > $2 ORDER BY branch_id COLLATE "C" LIMIT $3`
	if table != tableBranch {
		name, err := sqlTable(table)
		if err != nil {
			return err
		}
		query = `SELECT key, value FROM ` + name + ` WHERE starts_with(key, $1) AND key COLLATE "C" > $2 ORDER BY key COLLATE "C" LIMIT $3`
	}
	type entry struct {
		Key   string
		Value []byte
	}
	for {
		rows, err := r.tx.Query(r.ctx, query, prefix, after, registryPage)
		if err != nil {
			return err
		}
		page, err := pgx.CollectRows(rows, pgx.RowToStructByName[entry])
		if err != nil {
			return err
		}
		for _, e := range page {
			if more, err := visit(e.Key, e.Value); err != nil || !more {
				return err
			}
			after = e.Key
		}
		if len(page) < registryPage {
			return nil
		}
	}
}
