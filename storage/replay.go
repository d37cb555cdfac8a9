package storage

import (
	"bytes"
	"fmt"

	"zhibu/storage/journal"
	"zhibu/storage/record"
)

// replay brings what the journal has and the database has not into it, in one
// transaction, and returns the number of ops. Ops of an earlier enrolment are
// in the database already. A gap means the database is an old one.
func (s *Store) replay(frames []journal.Frame) (int, error) {
	s.write.Lock()
	defer s.write.Unlock()
	t := s.stage()
	done := 0
	for _, f := range frames {
		if f.Device != t.st.Device || f.Last <= t.st.N {
			continue
		}
		for _, raw := range f.Ops {
			n, err := t.again(raw)
			if err != nil {
				return 0, err
			}
			done += n
		}
	}
	if done == 0 {
		return 0, nil
	}
	t.ops = nil // they are in the journal
	_, err := s.commit(t)
	return done, err
}

// again stages an op that was numbered before; one that is there already counts
// zero.
func (t *stage) again(raw []byte) (int, error) {
	var c record.Change
	if err := record.Decode(raw, &c); err != nil {
		return 0, damaged(fmt.Errorf("journal: %w", err))
	}
	if c.N <= t.st.N {
		return 0, nil
	}
	if c.N != t.st.N+1 || !bytes.Equal(c.Prev, t.st.Head) {
		return 0, rolledBack(fmt.Errorf("journal goes on at op %d, database ends at %d", c.N, t.st.N))
	}
	t.number(c, raw)
	t.st.Clock = max(t.st.Clock, c.Stamp)
	return 1, t.place(c, raw)
}
