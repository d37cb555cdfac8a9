package storage

import "time"

// Last returns when the newest change was made, by the clock of who made it; the zero
// time for a book without any.
func (s *Store) Last() time.Time {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.seen.Clock == 0 {
		return time.Time{}
	}
	return s.seen.Clock.Time()
}

// Room returns the bytes that may still be written where the book lies.
func (s *Store) Room() (int64, error) { return freeSpace(s.dir) }
