package screen

import (
	"slices"

	"zhibu/storage/record"
)

// AgendaItem is one line of the agenda.
type AgendaItem struct {
	Row     string
	No      int
	Title   string
	Current bool
}

// Agenda returns the agenda in its order, empty lines just added included.
func (m *Meeting) Agenda() []AgendaItem {
	var items []AgendaItem
	for i, row := range m.Rows("agenda") {
		items = append(items, AgendaItem{row.ID, i + 1, m.Text(record.Path("agenda", row.ID, "title")), row.ID == m.current})
	}
	return items
}

// Select makes an agenda line the current one.
func (m *Meeting) Select(row string) { m.current = row }

// AddAgenda adds a line at the end, makes it the current one and returns its id.
func (m *Meeting) AddAgenda(title string) string {
	row := NewRow()
	m.did(m.newRow("agenda", row, map[string]string{"title": title}))
	m.current = row
	return row
}

// RenameAgenda takes the text of a line as it now stands.
func (m *Meeting) RenameAgenda(row, title string) { m.Type(record.Path("agenda", row, "title"), title) }

// MoveAgenda moves the current line up (-1) or down (+1).
func (m *Meeting) MoveAgenda(by int) { m.MoveRow("agenda", m.current, by) }

// DropAgenda removes the current line; the next one becomes the current one.
func (m *Meeting) DropAgenda() {
	items := m.Agenda()
	at := slices.IndexFunc(items, func(i AgendaItem) bool { return i.Row == m.current })
	if at < 0 {
		return
	}
	m.RemoveRow("agenda", m.current)
	m.current = ""
	if rest := m.Agenda(); len(rest) > 0 {
		m.current = rest[min(at, len(rest)-1)].Row
	}
}

// agendaCells returns the cells that append lines to the agenda.
func (m *Meeting) agendaCells(titles []string) map[string]string {
	cells, rank := map[string]string{}, m.values.NextRank("agenda")
	for _, title := range titles {
		row := NewRow()
		cells[record.Path("agenda", row, record.RankColumn)] = rank
		cells[record.Path("agenda", row, "title")] = title
		rank = record.RankBetween(rank, "")
	}
	return cells
}

// untouchedAgenda reports whether every line still is one of the template's.
func (m *Meeting) untouchedAgenda() bool {
	items := templateOf(m.KindLabel()).Items
	for _, line := range m.Agenda() {
		if !slices.Contains(items, line.Title) {
			return false
		}
	}
	return true
}

// Templates returns the agendas to choose from: that of this sort of meeting,
// those of its special occasions, and the last meeting's of the same sort.
func (m *Meeting) Templates() []Template {
	var out []Template
	for _, t := range templates() {
		if t.Kind == m.KindLabel() {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		out = append(out, templateOf(m.KindLabel()))
	}
	if last, ok := m.lastOf(m.KindLabel()); ok && last.ID != m.ID() {
		t := Template{Kind: m.KindLabel(), Name: "照上次（" + ShortDay(last.Values["start"], m.book.Today()) + "）"}
		for _, row := range last.Rows("agenda") {
			t.Items = append(t.Items, row.Values["title"])
		}
		out = append(out, t)
	}
	return out
}

// UseTemplate appends the template's lines that the agenda lacks.
func (m *Meeting) UseTemplate(t Template) {
	have := map[string]bool{}
	for _, line := range m.Agenda() {
		have[line.Title] = true
	}
	var titles []string
	for _, title := range t.Items {
		if !have[title] {
			titles = append(titles, title)
		}
	}
	m.did(m.agendaCells(titles))
}
