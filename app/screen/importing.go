package screen

import (
	"context"
	"maps"
	"path"
	"strings"

	"zhibu/storage/record"
)

// Steps of an import, as the wizard numbers them.
const (
	PickFile = iota
	MapColumns
	MendProblems
	Imported
)

// Importing is the import wizard (picture k): a file, its columns, its problems,
// the import, and the way back. Until the last step nothing is written.
type Importing struct {
	book   *Book
	sheets Sheets
	kind   record.Kind

	step    int
	file    string
	work    Workbook
	plan    ImportPlan
	mapping map[string]string
	fixes   map[Cell]string
	ways    map[int]RowWay // decided by a person, by row
	all     bool           // show every row, not only those with problems
	now     int            // place of the current problem
	report  ImportReport

	reading bool          // a sheet is being read anew
	stale   string        // the sheet to read once more: something was chosen or mended meanwhile
	waiting []func(error) // what is done when it has been read
}

// ImportReport is what an import did.
type ImportReport struct {
	Batch                    string
	Added, Changed, Left, Of int  // Left: rows kept under 待处理
	Stopped                  bool // 停止 was pressed: what was written stays in the batch
}

// NewImporting opens the wizard for a register.
func NewImporting(b *Book, sheets Sheets, kind string) (*Importing, error) {
	k, err := b.Kind(kind)
	if err == nil {
		err = b.Barred(kind)
	}
	if err != nil {
		return nil, err
	}
	return &Importing{book: b, sheets: sheets, kind: k, fixes: map[Cell]string{}, ways: map[int]RowWay{}, mapping: map[string]string{}}, nil
}

// Kind returns the register imported into.
func (p *Importing) Kind() record.Kind { return p.kind }

func (p *Importing) restart() {
	clear(p.fixes)
	clear(p.ways)
	clear(p.mapping)
	p.now = 0
}

// Step returns where the wizard stands.
func (p *Importing) Step() int { return p.step }

