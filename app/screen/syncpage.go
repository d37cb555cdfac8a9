package screen

import (
	"cmp"
	"strings"

	"zhibu/storage/record"
)

// SyncPage is the page 同步与备份: how the exchange stands, what waits, what is
// to be decided, and the way over a USB stick.
type SyncPage struct {
	book    *Book
	sync    *Syncing
	refuser Refuser // nil where nothing can be refused

	Uploads  []Upload
	All      int // waiting changes in all
	Disputes []Dispute
	Refusals []Refused
	at       int // dispute shown
	failure  error
}

// uploadsShown is how many waiting changes the page lists.
const uploadsShown = 200

// Refused is one change the district did not take, as the page shows it.
type Refused struct {
	Refusal
	Title string            // what the record is called
	Label string            // of its kind
	Typed map[string]string // what a form can mend, as it would be typed
	Says  []string          // what was changed: 党小组：一组 → 二组
}

// Mendable reports whether a form can mend it: a deletion or a step taken can only be
// sent again or given up.
func (f Refused) Mendable() bool { return len(f.Typed) > 0 }

// SyncPage returns the page; it reads how things stand.
func (s *Session) SyncPage() *SyncPage {
	p := &SyncPage{book: s.Book, sync: s.Sync}
	p.refuser, _ = s.vault.(Refuser)
	p.Refresh()
	return p
}

// Refresh reads anew; answers already given on the dispute shown stay.
func (p *SyncPage) Refresh() {
	p.Uploads, p.All, p.failure = p.sync.Uploads(uploadsShown)
	answers := map[string]Contest{}
	key := func(d Dispute, c Contest) string { return d.Kind.Name + "/" + d.Record.ID + "/" + c.Path + "/" + c.ID }
	for _, d := range p.Disputes {
		for _, c := range d.Contests {
			answers[key(d, c)] = c
		}
	}
	p.Disputes = p.book.Disputes()
	for i := range p.Disputes {
		if err := p.book.Authors(&p.Disputes[i]); err != nil {
			p.failure = cmp.Or(p.failure, err)
		}
		for j := range p.Disputes[i].Contests {
			c := &p.Disputes[i].Contests[j]
			if old, ok := answers[key(p.Disputes[i], *c)]; ok {
				c.Answer, c.Text = old.Answer, old.Text
			}
		}
	}
	p.readRefusals()
	p.at = min(p.at, max(len(p.Disputes)-1, 0))
}

func (p *SyncPage) readRefusals() {
	p.Refusals = nil
	if p.refuser == nil {
		return
	}
	for _, f := range p.refuser.Refused() {
		k, err := p.book.Kind(f.Change.Kind)
		if err != nil {
			k = record.Kind{Name: f.Change.Kind, Label: f.Change.Kind} // of a newer version
		}
		p.Refusals = append(p.Refusals, p.book.asRefused(k, f))
	}
}

// SendAgain sends a refused change as it was once more.
func (p *SyncPage) SendAgain(f Refused) error {
	if err := p.refuser.Resend(f.Change.ID, f.Change.Set); err != nil {
		return err
	}
	p.Refresh()
	p.sync.Exchange()
	return nil
}

// asRefused shows what the district refused of a record.
func (b *Book) asRefused(k record.Kind, f Refusal) Refused {
	out := Refused{Refusal: f, Title: f.Change.Record, Label: k.Label, Typed: map[string]string{}}
	now, ok := b.Get(k.Name, f.Change.Record)
	if ok {
		out.Title = b.Title(now)
	}
	before, derived := record.Values{}, b.derived(k, now.Values, f.Change.Set)
	byAct := false
	for path, value := range f.Change.Set {
		before[path] = now.Values[path]
		switch field, ok := k.Field(path); {
		case ok && !field.Locked:
			out.Typed[path] = field.Format(value)
		case !derived[path]:
			byAct = true
		}
	}
	if byAct && ok { // what begins a new record begins it again
		out.Typed = nil
	}
	out.Says = b.Changes(k, record.Entry{Old: before, New: f.Change.Set})
	return out
}

// Mend begins the draft of a record's form with what the district refused, to be
// mended and saved anew: the refused change is dropped when that is saved. It returns
// the record's id, "" for one that the district refused as a whole: it is registered
// anew. A draft that waits already stays as it is.
func (p *SyncPage) Mend(f Refused) (id string, err error) {
	key := f.Change.Kind + "/new"
	if r, ok := p.book.Get(f.Change.Kind, f.Change.Record); ok {
		id, key = r.ID, f.Change.Kind+"/"+r.ID
	}
	for _, d := range p.book.Drafts() {
		if d.Key != key || len(d.Typed) == 0 {
			continue
		}
		if d.Mends == f.Change.ID {
			return id, nil
		}
		return "", record.Refuse("DRAFT_WAITS", "“"+f.Title+"”有一份没存完的草稿。请先到工作台打开它，存好或者放弃，再来改这一处；两边的内容都在。")
	}
	return id, p.book.SaveDraft(record.Draft{Key: key, Kind: f.Change.Kind, ID: id, Typed: f.Typed, At: p.book.Now().UnixMilli(), Mends: f.Change.ID})
}

