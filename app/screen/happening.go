package screen

import (
	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Happening is one change of a membership being recorded: a transfer, a lapse of
// contact, a striking off. What was typed is judged by the rules on Save.
type Happening struct {
	book   *Book
	member record.Record
	kinds  record.Choice

	Label         string // what happens, by its official label
	On            string // the day, as typed
	Party, Number string // the other organisation, the document's number
	Reason        string
}

// elsewhere are the changes that are recorded where they are decided: in the
// pool and in meetings.
func elsewhere() map[string]bool {
	return map[string]bool{"CONVERTED": true, "EXTENDED": true, "CANCELLED": true}
}

// NewHappening starts recording a change of a member; the day is today.
func NewHappening(b *Book, member string) (*Happening, error) {
	k, r, err := b.Find("member", member)
	if err == nil {
		err = b.Barred("member")
	}
	if err != nil {
		return nil, err
	}
	f, _ := k.Field(record.Path("event", "", "kind"))
	kinds, _ := f.Type.(record.Choice)
	return &Happening{book: b, member: r, kinds: kinds, On: b.Today().String()}, nil
}

// Member returns whom it is about.
func (h *Happening) Member() string { return h.book.Title(h.member) }

// Labels returns what can happen, by official labels.
func (h *Happening) Labels() []string {
	var out []string
	for _, code := range h.kinds.Codes {
		if !elsewhere()[code.ID] {
			out = append(out, code.Label)
		}
	}
	return out
}

// event is what is recorded.
func (h *Happening) event() (branch.Event, error) {
	kind, err := h.kinds.Parse(h.Label)
	if err != nil || h.Label == "" {
		return branch.Event{}, record.Refuse("EVENT_KIND", "还没有选办哪一件事。请先选；没有改动任何内容。")
	}
	on, err := record.ParseDate(record.ExpandDate(h.On, h.book.Today()))
	if err != nil {
		return branch.Event{}, err
	}
	return branch.Event{Kind: kind, On: on, Party: h.Party, DocNo: h.Number, Reason: h.Reason}, nil
}

// Findings judges what is typed so far.
func (h *Happening) Findings() []record.Complaint {
	e, err := h.event()
	if err != nil {
		return []record.Complaint{{Severity: record.Block, Code: record.CodeOf(err), Say: record.SayOf(err)}}
	}
	_, complaints := branch.Happen(h.member, e, h.book)
	return complaints
}

// Save records the change; it can be taken back at once.
func (h *Happening) Save() (Done, error) {
	e, err := h.event()
	if err != nil {
		return Done{}, err
	}
	edits, complaints := branch.Happen(h.member, e, h.book)
	for _, c := range complaints {
		if c.Severity == record.Block {
			return Done{}, record.Refuse(c.Code, c.Say)
		}
	}
	after, err := h.book.Apply(edits...)
	if err != nil {
		return Done{}, err
	}
	return DoneSaving("已办理“"+h.Member()+"”"+h.Label, h.member, after[0]), nil
}
