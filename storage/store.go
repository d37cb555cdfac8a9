package storage

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"zhibu/storage/journal"
	"zhibu/storage/record"
	"zhibu/storage/vault"
)

// Cost is what one try of a passphrase costs (Argon2id).
type Cost = vault.Cost

// Algorithm is the cipher of new values.
type Algorithm = vault.Algorithm

// The algorithms a store can be created with.
const (
	AES = vault.AES
	SM4 = vault.SM4
)

// Options is how a store meets its surroundings. The zero value is usable.
type Options struct {
	Now       func() time.Time // the machine's clock; nil: time.Now
	Cost      Cost             // zero: the production cost
	Algorithm Algorithm        // zero: AES
	Guards    record.Guards    // guarded paths by kind (branch.Guards())
	// Owned is what only the district writes, by kind (branch.Owned()): without
	// its seal such a value is not taken.
	Owned   map[string][]string
	Machine string // this machine's name, shown in the history
	// Child is the command line, without arguments, that ends in ChildMain: a
	// doubtful file is verified in a process of its own, since reading it may kill
	// the reader. Empty: verified in this process, faults turned into errors.
	Child []string
	// Quota bounds the bytes of all attachments; 0: 512 MB.
	Quota int64
}

// Store is an open data folder. Its methods may be called from several
// goroutines. Records it returns are shared: nobody may change their maps.
type Store struct {
	dir string
	id  string // store id, random
	opt Options
	db  *database
	log *journal.Journal

	failed atomic.Pointer[failure] // set when only a restart helps

	write     sync.Mutex   // held by the one writer; guards the next three
	st        state        // as committed
	header    vault.Header // as committed
	rewriting *rewriting   // is told what saves change; nil: none is under way
	rewrites  sync.Mutex   // held by the one rewriting
	reading   sync.RWMutex // the file is being read for long: it is not exchanged meanwhile; taken before write
	found     Findings     // what opening met

	mu     sync.RWMutex // guards everything below; never held while the disk is written
	seen   state        // st as last committed, for those who only look
	keys   *vault.Keys  // nil while locked
	shelf  shelf
	hooks  map[int]func(kind string, ids []string)
	hookNo int
}

// Findings is what opening a store met and mended.
type Findings struct {
	Unclean  bool // the program had not closed it
	Replayed int  // ops taken from the journal into the database
	Torn     bool // an unfinished journal frame was dropped: it was never acknowledged
	Damaged  int  // unreadable journal frames, kept in zhibu.journal.damaged
}

// Found tells what opening met and mended.
func (s *Store) Found() Findings { return s.found }

// Dir returns the data folder.
func (s *Store) Dir() string { return s.dir }

// ID returns the store's random id; it is the same in every backup of it.
func (s *Store) ID() string { return s.id }

// OnChange calls f after every committed change of records, once per kind with
// the ids concerned, outside of every lock. stop ends that.
func (s *Store) OnChange(f func(kind string, ids []string)) (stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hookNo++
	no := s.hookNo
	s.hooks[no] = f
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.hooks, no)
	}
}

// Close closes the files. A closed store refuses every call.
func (s *Store) Close() error {
	s.write.Lock()
	defer s.write.Unlock()
	if s.db == nil {
		return nil
	}
	errs := []error{s.log.Close(), s.db.quit(s.failure())}
	if s.failure() == nil {
		errs = append(errs, s.writeSide(s.st.Changes, true))
	}
	s.forget()
	s.mu.Lock()
	s.db = nil
	s.mu.Unlock()
	return errors.Join(errs...)
}

// forget drops the keys and everything decrypted.
func (s *Store) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys != nil {
		s.keys.Drop()
	}
	s.keys = nil
	s.shelf = newShelf()
}

// usable reports why nothing can be read now, if so.
func (s *Store) usable() error {
	switch {
	case s.db == nil:
		return record.Refuse("CLOSED", "台账已经关闭。请重新打开程序；已存的内容都在。")
	case s.keys == nil:
		return locked()
	}
	return nil
}

// writable reports why nothing can be written now, if so. The writer's lock is
// held.
func (s *Store) writable() error {
	if err := s.usable(); err != nil {
		return err
	}
	if err := s.failure(); err != nil {
		return mustRestart(err)
	}
	if s.st.Handed != 0 {
		return handedOver(time.UnixMilli(s.st.Handed))
	}
	return nil
}