// GiveUp drops a refused change.
func (p *SyncPage) GiveUp(f Refused) error {
	if err := p.refuser.DropRefused(f.Change.ID); err != nil {
		return err
	}
	p.Refresh()
	return nil
}

// Current returns the dispute shown, nil when there is none.
func (p *SyncPage) Current() *Dispute {
	if len(p.Disputes) == 0 {
		return nil
	}
	return &p.Disputes[p.at]
}

// Place tells which dispute is shown: 第 1 处，共 2 处.
func (p *SyncPage) Place() string {
	return "第 " + number(p.at+1) + " 处，共 " + number(len(p.Disputes)) + " 处"
}

// Next shows the next dispute, after the last one the first.
func (p *SyncPage) Next() {
	if n := len(p.Disputes); n > 0 {
		p.at = (p.at + 1) % n
	}
}

// Edit types something instead of both values of a contest, known by its id: while it
// was typed another laptop may have settled it.
func (p *SyncPage) Edit(contest, text string) error {
	for d := range p.Disputes {
		for i, c := range p.Disputes[d].Contests {
			if c.ID == contest {
				return p.book.Edit(&p.Disputes[d], i, text)
			}
		}
	}
	return record.Refuse("DISPUTE_SETTLED", "这一处已经在别的电脑上核对过了，写的字没有用上。要用请复制下来，到这条记录里改；两边的内容都在变更记录里。")
}

// Confirm writes the answers of the dispute shown and goes on to the next.
func (p *SyncPage) Confirm() (Done, error) {
	d := p.Current()
	if d == nil {
		return Done{}, nil
	}
	if !d.Settled() {
		return Done{}, record.Refuse("DISPUTE_OPEN", "还有没选的。请每一行都选一边，或点“以后核对”；两边的内容都留着。")
	}
	done, err := p.book.Settle(*d)
	if err != nil {
		return Done{}, err
	}
	p.Refresh()
	return done, nil
}

// Distinct closes a question about one person without changing either record.
func (p *SyncPage) Distinct() (Done, error) {
	d := p.Current()
	if d == nil {
		return Done{}, nil
	}
	done, err := p.book.Distinct(*d)
	p.Refresh()
	return done, err
}

// Band is the state at the top of the page.
type Band struct {
	Tone  Tone
	Title string
	Text  string
	Kept  string // of an error: what was kept
	Why   error  // the error, nil when the band tells of none
	Verb  string // what leads on, "" for nothing
	Page  string // the page it leads to
	View  string
}

// Band says how the exchange stands and that nothing is lost.
func (p *SyncPage) Band() Band {
	s := p.sync
	if n := len(p.Refusals); n > 0 {
		return Band{Tone: Late, Title: "区里没有收下 " + number(n) + " 项", Text: "原因写在下面。改好再传，或者放弃这处改动。", Kept: "内容都在本机。"}
	}
	if p.failure != nil {
		return bandOf(Late, "", p.failure)
	}
	switch s.Light() {
	case Alone:
		return Band{Tone: Neutral, Title: "单机使用：没有加入区里", Text: "所有功能照常。拿到邀请码后点“加入区里”，已登记的内容会一起并上去。"}
	case Running:
		return Band{Tone: Coming, Title: strings.TrimSpace("正在同步 " + s.Sent()), Text: "可以接着用，不用守着。"}
	case Out:
		return bandOf(Offline, "离线：", s.Why)
	case Barred:
		return bandOf(Late, "", s.Why)
	case Unsure:
		return Band{Tone: Soon, Title: "区里没有确认：" + number(s.Waiting()) + " 项改动", Text: "上一次连上了，这些还没有得到答复；到时自动再传，也可以现在重试。内容都在本机。"}
	case Waiting:
		return Band{Tone: Coming, Title: "待同步：" + number(s.Waiting()) + " 项改动", Text: "几秒后自动上传，不用守着。"}
	}
	if o := s.Outcome; o.FilesLeft > 0 {
		return Band{Tone: Soon, Title: "附件待传：" + number(o.FilesLeft) + " 个", Text: o.FilesWhy, Kept: "其他内容已经和区里一致。"}
	}
	return Band{Tone: Fine, Title: "已同步：本机和区里一致", Text: "有新的改动会自动上传。"}
}

// bandOf is the band of an exchange that failed: what happened, behind how the laptop
// stands, what to do, what was kept.
func bandOf(tone Tone, stands string, err error) Band {
	happened, do, kept := record.Parts(err)
	return Band{Tone: tone, Title: stands + happened, Text: do, Kept: kept, Why: err}
}
