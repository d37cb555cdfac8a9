package screen

import (
	"time"

	"zhibu/storage/record"
)

// upgradeRequired is the code of what a district says to a program of another
// version once it has taken what that sent.
const upgradeRequired = "UPGRADE_REQUIRED"

// needsPerson reports whether a person must act before the exchange is whole again.
// Until then it goes on by itself unless a code is needed: what is saved still goes
// up from every version (sync.md §7).
func needsPerson(err error) bool {
	switch record.CodeOf(err) {
	case upgradeRequired, "DISTRICT_VERSION", "RESET_UNSUPPORTED", "SEAL_FORGED":
		return true
	}
	return needsCode(err)
}

// needsCode reports whether a new invitation helps.
func needsCode(err error) bool {
	switch record.CodeOf(err) {
	case "DEVICE_REVOKED", "BOOKS_SHUT", "DEVICE_UNKNOWN", "DEVICE_FORKED", "PROOF_INVALID", "PIN_MISSING", "PLAIN_HTTP", "SERVER_ADDRESS", "ENROLMENT_DAMAGED":
		return true
	}
	return false
}

// settingRevoked is the setting that holds when the district stopped this laptop.
const settingRevoked = "revoked"

// Revoked reports whether the district stopped this laptop: its books stay shut
// until it joins anew, and then sends what it had not (sync.md §8).
func (b *Book) Revoked() bool { return b.Setting(settingRevoked) != "" }

// Heed notes how an exchange ended where that decides whether the books stay shut.
func (b *Book) Heed(err error) error {
	switch {
	case record.CodeOf(err) == "DEVICE_REVOKED":
		return b.SetSetting(settingRevoked, b.Now().Format(time.DateTime))
	case err == nil && b.Revoked():
		return b.SetSetting(settingRevoked, "")
	}
	return nil
}

// BooksShut is why the books of a stopped laptop are not shown.
func BooksShut() error {
	return record.Refuse("BOOKS_SHUT", "区里已经停用这台电脑，台账不再打开。请向区里要新的加入码，加入后照常使用，没报上去的改动也会报上去；内容都在。")
}

// Rejoins reports whether the laptop must join anew before it can go on.
func (s *Syncing) Rejoins() bool { return needsCode(s.Why) }
