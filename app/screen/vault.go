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
	// Restore puts a backup file into the empty folder; secret is the
	// passphrase or the recovery code it was made under.
	Restore(file, secret string) (Store, error)
	// Close drops the keys and closes the file. Closing twice is no error.
	Close() error
}

// Safe is a Vault that can copy itself.
type Safe interface {
	// Backup makes a verified copy: beside the data when folder is "", else there.
	// It returns the file.
	Backup(folder string) (file string, err error)
	// BackupIfDue makes the day's copy unless there is one.
	BackupIfDue() error
	// LastBackup returns when the newest copy beside the data was made, zero for
	// never.
	LastBackup() time.Time
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
	// Join enrols this laptop and returns the branch's name at the district.
	Join(ctx context.Context, s Store, server, code string) (branch string, err error)
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
	Files                              int // attachments carried either way
}

// String says what came and went: 区里收下 3 项，带回 2 项，附件 1 个.
func (o Outcome) String() string {
	text := "区里收下 " + number(o.Pushed) + " 项，带回 " + number(o.Pulled) + " 项"
	if o.Files > 0 {
		text += "，附件 " + number(o.Files) + " 个"
	}
	return text
}

// WrongPassphrase is the code of the store's refusal of a passphrase; every
// other refusal is shown in its own words.
const WrongPassphrase = "PASSPHRASE_WRONG"
