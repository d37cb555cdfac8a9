package storage

func (s *Store) beforeSnapshot() error { return nil }
