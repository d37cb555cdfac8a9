package branch

import (
	"crypto/sha256"
	"fmt"

	"github.com/google/uuid"
)

// derivedID returns the id of a record or row that follows from another: the
// same on every laptop, so that two of them doing the same thing make one record.
// It keeps the time part of base and is a well-formed UUIDv7.
func derivedID(base, what string) string {
	sum := sha256.Sum256([]byte(base + "\x00" + what))
	var id uuid.UUID
	copy(id[:], sum[:16])
	if b, err := uuid.Parse(base); err == nil {
		copy(id[:6], b[:6])
	}
	id[6] = 0x70 | id[6]&0x0f
	id[8] = 0x80 | id[8]&0x3f
	return fmt.Sprint(id)
}
