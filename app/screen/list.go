package screen

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// List is the live records of one kind as a ledger: searched, filtered, sorted,
// ticked. It works for every kind; what is special about one stands in Extras.
type List struct {
	Kind    record.Kind
	book    *Book
	columns []Column

	cards  map[string]*card // every live record, prepared for showing and searching
	order  []*card          // all cards in pinyin order of their titles
	rows   []*card          // those shown, in the order shown
	query  string
	letter string            // initial of the title, "" for all
	picked map[string]string // column → text filtered by
	sort   string            // column sorted by, "" for the title
	down   bool
	marked map[string]bool
	now    string // id of the current row
}

// card is one record made ready: the text of every column and of the search.
type card struct {
	r      record.Record
	title  string
	key    string // pinyin order of the title
	letter string
	cells  []*Mark // worked out when first asked for
	text   string
	kept   bool // search and filters, but not the letter, keep it
}

// cell returns what the card shows in column i.
func (c *card) cell(columns []Column, i int) Mark {
	if c.cells[i] == nil {
		m := columns[i].text(c.r)
		c.cells[i] = &m
	}
	return *c.cells[i]
}

// NewList opens the ledger of kind.
func NewList(b *Book, kind string) (*List, error) {
	k, err := b.Kind(kind)
	if err != nil {
		return nil, err
	}
	l := &List{Kind: k, book: b, picked: map[string]string{}, marked: map[string]bool{}}
	l.Refresh()
	return l, nil
}

// Refresh reads the records anew: all of them, or only those named. What columns
// take from other kinds (meetings, dues) is read anew only with all.
func (l *List) Refresh(ids ...string) {
	if len(ids) == 0 || l.cards == nil {
		l.columns = columnsOf(l.book, l.Kind)
		l.cards = map[string]*card{}
		for _, r := range l.book.All(l.Kind.Name) {
			l.cards[r.ID] = l.card(r)
		}
	}
	for _, id := range ids {
		delete(l.cards, id)
		if r, ok := l.book.Get(l.Kind.Name, id); ok && !r.Deleted() {
			l.cards[id] = l.card(r)
		} else {
			delete(l.marked, id)
		}
	}
	l.order = l.order[:0]
	for _, c := range l.cards {
		l.order = append(l.order, c)
	}
	slices.SortFunc(l.order, byTitle)
	l.widen()
	l.show()
}

func byTitle(a, b *card) int {
	return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.r.ID, b.r.ID))
}

func (l *List) card(r record.Record) *card {
	c := &card{r: r, title: l.book.Title(r), letter: "#"}
	c.key = branch.SortKey(c.title)
	if spelled := branch.Initials(c.title); len(spelled) > 0 && spelled[0] != "" {
		if first := unicode.ToUpper([]rune(spelled[0])[0]); first >= 'A' && first <= 'Z' {
			c.letter = string(first)
		}
	}
	c.cells = make([]*Mark, len(l.columns))
	var b strings.Builder
	for _, f := range l.Kind.Fields {
		if _, long := f.Type.(record.Long); !long && r.Values[f.Name] != "" {
			b.WriteString(l.book.Show(f, r.Values[f.Name]))
			b.WriteByte('\n')
		}
	}
	c.text = strings.ToLower(b.String())
	return c
}

// Search keeps the records whose title matches query by initials, pinyin or Han,
// or that hold it as text anywhere.
func (l *List) Search(query string) {
	l.query = strings.TrimSpace(query)
	l.show()
}

// Query returns what is searched for.
func (l *List) Query() string { return l.query }

// Filter keeps the records that show text in column; "" lifts the filter.
func (l *List) Filter(column, text string) {
	if text == "" {
		delete(l.picked, column)
	} else {
		l.picked[column] = text
	}
	l.show()
}

// Filtered returns the text column is filtered by, "" for none.
func (l *List) Filtered(column string) string { return l.picked[column] }