// Take opens a file and reads its first sheet that holds records. A file that
// is not a spreadsheet is refused with a sentence; nothing else changes.
func (p *Importing) Take(ctx context.Context, name string, data []byte) error {
	work, err := p.sheets.Read(ctx, name, data)
	if err != nil {
		return err
	}
	names := work.Sheets()
	if len(names) == 0 {
		return record.Refuse("SHEET_EMPTY", "“"+path.Base(name)+"”里没有内容。请换一个文件；台账没有变化。")
	}
	p.file, p.work = path.Base(strings.ReplaceAll(name, `\`, "/")), work
	p.restart()
	best, most := names[0], -1
	for _, sheet := range names {
		if err := p.replan(ctx, sheet); err != nil {
			continue // a sheet that is no list; the next may be one
		}
		if n := p.Ready(); n > most {
			best, most = sheet, n
		}
	}
	if err := p.replan(ctx, best); err != nil {
		return err
	}
	p.step = MapColumns
	return nil
}

// replan reads a sheet with the present mapping and fixes.
func (p *Importing) replan(ctx context.Context, sheet string) error {
	ask := p.ask(sheet)
	plan, err := p.read(ctx, ask)
	if err == nil {
		p.plan, p.mapping = plan, ask.Mapping
	}
	return err
}

// Reckon reads the sheet anew away from the face, as it is mapped and mended by now;
// what is chosen or mended meanwhile is read in one more go. then is called when the
// plan is that of everything.
func (p *Importing) Reckon(run Runner, then func(error)) { p.reckon(run, p.plan.Sheet, then) }

func (p *Importing) reckon(run Runner, sheet string, then func(error)) {
	p.waiting = append(p.waiting, then)
	if p.reading {
		p.stale = sheet
		return
	}
	p.reading = true
	ask, plan := p.ask(sheet), ImportPlan{}
	run.Do("检查“"+sheet+"”", func(ctx context.Context, _ Progress) (err error) {
		plan, err = p.read(ctx, ask)
		return err
	}, func(err error) {
		p.reading = false
		if again := p.stale; again != "" {
			p.stale = ""
			p.reckon(run, again, func(error) {})
			return
		}
		if err == nil {
			p.plan, p.mapping = plan, ask.Mapping
		}
		waiting := p.waiting
		p.waiting = nil
		for _, then := range waiting {
			then(err)
		}
	})
}

// ask says how a sheet is to be read: the present mapping and fixes.
func (p *Importing) ask(sheet string) PlanAsk {
	return PlanAsk{Sheet: sheet, Kind: p.kind, Mapping: maps.Clone(p.mapping), Fixes: maps.Clone(p.fixes)}
}

// read plans a sheet; columns that were matched by hand before join the mapping.
func (p *Importing) read(ctx context.Context, ask PlanAsk) (ImportPlan, error) {
	plan, err := p.work.Plan(ctx, ask, p.book)
	again := false
	for _, c := range plan.Columns {
		if _, set := ask.Mapping[c.Col]; set {
			continue
		}
		if field := p.book.Setting(p.memory(c.Heading)); field != "" && field != c.Field {
			ask.Mapping[c.Col], again = strings.TrimPrefix(field, "-"), true
		}
	}
	if err != nil || !again {
		return plan, err
	}
	return p.work.Plan(ctx, ask, p.book)
}

func (p *Importing) memory(heading string) string { return "import/" + p.kind.Name + "/" + heading }

// Remember keeps the present columns for the next file with these headings
// (「记住这套对应」).
func (p *Importing) Remember() error {
	for _, c := range p.plan.Columns {
		field := c.Field
		if field == "" {
			field = "-" // left out on purpose
		}
		if err := p.book.SetSetting(p.memory(c.Heading), field); err != nil {
			return err
		}
	}
	return nil
}

// File returns the file's name without its folder.
func (p *Importing) File() string { return p.file }

// Line returns what stands behind the title: file, sheet, rows.
func (p *Importing) Line() string {
	if p.work == nil {
		return "从 Excel、WPS 表格或 CSV 文件导入"
	}
	return p.file + "・工作表“" + p.plan.Sheet + "”・" + number(len(p.people())) + " 行"
}

// people are the rows that hold a record, readable or not.
func (p *Importing) people() []ImportRow {
	var out []ImportRow
	for _, r := range p.plan.Rows {
		switch r.State {
		case RowNew, RowChanged, RowSame, RowAsk:
			out = append(out, r)
		}
	}
	return out
}

// SheetNames returns the sheets of the file.
func (p *Importing) SheetNames() []string {
	if p.work == nil {
		return nil
	}
	return p.work.Sheets()
}

// Sheet returns the sheet being read.
func (p *Importing) Sheet() string { return p.plan.Sheet }

// ChooseSheet reads another sheet of the file.
func (p *Importing) ChooseSheet(run Runner, sheet string, then func(error)) {
	p.restart()
	p.reckon(run, sheet, then)
}

// Next goes on: from the columns to the problems.
func (p *Importing) Next() {
	if p.step < MendProblems && p.work != nil {
		p.step++
	}
}

// Back goes one step back; everything chosen stays.
func (p *Importing) Back() {
	if p.step > PickFile && p.step < Imported {
		p.step--
	}
}

// Ready returns how many rows would be imported now.
func (p *Importing) Ready() int {
	n := 0
	for _, r := range p.people() {
		if p.goes(r) {
			n++
		}
	}
	return n
}

// goes reports whether a row would be imported now.
func (p *Importing) goes(r ImportRow) bool {
	switch p.ways[r.Row] {
	case RowSkip:
		return false
	case RowKeep, RowAmend:
		return r.State != RowAsk
	case RowAdd:
		return true
	}
	return (r.State == RowNew || r.State == RowChanged) && !r.blocked()
}

// waits reports whether a row holds something new that would not be imported now.
func (p *Importing) waits(r ImportRow) bool {
	return r.State != RowSame && !p.goes(r)
}

// Doubtful returns how many columns want a look.
func (p *Importing) Doubtful() int {
	n := 0
	for _, c := range p.plan.Columns {
		if p.ColumnMark(c).Tone == Soon {
			n++
		}
	}
	return n
}
