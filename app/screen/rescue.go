package screen

// Rescue is the way out when the file of the books cannot be opened: the newest
// copy beside it, or the journal of changes where there is no copy yet.
type Rescue struct {
	Copy  string // file of the newest copy, "" for none
	Title string // what is restored from: 11-19 17:05 的备份（每天自动）
}

// rescue returns the way out of a refusal to open, nil when the file itself is
// sound.
func (s *Session) rescue(code string) *Rescue {
	switch code {
	case "DAMAGED", "STORE_GONE", "ROLLED_BACK", "OTHER_STORE":
	default:
		return nil
	}
	out := &Rescue{Title: "本机还没有备份，用改动记录重建"}
	if safe, ok := s.vault.(Safe); ok {
		// An unreadable folder of copies leaves the journal, which says what it lacks.
		if copies, err := safe.Copies(""); err == nil && len(copies) > 0 {
			newest := copies[0]
			out.Copy, out.Title = newest.File, s.moment(newest.At)+" 的备份（"+reasonOf(newest.Reason)+"）"
		}
	}
	return out
}

// RestoreLocked makes the books anew from a copy while the lock screen stands; the
// journal alone when file is "".
func (s *Session) RestoreLocked(file, secret string) {
	if s.Lock.Busy || s.Lock.Wait(s.now()) > 0 {
		return
	}
	s.Lock.Say = ""
	s.restore(file, secret)
}
