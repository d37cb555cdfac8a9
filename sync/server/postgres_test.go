package server_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"zhibu/storage/record"
	"zhibu/sync/server"
	"zhibu/sync/server/pgtest"
)

// A command neither waits for the nightly dump, which holds every table open, nor
// lets a serving district wait behind itself.
func TestCommandsBesideADump(t *testing.T) {
	store := pgtest.Start(t).Database("dumped")
	w := open(t, store, server.Options{})
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, store)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	dump, err := pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dump.Rollback(ctx); err != nil {
			t.Error(err)
		}
	})
	if _, err := dump.Exec(ctx, "LOCK TABLE branch, record, op, device, waiting, blob_ref, purged, setting IN ACCESS SHARE MODE"); err != nil {
		t.Fatal(err)
	}
	beside := open(t, store, server.Options{})
	if _, err := beside.AddBranch(ctx, server.Branch{Name: "甲支部"}); err != nil {
		t.Error(err)
	}
	if _, err := w.FindBranch(ctx, "甲支部"); err != nil {
		t.Error(err)
	}
}

// A district is not opened as somebody whom row security does not bind.
func TestRowSecurityMustBind(t *testing.T) {
	pg := pgtest.Start(t)
	store := pg.Database("loose")
	pg.SQL("CREATE ROLE passing LOGIN BYPASSRLS")
	for _, role := range []string{"postgres", "passing"} {
		s, err := server.Open(strings.Replace(store, "district@", role+"@", 1), server.Options{})
		if record.CodeOf(err) != "STORE_ROLE" {
			t.Errorf("as %s: %v", role, err)
		}
		if err == nil {
			t.Error(s.Close())
		}
	}
	if made := pg.In("loose", "SELECT to_regclass('record')"); strings.TrimSpace(made) != "" {
		t.Errorf("made %s all the same", made)
	}
	open(t, store, server.Options{})
}
