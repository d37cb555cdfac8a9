package screen

import (
	"strings"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Ranks of a match: the smaller, the further up.
const (
	rankName     = iota // the name itself
	rankInitials        // its initials from the start
	rankPinyin          // its full pinyin from the start
	rankInside          // somewhere inside the title
	rankNumber          // a number of the record
	rankRelated         // somebody or something it mentions
)

// name is a text with its spellings.
type name struct {
	text     string
	folded   string   // half-width, lower case, without interpuncts
	initials []string // every reading
	pinyin   string   // without blanks

	asked query // the query last answered, and its answer
	rank  int
	found bool
}

// entry is one record in the index.
type entry struct {
	r       record.Record
	title   string
	key     string // pinyin order
	self    *name
	numbers string // codes, ID number, phones, line by line
	related []mention
}

// mention is a text of the record besides its title, with the words that say
// what it is there.
type mention struct {
	label string
	name  *name
}

// query is what was typed, prepared.
type query struct {
	text   string
	folded string
	latin  bool
	digits bool
}

func newQuery(typed string) query {
	text := strings.TrimSpace(typed)
	q := query{text: text, folded: foldName(text), latin: text != ""}
	q.digits = q.folded != "" && strings.Trim(q.folded, "0123456789x-") == ""
	for _, r := range q.folded {
		q.latin = q.latin && r < 0x80
	}
	return q
}

// foldName makes spellings comparable: width, case, blanks and the interpunct
// of transliterated names do not count.
func foldName(s string) string {
	return strings.ToLower(unsaid.Replace(record.Halfwidth(s)))
}

var unsaid = strings.NewReplacer("·", "", "•", "", "・", "", " ", "", "'", "")

func (f *Finder) name(text string) *name {
	if n, ok := f.names[text]; ok {
		return n
	}
	n := &name{text: text, folded: foldName(text), pinyin: strings.ReplaceAll(branch.Pinyin(text), " ", "")}
	if len(text) <= 60 { // readings multiply: long titles are found by their words
		n.initials = branch.Initials(text)
	}
	for i, s := range n.initials {
		n.initials[i] = strings.ToLower(s)
	}
	f.names[text] = n
	return n
}

// entry prepares one record.
func (f *Finder) entry(k record.Kind, r record.Record) *entry {
	title := f.book.Title(r)
	e := &entry{r: r, title: title, self: f.name(title)}
	if k.Name == "meeting" {
		e.key = descending(r.Values["start"]) // the newest meeting first
	} else {
		e.key = branch.SortKey(title)
	}
	for _, field := range k.Fields {
		value := r.Values[field.Name]
		switch t := field.Type.(type) {
		case record.IDNumber, record.Phone:
			e.numbers += value + "\n"
		case record.Ref:
			if value != "" {
				e.related = append(e.related, mention{field.Label, f.name(f.book.Show(field, value))})
			}
		case record.Text, record.PersonName:
			if value != "" && field.Name != k.Title {
				e.related = append(e.related, mention{field.Label, f.name(value)})
			}
			if field.Name == "serial" || field.Name == "code" {
				e.numbers += foldName(value) + "\n"
			}
		case record.Rows:
			f.mentions(e, field, t)
		}
	}
	return e
}

// mentions adds the first text column of a table (agenda titles, vote items)
// and the people that rows refer to.
func (f *Finder) mentions(e *entry, field record.Field, rows record.Rows) {
	if rows.Key != "" || len(rows.Columns) == 0 {
		return
	}
	first := rows.Columns[0]
	for _, row := range e.r.Rows(field.Name) {
		if value := row.Values[first.Name]; value != "" {
			e.related = append(e.related, mention{field.Label, f.name(f.book.Show(first, value))})
		}
	}
}

// descending turns a text into one whose byte order is the opposite.
func descending(s string) string {
	out := []byte(s)
	for i := range out {
		out[i] = 0xFF - out[i]
	}
	return string(out)
}

// match says how well a record answers a query; right is what it mentions.
func (e *entry) match(q query) (rank int, right string, ok bool) {
	if rank, ok := e.self.match(q); ok {
		return rank, "", true
	}
	if q.digits && len(q.folded) >= 3 && strings.Contains(e.numbers, q.folded) {
		return rankNumber, "", true
	}
	for _, m := range e.related {
		if _, ok := m.name.match(q); ok {
			return rankRelated, m.label + " " + shorten(m.name.text), true
		}
	}
	return 0, "", false
}

// match answers a query once, however many records carry the name.
func (n *name) match(q query) (int, bool) {
	if n.asked != q {
		n.asked = q
		n.rank, n.found = n.answer(q)
	}
	return n.rank, n.found
}

func (n *name) answer(q query) (int, bool) {
	switch {
	case strings.HasPrefix(n.folded, q.folded):
		return rankName, true
	case !q.latin || q.digits: // nothing to spell
		return rankInside, strings.Contains(n.folded, q.folded)
	}
	for _, s := range n.initials {
		if strings.HasPrefix(s, q.folded) {
			return rankInitials, true
		}
	}
	if strings.HasPrefix(n.pinyin, q.folded) {
		return rankPinyin, true
	}
	if n.mayMatch(q) && branch.Matches(q.folded, n.text) {
		return rankInside, true
	}
	return 0, false
}

// mayMatch spares the full spelling where the query's first letter begins no
// syllable and stands nowhere in the text.
func (n *name) mayMatch(q query) bool {
	if len(q.folded) < 2 || len(n.initials) == 0 {
		return false
	}
	first := q.folded[:1]
	if strings.Contains(n.folded, q.folded) {
		return true
	}
	for _, s := range n.initials {
		if strings.Contains(s, first) {
			return true
		}
	}
	return false
}

// shorten keeps the first twelve characters of a mention.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > 12 {
		return string(runes[:12]) + "…"
	}
	return s
}

// matchesStart reports whether typed begins the spelling of text by initials.
func matchesStart(typed, text string) bool {
	for _, initials := range branch.Initials(text) {
		if strings.HasPrefix(strings.ToLower(initials), strings.ToLower(typed)) {
			return true
		}
	}
	return strings.HasPrefix(text, typed)
}
