package screen

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Careful is a store that makes a copy of itself before a whole import.
type Careful interface{ BackupBeforeImport() error }

// importChunk is how many records one transaction takes: between two of them
// the import can be stopped.
const importChunk = 100

// Run imports the rows that are ready, in chunks, under one batch. Stopped half
// way, what is in stays in the batch and can be taken back whole. Rows that
// wait are kept under 待处理.
func (p *Importing) Run(run Runner, then func(error)) {
	if p.reading { // the last mending is not weighed yet
		p.waiting = append(p.waiting, func(error) { p.Run(run, then) })
		return
	}
	if p.plan.Edits == nil || p.Ready() == 0 {
		then(record.Refuse("IMPORT_NOTHING", "没有可以导入的行。请先改好问题，或回上一步核对列；台账没有变化。"))
		return
	}
	report, ways, left := ImportReport{}, maps.Clone(p.ways), p.left()
	run.Do("导入"+p.kind.Page, func(ctx context.Context, progress Progress) error {
		edits, err := p.plan.Edits(ways)
		if err != nil {
			return err
		}
		if careful, ok := p.book.Store.(Careful); ok {
			if err := careful.BackupBeforeImport(); err != nil {
				return err
			}
		}
		if err := p.apply(ctx, edits, progress, &report); err != nil && !report.Stopped {
			return err
		}
		return p.finish(&report, left)
	}, func(err error) {
		if err == nil {
			p.report, p.step = report, Imported
		}
		then(err)
	})
}

// apply writes the edits chunk by chunk. Whether a row of a closed year is among them was
// decided row by row.
func (p *Importing) apply(ctx context.Context, edits []record.Edit, progress Progress, report *ImportReport) error {
	report.Of = len(edits)
	for at := 0; at < len(edits); at += importChunk {
		if ctx.Err() != nil {
			report.Stopped = true
			return ctx.Err()
		}
		chunk := edits[at:min(at+importChunk, len(edits))]
		added := 0
		for _, e := range chunk {
			report.Batch = e.Batch
			if _, there := p.book.Get(e.Kind, e.ID); !there {
				added++
			}
		}
		if _, err := p.book.Amending().Apply(chunk...); err != nil {
			report.Stopped = at > 0
			return err
		}
		report.Added += added
		report.Changed += len(chunk) - added
		progress(at+len(chunk), len(edits))
	}
	return nil
}

// finish keeps what waits and notes the import.
func (p *Importing) finish(report *ImportReport, left []record.Draft) error {
	for _, d := range left {
		if err := p.book.SaveDraft(d); err != nil {
			return err
		}
		report.Left++
	}
	return p.book.noteImport(ImportNote{Batch: report.Batch, At: p.book.Now(), Kind: p.kind.Name, File: p.file, Added: report.Added, Changed: report.Changed})
}

// left are the rows that wait, as drafts of new records: each is opened, mended and
// saved like any other.
func (p *Importing) left() []record.Draft {
	var out []record.Draft
	for _, r := range p.people() {
		if !p.waits(r) || p.ways[r.Row] == RowSkip {
			continue
		}
		typed := map[string]string{}
		for _, c := range p.SheetColumns() {
			if text, _ := p.text(r, c); text != "" {
				typed[c.Field] = text
			}
		}
		out = append(out, record.Draft{Key: fmt.Sprintf("%s/import/%s/%d", p.kind.Name, p.file, r.Row), Kind: p.kind.Name, ID: r.ID,
			Typed: typed, At: p.book.Now().UnixMilli()})
	}
	return out
}

// Report returns what the import did.
func (p *Importing) Report() ImportReport { return p.report }

// Done tells what the import did, for the toast and the last step.
func (p *Importing) Done() string {
	say := fmt.Sprintf("已登记 %d 条", p.report.Added)
	if p.report.Changed > 0 {
		say += fmt.Sprintf("，改动 %d 条", p.report.Changed)
	}
	if p.report.Left > 0 {
		say += fmt.Sprintf("，%d 行留在“待处理”", p.report.Left)
	}
	if p.report.Stopped {
		say = fmt.Sprintf("中途停止，%d 行里导入了 %d 行。%s", p.report.Of, p.report.Added+p.report.Changed, say)
	}
	return say
}

// ImportNote is one import of the past.
type ImportNote struct {
	Batch          string
	At             time.Time
	Kind, File     string
	Added, Changed int
	Undone         bool
}

// importLog holds the imports, newest first, one a line; importsKept bounds it.
const (
	importLog   = "imports"
	importsKept = 50
)

// Imports returns the imports of the past, newest first.
func (b *Book) Imports() []ImportNote {
	var out []ImportNote
	for line := range strings.Lines(b.Setting(importLog)) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(parts) != 7 {
			continue // of another version
		}
		at, err := time.Parse(time.RFC3339, parts[1])
		if err != nil {
			continue
		}
		out = append(out, ImportNote{Batch: parts[0], At: at, Kind: parts[2], File: parts[3],
			Added: record.Int(parts[4]), Changed: record.Int(parts[5]), Undone: parts[6] == "1"})
	}
	return out
}

func (b *Book) noteImport(n ImportNote) error {
	return b.noteImports(append([]ImportNote{n}, b.Imports()...))
}

func (b *Book) noteImports(notes []ImportNote) error {
	var lines strings.Builder
	for i, n := range notes {
		if i == importsKept {
			break
		}
		undone := "0"
		if n.Undone {
			undone = "1"
		}
		file := strings.NewReplacer("\t", " ", "\n", " ").Replace(n.File)
		fmt.Fprintf(&lines, "%s\t%s\t%s\t%s\t%d\t%d\t%s\n", n.Batch, n.At.Format(time.RFC3339), n.Kind, file, n.Added, n.Changed, undone)
	}
	return b.SetSetting(importLog, lines.String())
}

// UndoImport takes a whole import back through undo, which is the store's own,
// and remembers that it was. What was changed since stays as it is.
func (b *Book) UndoImport(batch string, undo func(batch string) (records int, err error)) (int, error) {
	n, err := undo(batch)
	if err != nil {
		return n, err
	}
	notes := b.Imports()
	for i := range notes {
		if notes[i].Batch == batch {
			notes[i].Undone = true
		}
	}
	return n, b.noteImports(notes)
}

// Waiting returns the imported rows that wait, newest first, by what they are.
func (b *Book) Waiting() []record.Draft {
	var out []record.Draft
	for _, d := range b.Drafts() {
		if imported(d) {
			out = append(out, d)
		}
	}
	return out
}

// imported reports whether a draft is a row that an import left waiting.
func imported(d record.Draft) bool { return strings.HasPrefix(d.Key, d.Kind+"/import/") }
