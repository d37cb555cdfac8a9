package screen

import "zhibu/storage/record"

// needsPerson reports whether trying again by itself cannot help.
func needsPerson(err error) bool {
	switch record.CodeOf(err) {
	case "UPGRADE_REQUIRED", "DISTRICT_VERSION", "RESET_UNSUPPORTED", "SEAL_FORGED":
		return true
	}
	return needsCode(err)
}

// needsCode reports whether a new invitation helps.
func needsCode(err error) bool {
	switch record.CodeOf(err) {
	case "DEVICE_REVOKED", "DEVICE_UNKNOWN", "DEVICE_FORKED", "PROOF_INVALID", "PIN_MISSING", "PLAIN_HTTP", "SERVER_ADDRESS", "ENROLMENT_DAMAGED":
		return true
	}
	return false
}

// Rejoins reports whether the laptop must join anew before it can go on.
func (s *Syncing) Rejoins() bool { return needsCode(s.Why) }
