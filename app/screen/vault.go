package screen

import (
	"context"
	"time"

	"zhibu/storage/record"
)

// Vault is the data folder of one branch as the session sees it. Its verbs are
// slow (keys are derived on purpose slowly) and run through the Runner.
type Vault interface {
	Exists() bool
	Create(passphrase string) (store Store, recoveryCode string, err error)
	Open(passphrase string) (Store, error)
	OpenWithCode(code, newPassphrase string) (Store, error)
	// Restore makes the book anew from a backup file and merges what came later;
	// what was there is kept beside. secret is the passphrase or the recovery code.
	// Without a file the book is made anew from the journal of changes alone.
	Restore(file, secret string) (Store, Restored, error)
	// Close drops the keys and closes the file. Closing twice is no error.
	Close() error
}

// Restored tells what a restore brought.
type Restored struct {
	Merged  int    // changes after the backup that were brought back
	Missing int    // changes of which nothing is left
	Kept    string // where the file that was there is kept, "" if there was none
}

// Safe is a Vault that looks after its file while it is open.
type Safe interface {
	// Backup makes a verified copy: beside the data when folder is "", else there.
	// It returns the file.
	Backup(folder string) (file string, err error)
	// Housekeep makes the day's copy unless there is one, and drops and compacts what
	// has gathered; a folder that was closed meanwhile is left for the next time.
	Housekeep(ctx context.Context) error
	// Copies lists the copies beside the data when folder is "", else those there,
	// newest first.
	Copies(folder string) ([]Copy, error)
	// Look verifies a copy and tells what it holds.
	Look(file, secret string) (Holds, error)
	// Check reads everything and holds it against its seals and chains.
	Check(ctx context.Context, progress Progress) (Health, error)
	// Rekey seals everything anew under a new passphrase and recovery code.
	Rekey(ctx context.Context, passphrase string, progress Progress) (recoveryCode string, err error)
	// NewCode voids the recovery code and returns another; passphrase is the one in
	// force.
	NewCode(passphrase string) (recoveryCode string, err error)
	// HandOver writes everything into a sealed file for the next secretary; from
	// then on this book can only be read, until TakeBack.
	HandOver(ctx context.Context, file, passphrase string, progress Progress) (recoveryCode string, err error)
	TakeBack() error
	// HandedOver tells until when a book that was handed over may be looked at.
	HandedOver() (until time.Time, ok bool)
	// Failed reports whether the file refuses with MustRestart until Restart.
	Failed() bool
	Restart() error
}

// Copy is a backup file.
type Copy struct {
	File   string
	Reason string // daily, manual, import …
	At     time.Time
	Size   int64
}

// Holds is what a copy holds.
type Holds struct {
	Counts  map[string]int // live records by kind
	Pending int            // changes the district had not confirmed
	Drafts  int
	Last    time.Time // newest change
	Later   int       // changes after it that a restore brings back
}

// Health is what a check found.
type Health struct {
	OK                                     bool
	Records, History, Drafts, Audit, Files int
	Bytes                                  int64
	Problems                               []string
}

// Refusal is a change the district did not take. It changes nothing any more but
// is kept until a person sends it again or gives it up.
type Refusal struct {
	Change record.Change
	Say    string // the district's sentence
	Field  string // path concerned, "" for the change as a whole
}

// Refuser is a Vault that keeps what the district refused.
type Refuser interface {
	Refused() []Refusal // oldest first
	// Resend sends values, usually mended, as a new change of the same record and
	// drops the refused one.
	Resend(op string, set record.Values) error
	DropRefused(op string) error
}

// District is how the screens reach the district; main wires it.
type District interface {
	// Admit hands in an invitation and returns what the district makes of this laptop.
	// The books are of no branch of the district before Enrol.
	Admit(ctx context.Context, server, code string) (record.Enrolment, error)
	// Enrol joins the branch of the district that e names.
	Enrol(s Store, e record.Enrolment) error
	// Sync exchanges changes once.
	Sync(ctx context.Context, s Store) (Outcome, error)
}

// Bundler is a District that also speaks by sealed files on a USB stick.
type Bundler interface {
	// Pack writes the waiting changes into a sealed file in folder and returns it.
	Pack(ctx context.Context, s Store, folder string) (file string, err error)
	// Unpack takes in the district's sealed answers for this laptop in a folder, or
	// one file.
	Unpack(ctx context.Context, s Store, place string) (Outcome, error)
}

// Outcome is what one exchange did.
type Outcome struct {
	Pushed, Pulled, Conflicts, Refused int
	Files                              int    // attachments carried either way
	FilesLeft                          int    // attachments that could not be; tried again the next time
	FilesWhy                           string // why, of the first of them
}

// String says what came and went: 区里收下 3 项，带回 2 项，附件 1 个.
func (o Outcome) String() string {
	text := "区里收下 " + number(o.Pushed) + " 项，带回 " + number(o.Pulled) + " 项"
	if o.Files > 0 {
		text += "，附件 " + number(o.Files) + " 个"
	}
	if o.FilesLeft > 0 {
		text += "，附件待传 " + number(o.FilesLeft) + " 个"
	}
	return text
}

// WrongPassphrase is the code of the store's refusal of a passphrase; every
// other refusal is shown in its own words.
const WrongPassphrase = "PASSPHRASE_WRONG"

// MustRestart is the code of the store's refusal after the disk failed under it.
const MustRestart = "RESTART"