// Letter keeps the records whose title begins with that initial; "" keeps all.
func (l *List) Letter(letter string) {
	l.letter = letter
	l.show()
}

// ClearFilters lifts search, filters and letter.
func (l *List) ClearFilters() {
	l.query, l.letter, l.picked = "", "", map[string]string{}
	l.show()
}

// Narrowed reports whether anything hides records.
func (l *List) Narrowed() bool { return l.query != "" || l.letter != "" || len(l.picked) > 0 }

// SortBy sorts by column; asked again, it turns the order round.
func (l *List) SortBy(column string) {
	l.sort, l.down = column, l.sort == column && !l.down
	l.show()
}

// Sorted returns the column sorted by ("" at first) and whether downwards.
func (l *List) Sorted() (column string, down bool) { return l.sort, l.down }

// show works out the rows that are shown.
func (l *List) show() {
	l.rows = l.rows[:0]
	for _, c := range l.order {
		c.kept = l.found(c)
		if c.kept && (l.letter == "" || c.letter == l.letter) {
			l.rows = append(l.rows, c)
		}
	}
	l.arrange()
	if _, ok := l.at(l.now); !ok {
		l.now = ""
		if len(l.rows) > 0 {
			l.now = l.rows[0].r.ID
		}
	}
}

// found reports whether search and filters, but not the letter, keep c.
func (l *List) found(c *card) bool {
	for column, want := range l.picked {
		if i := l.column(column); i < 0 || c.cell(l.columns, i).Say != want {
			return false
		}
	}
	return l.query == "" || branch.Matches(l.query, c.title) || strings.Contains(c.text, strings.ToLower(l.query))
}

func (l *List) arrange() {
	i := l.column(l.sort)
	if i >= 0 && l.sort != l.Kind.Title {
		slices.SortStableFunc(l.rows, func(a, b *card) int { return l.compare(a, b, i) })
	}
	if l.down {
		slices.Reverse(l.rows)
	}
}

func (l *List) column(name string) int {
	return slices.IndexFunc(l.columns, func(c Column) bool { return c.Name == name })
}

// Total returns how many live records there are.
func (l *List) Total() int { return len(l.order) }

// Len returns how many rows are shown.
func (l *List) Len() int { return len(l.rows) }

// Record returns the record of row i.
func (l *List) Record(i int) record.Record { return l.rows[i].r }

// Title returns what the record of row i is called.
func (l *List) Title(i int) string { return l.rows[i].title }

// Cell returns what row i shows in column c.
func (l *List) Cell(i, c int) Mark { return l.rows[i].cell(l.columns, c) }

// Columns returns every column in the order shown.
func (l *List) Columns() []Column { return l.columns }

// Fit returns the indexes of the columns that fit into room, a number of
// half-width characters: columns leave from the end of the priority list.
func (l *List) Fit(room int) []int {
	byPriority := make([]int, len(l.columns))
	for i := range byPriority {
		byPriority[i] = i
	}
	slices.SortStableFunc(byPriority, func(a, b int) int { return l.columns[a].Priority - l.columns[b].Priority })
	var keep []int
	for _, i := range byPriority {
		room -= l.columns[i].Width + 2
		if room < 0 && len(keep) > 0 {
			break
		}
		keep = append(keep, i)
	}
	slices.Sort(keep)
	return keep
}

// LetterCount is one letter of the strip.
type LetterCount struct {
	Letter string
	Count  int
}

// Letters returns the initials of what search and filters keep, with counts.
func (l *List) Letters() []LetterCount {
	counts := map[string]int{}
	for _, c := range l.order {
		if c.kept {
			counts[c.letter]++
		}
	}
	var out []LetterCount
	for letter, n := range counts {
		out = append(out, LetterCount{letter, n})
	}
	slices.SortFunc(out, func(a, b LetterCount) int { return strings.Compare(a.Letter, b.Letter) })
	return out
}

// AtLetter returns the letter chosen, "" for all.
func (l *List) AtLetter() string { return l.letter }
