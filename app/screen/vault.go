package screen

import "context"

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

// District is how the screens reach the district; main wires it.
type District interface {
	// Join enrols this laptop and returns the branch's name at the district.
	Join(ctx context.Context, s Store, server, code string) (branch string, err error)
	// Sync exchanges changes once.
	Sync(ctx context.Context, s Store) (Outcome, error)
}

// Outcome is what one exchange did.
type Outcome struct {
	Pushed, Pulled, Conflicts, Refused int
}

// WrongPassphrase is the code of the store's refusal of a passphrase; every
// other refusal is shown in its own words.
const WrongPassphrase = "PASSPHRASE_WRONG"
