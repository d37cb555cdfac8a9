package screen

import (
	"slices"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Upload is one change that waits for the district.
type Upload struct {
	At    time.Time
	Kind  string // label of the kind
	Title string // what the record is called
	Act   string // 增, 改, 删, 定稿
	Ref   record.Record
}

// Uploads returns the newest waiting changes first, at most so many, and how
// many there are in all.
func (s *Syncing) Uploads(most int) (out []Upload, all int, err error) {
	if !s.Enrolled() {
		return nil, 0, nil
	}
	changes, err := s.replica.Pending(s.replica.Position().Acked, mostPending)
	if err != nil {
		return nil, 0, err
	}
	all = len(changes)
	slices.Reverse(changes)
	for _, c := range changes[:min(most, all)] {
		out = append(out, s.upload(c))
	}
	return out, all, nil
}

func (s *Syncing) upload(c record.Change) Upload {
	up := Upload{At: c.Stamp.Time().In(s.book.Now().Location()), Kind: c.Kind, Title: c.Record, Act: "改"}
	if c.Kind == record.ConflictKind {
		up.Kind, up.Act = "核对", "选定"
		if r, ok := s.book.Get(c.Kind, c.Record); ok {
			up.Ref, _ = s.book.Get(r.Values[record.ConflictOf], r.Values[record.ConflictRecord])
			up.Title = s.book.Title(up.Ref)
		}
		return up
	}
	k, err := s.book.Kind(c.Kind)
	if err != nil {
		return up // of a newer version: shown by its ids
	}
	up.Kind = k.Label
	if r, ok := s.book.Get(c.Kind, c.Record); ok {
		up.Ref, up.Title = r, s.book.Title(r)
	}
	switch {
	case c.Set[record.DeletedPath] == "1":
		up.Act = "删"
	case c.Set["finalised_at"] != "":
		up.Act = "定稿"
	case c.Set[k.Title] != "" && c.Saw[k.Title] == "":
		up.Act = "增"
	}
	return up
}

// Refusals returns the records whose last change the district did not take.
func (b *Book) Refusals() []record.Record {
	var out []record.Record
	for _, k := range b.kinds {
		for _, r := range b.All(k.Name) {
			if r.State == record.Refused {
				out = append(out, r)
			}
		}
	}
	return out
}

// SettingSent holds which attachments the district has, one hash a line: what it has is
// not asked for again at every exchange.
const SettingSent = "attachments_at_district"

// Unsent counts which of some attachments, by their hashes, the district does not have
// yet: none where there is no district.
func (s *Syncing) Unsent(files ...string) (n int) {
	if !s.Enrolled() {
		return 0
	}
	sent := strings.Fields(s.book.Setting(SettingSent))
	for _, f := range files {
		if f != "" && !slices.Contains(sent, f) {
			n++
		}
	}
	return n
}
