-- The district in PostgreSQL 15 and later. Rules that keep it portable to Citus,
-- YugabyteDB and CockroachDB (design/sync.md §10): every key begins with
-- branch_id, one transaction touches one branch, no sequences, triggers,
-- listeners, advisory or table locks, no deferrable constraints. The tables at
-- the end belong to no branch: they are reference tables, written in
-- transactions of their own.

CREATE TABLE IF NOT EXISTS branch (
    branch_id text   PRIMARY KEY,
    street_id text   NOT NULL DEFAULT '',
    seq       bigint NOT NULL DEFAULT 0,
    head      bytea  NOT NULL
);

CREATE TABLE IF NOT EXISTS record (
    branch_id text    NOT NULL,
    rec_id    text    NOT NULL,
    kind      text    NOT NULL,
    seq       bigint  NOT NULL,
    deleted   boolean NOT NULL,
    body      jsonb   NOT NULL,
    clocks    bytea   NOT NULL,
    PRIMARY KEY (branch_id, rec_id)
) WITH (fillfactor = 80); -- a changed record stays on its page
DROP INDEX IF EXISTS record_seq; -- nothing asks by it, and every change had to write it

CREATE TABLE IF NOT EXISTS op (
    branch_id text   NOT NULL,
    device_id text   NOT NULL,
    n         bigint NOT NULL,
    answer    bytea  NOT NULL,
    at        bigint NOT NULL,
    seq       bigint,
    stamp     bigint,
    op_id     text,
    clash     boolean,
    old       bigint,
    body      bytea,
    line      text,
    PRIMARY KEY (branch_id, device_id, n)
);
CREATE INDEX IF NOT EXISTS op_seq ON op (branch_id, seq);
CREATE INDEX IF NOT EXISTS op_id ON op (branch_id, op_id);

CREATE TABLE IF NOT EXISTS device (
    branch_id  text   NOT NULL,
    device_id  text   NOT NULL,
    role       text   NOT NULL,
    last_n     bigint NOT NULL,
    revoked_at bigint NOT NULL,
    body       bytea  NOT NULL,
    PRIMARY KEY (branch_id, device_id)
);

CREATE TABLE IF NOT EXISTS waiting (
    branch_id text  NOT NULL,
    owner     text  NOT NULL, -- a device with ops held back, or "jobs"
    body      bytea NOT NULL,
    PRIMARY KEY (branch_id, owner)
);

CREATE TABLE IF NOT EXISTS blob_ref (
    branch_id text   NOT NULL,
    sha256    text   NOT NULL,
    size      bigint NOT NULL,
    at        bigint NOT NULL,
    loose     bigint NOT NULL DEFAULT 0, -- since when no record names it
    PRIMARY KEY (branch_id, sha256)
);
ALTER TABLE blob_ref ADD COLUMN IF NOT EXISTS loose bigint NOT NULL DEFAULT 0;

-- Records erased two years after their deletion; only that they were is kept.
CREATE TABLE IF NOT EXISTS purged (
    branch_id text   NOT NULL,
    rec_id    text   NOT NULL,
    at        bigint NOT NULL,
    PRIMARY KEY (branch_id, rec_id)
);

-- Second belt: even a statement that forgot its branch sees one branch only.
ALTER TABLE branch   ENABLE ROW LEVEL SECURITY;
ALTER TABLE record   ENABLE ROW LEVEL SECURITY;
ALTER TABLE op       ENABLE ROW LEVEL SECURITY;
ALTER TABLE device   ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiting  ENABLE ROW LEVEL SECURITY;
ALTER TABLE blob_ref ENABLE ROW LEVEL SECURITY;
ALTER TABLE purged   ENABLE ROW LEVEL SECURITY;
ALTER TABLE branch   FORCE ROW LEVEL SECURITY;
ALTER TABLE record   FORCE ROW LEVEL SECURITY;
ALTER TABLE op       FORCE ROW LEVEL SECURITY;
ALTER TABLE device   FORCE ROW LEVEL SECURITY;
ALTER TABLE waiting  FORCE ROW LEVEL SECURITY;
ALTER TABLE blob_ref FORCE ROW LEVEL SECURITY;
ALTER TABLE purged   FORCE ROW LEVEL SECURITY;

DROP POLICY IF EXISTS own ON branch;
DROP POLICY IF EXISTS own ON record;
DROP POLICY IF EXISTS own ON op;
DROP POLICY IF EXISTS own ON device;
DROP POLICY IF EXISTS own ON waiting;
DROP POLICY IF EXISTS own ON blob_ref;
DROP POLICY IF EXISTS own ON purged;
CREATE POLICY own ON branch   USING (branch_id = current_setting('app.branch', true) OR current_setting('app.branch', true) = '*');
CREATE POLICY own ON record   USING (branch_id = current_setting('app.branch', true));
CREATE POLICY own ON op       USING (branch_id = current_setting('app.branch', true));
CREATE POLICY own ON device   USING (branch_id = current_setting('app.branch', true));
CREATE POLICY own ON waiting  USING (branch_id = current_setting('app.branch', true));
CREATE POLICY own ON blob_ref USING (branch_id = current_setting('app.branch', true));
CREATE POLICY own ON purged   USING (branch_id = current_setting('app.branch', true));

CREATE TABLE IF NOT EXISTS invite     (key text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE IF NOT EXISTS notice     (key text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE IF NOT EXISTS person_key (key text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE IF NOT EXISTS serial_key (key text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE IF NOT EXISTS figure     (key text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE IF NOT EXISTS clerk      (key text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE IF NOT EXISTS setting    (key text PRIMARY KEY, value bytea NOT NULL);
