// Package storage keeps a branch's registers in one encrypted bbolt file per data
// folder. Everything is decrypted into memory when the store opens; afterwards
// reads never touch the disk and every write goes through one door (commit.go).
//
// Files of a data folder:
//
//	zhibu.db       the database: a plain header, everything else sealed
//	zhibu.journal  second copy of what is not yet acknowledged and backed up
//	zhibu.side     store id, last op number, key header: tells a lost or old file
//	zhibu.tries    wrong passphrases in a row
//	backups/       verified copies (see Backup)
//
// A save syncs three times: the journal, then the pages, then the meta page. Plain
// bbolt syncs twice, so one and a half times its cost is the floor; none of the
// three can go without one copy of what was acknowledged, or the order that keeps
// the file whole, going too.
//
// Compact, Rekey and Handover write everything into a new file beside while saves
// go on (rewrite.go); nothing is ever rewritten in place.
//
// What a person sees is the base (what the district confirmed; in a branch
// without a district, everything saved) with the pending ops laid over it.
package storage

const (
	dbName      = "zhibu.db"
	journalName = "zhibu.journal"
	sideName    = "zhibu.side"
	triesName   = "zhibu.tries"
	backupsName = "backups"

	// Format is the version of the file format this program writes.
	Format = 1
	// Schema is the version of the data model, written into every op.
	Schema = 1
)

// Buckets of the database. Only head is not sealed; the keys of the others are
// numbers or keyed hashes.
const (
	bHead    = "head"    // format, vault header
	bState   = "state"   // one value: state
	bRec     = "rec"     // HMAC(kind, id) → row: the confirmed base; ‖ ordinal → logRow: its newer history
	bSeg     = "seg"     // first ordinal → compressed segment of history
	bOut     = "out"     // op number → outRow: pending ops
	bRefused = "refused" // HMAC(op id) → Refusal
	bDraft   = "draft"   // HMAC(draft key) → record.Draft
	bLocal   = "local"   // HMAC(setting) → localRow
	bAudit   = "audit"   // number → auditRow
	bFile    = "file"    // HMAC(sha) → fileRow: attachments
	bBlob    = "blob"    // HMAC(sha) ‖ part number → bytes
)

func buckets() []string {
	return []string{bHead, bState, bRec, bSeg, bOut, bRefused, bDraft, bLocal, bAudit, bFile, bBlob}
}

// sealedBuckets are those whose number of values and tags are summed in state,
// so that a value that silently disappeared or went back is noticed.
func sealedBuckets() []string { return buckets()[2:] }

var (
	keyFormat = []byte("format")
	keyVault  = []byte("vault")
	keyState  = []byte("state")
)
