package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"zhibu/storage/record"
)

//go:embed schema.sql
var schema string

// pgLedger keeps a district in PostgreSQL.
type pgLedger struct {
	pool *pgxpool.Pool
	line atomic.Value // string: where the newest connection is, as readLine tells it
}

func openPostgres(address string) (*pgLedger, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, record.Wrap(err, "STORE_ADDRESS", "数据库地址看不懂。请写成 postgres://用户@主机/库名。")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := prepare(ctx, config.ConnConfig); err != nil {
		return nil, err
	}
	l := &pgLedger{}
	config.AfterConnect = l.readLine
	if l.pool, err = pgxpool.NewWithConfig(ctx, config); err == nil {
		err = l.pool.Ping(ctx)
	}
	if err != nil {
		return nil, record.Wrap(err, "STORE_UNUSABLE", "连不上数据库。请检查地址、账号和数据库是否在运行。")
	}
	return l, nil
}

var errRole = record.Refuse("STORE_ROLE", "这个数据库账号是超级用户，或有 BYPASSRLS 权限，支部之间的行级隔离管不住它。请另建普通账号，把库和表交给它所有，再用它连接；没有改动任何内容。")

// prepare looks at the account, which must be one that row security binds, and
// makes the tables.
func prepare(ctx context.Context, config *pgx.ConnConfig) error {
	c, err := pgx.ConnectConfig(ctx, config)
	unbound := false
	if err == nil {
		err = c.QueryRow(ctx, `SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user`).Scan(&unbound)
		if err == nil && !unbound {
			err = migrate(ctx, c)
		}
		err = errors.Join(err, c.Close(ctx))
	}
	switch {
	case err != nil:
		return record.Wrap(err, "STORE_UNUSABLE", "连不上数据库，或建表没有成功。请检查地址、账号和权限（PostgreSQL 15 以上），并看数据库是否在运行。")
	case unbound:
		return errRole
	}
	return nil
}

// settingSchema is the hash of the schema that was made last.
const settingSchema = "schema"

// migrate makes what is missing, unless this very schema was made before: its
// statements wait for whoever reads a table, a nightly dump too, and others wait
// for them. Two servers may start at once: the loser of a race tries again and
// finds everything made.
func migrate(ctx context.Context, c *pgx.Conn) error {
	sum := sha256.Sum256([]byte(schema))
	var made []byte
	err := c.QueryRow(ctx, `SELECT value FROM setting WHERE key = $1`, settingSchema).Scan(&made)
	var pg *pgconn.PgError
	switch {
	case err == nil && bytes.Equal(made, sum[:]):
		return nil
	case err == nil, errors.Is(err, pgx.ErrNoRows), errors.As(err, &pg) && pg.Code == "42P01": // no such table
	default:
		return err
	}
	return retry(ctx, func() error {
		return pgx.BeginFunc(ctx, c, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, schema); err != nil {
				return err
			}
			return pgRegistry{ctx, tx, ""}.put(tableSetting, settingSchema, sum[:])
		})
	})
}

// readLine learns which line of history a new connection is on: recovery to a
// point in time begins a new timeline, a dump in a new cluster has another
// system identifier (sync.md §6), and one in the old cluster makes the tables
// anew, under another number. All of them need new connections. CockroachDB knows
// neither of the first two; there every restore makes the tables anew.
func (l *pgLedger) readLine(ctx context.Context, c *pgx.Conn) error {
	var system int64
	var timeline int32
	var table uint32
	if err := c.QueryRow(ctx, `SELECT 'op'::regclass::oid`).Scan(&table); err != nil {
		return fmt.Errorf("history of the tables: %w", err)
	}
	err := c.QueryRow(ctx, `SELECT s.system_identifier, c.timeline_id FROM pg_control_system() s, pg_control_checkpoint() c`).Scan(&system, &timeline)
	if err != nil && !unknownFunction(err) {
		return fmt.Errorf("history of the database: %w", err)
	}
	l.line.Store(fmt.Sprintf("pg %d %d %d", system, timeline, table))
	return nil
}

// unknownFunction reports whether the engine lacks what a statement called.
func unknownFunction(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "42883" || pg.Code == "0A000") // undefined_function, feature_not_supported
}

func (l *pgLedger) history(ctx context.Context) (string, error) {
	if line, ok := l.line.Load().(string); ok {
		return line, nil
	}
	return "", errors.New("no connection yet")
}

// retries of a transaction that lost a race.
const retries = 8

// retry runs fn again when the database says that only the order was unlucky.
func retry(ctx context.Context, fn func() error) error {
	for try := 0; ; try++ {
		err := fn()
		var pg *pgconn.PgError
		if err == nil || try == retries || !errors.As(err, &pg) || ctx.Err() != nil {
			return err
		}
		switch pg.Code {
		case "40001", "40P01", "23505", "42P07", "42710", "XX000":
		default:
			return err
		}
	}
}

// within runs fn in a transaction that can only see one branch.
func (l *pgLedger) within(ctx context.Context, branch string, opt pgx.TxOptions, fn func(pgx.Tx) error) error {
	return retry(ctx, func() error {
		return pgx.BeginTxFunc(ctx, l.pool, opt, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, `SELECT set_config('app.branch', $1, true)`, branch); err != nil {
				return err
			}
			return fn(tx)
		})
	})
}

func (l *pgLedger) update(ctx context.Context, branch string, fn func(branchTx) error) error {
	return l.within(ctx, branch, pgx.TxOptions{}, func(tx pgx.Tx) error {
		t := &pgBranch{ctx: ctx, tx: tx, id: branch}
		if err := t.readHead(" FOR UPDATE"); err != nil {
			return err
		}
		return fn(t)
	})
}

func (l *pgLedger) view(ctx context.Context, branch string, fn func(branchTx) error) error {
	return l.within(ctx, branch, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		t := &pgBranch{ctx: ctx, tx: tx, id: branch}
		if err := t.readHead(""); err != nil {
			return err
		}
		return fn(t)
	})
}

func (l *pgLedger) registry(ctx context.Context, fn func(registryTx) error) error {
	return l.within(ctx, "*", pgx.TxOptions{}, func(tx pgx.Tx) error { return fn(pgRegistry{ctx, tx, " FOR UPDATE"}) })
}

func (l *pgLedger) look(ctx context.Context, fn func(registryTx) error) error {
	return l.within(ctx, "*", pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error { return fn(pgRegistry{ctx, tx, ""}) })
}

var errBackupPostgres = record.Refuse("BACKUP_POSTGRES", "PostgreSQL 的备份请用 pg_dump 或数据库自己的备份。没有写备份。")

func (l *pgLedger) backup(context.Context, io.Writer) error {
	return errBackupPostgres
}

func (l *pgLedger) close() error {
	l.pool.Close()
	return nil
}
