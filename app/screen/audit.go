package screen

import (
	"slices"
	"strings"
	"time"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Acts that the chain of what left the program knows.
const (
	ActExport    = "export"
	ActPrint     = "print"
	ActReveal    = "reveal"    // a masked value was shown whole
	ActUnprinted = "unprinted" // what the entry before it names did not leave after all
)

// Left is one entry of the chain: something left the program or was shown whole.
type Left struct {
	At       time.Time
	By       string
	Act      string
	Kind, ID string // the records, blanks between them; ID "" for a whole list
	What     string // form code, file name
}

// Auditor is a store that keeps that chain.
type Auditor interface {
	// Note appends an entry; what it is about happens only when it is stored.
	Note(act, kind, id, what string) error
	// Trail returns the entries, oldest first; a broken chain is refused.
	Trail() ([]Left, error)
}

// Note appends an entry to the chain, before what it is about happens.
func (b *Book) Note(act, kind, id, what string) error {
	if a, ok := b.Store.(Auditor); ok {
		return a.Note(act, kind, id, what)
	}
	return nil
}

// Trail returns the chain, oldest first.
func (b *Book) Trail() ([]Left, error) {
	if a, ok := b.Store.(Auditor); ok {
		return a.Trail()
	}
	return nil, nil
}

// Reveal notes that the sensitive values of a record are about to be shown whole.
func (b *Book) Reveal(r record.Record) error { return b.Note(ActReveal, r.Kind, r.ID, "") }

// Audit is the page 操作记录: what was printed, exported and shown whole on this
// laptop, newest first.
type Audit struct {
	Lines  []AuditLine
	Broken string // why the chain cannot be trusted, "" when it is whole
}

// AuditLine is one entry as people read it.
type AuditLine struct {
	At    time.Time
	By    string
	Act   string // 打印、导出、看完整号码、没有打成
	About string // 罗沐辰、陆婉清等 12 条
	What  string // the form or file
}

// Audit reads the chain and verifies it. forms name what was printed.
func (b *Book) Audit(forms []FormInfo) Audit {
	trail, err := b.Trail()
	if err != nil {
		return Audit{Broken: "操作记录有缺损，不能当作凭据。请检查数据；业务内容不受影响。"}
	}
	names := map[string]string{}
	for _, f := range forms {
		names[f.Code] = f.Name
	}
	acts := map[string]string{ActExport: "导出", ActPrint: "打印", ActReveal: "看完整号码", ActUnprinted: "没有打成"}
	var out Audit
	for _, e := range slices.Backward(trail) {
		line := AuditLine{At: e.At, By: e.By, Act: acts[e.Act], About: b.about(e), What: e.What}
		if name := names[e.What]; name != "" {
			line.What = e.What + " " + name
		}
		out.Lines = append(out.Lines, line)
	}
	return out
}

// about names the records of an entry, or the register as a whole.
func (b *Book) about(e Left) string {
	kinds, ids := strings.Fields(e.Kind), strings.Fields(e.ID)
	var names []string
	for _, id := range ids[:min(len(ids), 3)] {
		name := "已删除的记录"
		for _, kind := range kinds {
			if r, ok := b.Get(kind, id); ok {
				name = b.Title(r)
			}
		}
		names = append(names, name)
	}
	switch said := strings.Join(names, "、"); {
	case len(ids) > 3:
		return said + "等 " + number(len(ids)) + " 条"
	case len(ids) > 0:
		return said
	}
	if k, err := b.Kind(e.Kind); err == nil {
		return k.Page
	}
	return "整本或空白表"
}

// Find returns the lines that match text, in any column.
func (a Audit) Find(text string) []AuditLine {
	var out []AuditLine
	for _, l := range a.Lines {
		if text == "" || branch.Matches(text, l.By, l.Act, l.About, l.What) {
			out = append(out, l)
		}
	}
	return out
}

// Table returns the lines as a spreadsheet.
func (a Audit) Table() [][]string {
	out := [][]string{{"时间", "使用人", "做了什么", "谁的、哪些", "表或文件"}}
	for _, l := range a.Lines {
		out = append(out, []string{l.At.Format(time.DateTime), l.By, l.Act, l.About, l.What})
	}
	return out
}
