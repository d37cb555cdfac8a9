package sheet

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"zhibu/storage/record"
)

// rowKind says what a row of a block is.
type rowKind int

const (
	blankRow    rowKind = iota // nothing, or only a serial number
	dataRow                    // a record
	goesOn                     // more lines of the record above (merged cells)
	captionRow                 // the name of a group that the rows below belong to
	noteRow                    // a title, total, note, signature line
	sampleRow                  // an example left in a template
	headingsRow                // the headings again
)

// rowReader reads the rows of one block.
type rowReader struct {
	*planner
	l       *layout
	b       block
	title   int                // column of the kind's title field, −1 if none
	dates   map[int]dateReader // by column
	inNotes bool               // below a line that opens notes
	year    string             // that the list is about, "" if it does not say
	caption string             // group that the rows belong to
	before  map[int]Cell       // cells of the data row above, for "as above"
	count   int                // data rows so far
}

var (
	footer    = regexp.MustCompile(`^(合计|总计|小计|共计|累计|总数|人数合计|共\d+人|填表人|填表单位|填报|制表|审核|负责人|经办|联系人[:：]|党支部书记[（(:：]|支部书记[（(:：]|书记签|签字|签名|盖章|公章|（?盖章|以上|此表|本表|说明|注[:：、]|备注[:：]|注意|填写|填报|填表|报送|统计人|单位[（(]?盖章|监制|打印|第\d+页|共\d+页|页码|以下空白|=+|—{3,}|-{3,})`)
	opensNote = regexp.MustCompile(`^(填表说明|填写说明|填报说明|填报要求|填写要求|填写注意|注意事项|说明|注[:：、]|备注[:：]|以下空白)`)
	sampleTag = regexp.MustCompile(`^(示例|样例|例|例如|范例|例子|举例|样表|sample|example)[:：0-9）)]*$`)
	howTo     = regexp.MustCompile(`必填|选填|可不填|可为空|不能为空|格式|下拉|请选择|请填|请输入|填写|如[:：]|例[:：]|例如|(?i:yyyy)|文本格式|\d+位|^(单选|多选|文本|数字|日期|字符)$`)
	xxx       = regexp.MustCompile(`(?i)x{3,}|×{2,}|某某`)
	groupName = regexp.MustCompile(`^[^,，。；;]{0,12}(党小组|小组|组|支部|党支部)$`)
	dutyWords = regexp.MustCompile(`签字|签名|盖章|（签|审核人|填表人|制表人`)
)

func newRowReader(pl *planner, l *layout, b block) *rowReader {
	rr := &rowReader{planner: pl, l: l, b: b, title: -1, dates: map[int]dateReader{}, year: l.yearOf(b)}
	if groupName.MatchString(strings.TrimSpace(l.sheet.Name)) {
		rr.caption = strings.TrimSpace(l.sheet.Name) // a sheet for each group
	}
	for _, c := range b.columns {
		if c.field.Name == pl.kind.Title && rr.title < 0 {
			rr.title = c.col
		}
		d := dateReader{date1904: l.sheet.Date1904, today: pl.today, year: record.Int(rr.year)}
		for row := b.first; row < b.bottom && c.field.Name != ""; row++ {
			if cell := l.sheet.Cell(row, c.col); cell.Type != Number && strings.HasSuffix(cell.Text, ".10") {
				d.zeros = true
				break
			}
		}
		rr.dates[c.col] = d
	}
	return rr
}

// cell returns a cell of a data row; a value merged downwards holds for every
// row of its block.
func (rr *rowReader) cell(row, col int) Cell {
	if at, ok := rr.l.above[[2]int{row, col}]; ok && at[0] >= rr.b.first && at[1] == col {
		return rr.l.sheet.Cell(at[0], at[1])
	}
	return rr.l.sheet.Cell(row, col)
}

// inBlock returns the cells of a row within the block's columns.
func (rr *rowReader) inBlock(row int) []Cell {
	cells := rr.l.sheet.Rows[row]
	return cells[min(rr.b.left, len(cells)):min(rr.b.right, len(cells))]
}

// facts are what a row's kind is judged by.
type facts struct {
	filled int    // cells with something in them
	mapped int    // of those that are not blank, under columns to import, besides the title
	typed  int    // of those that read well as ID number, phone, date or code
	id     bool   // a whole identity number
	first  string // the first text, without blanks
	title  string
}

func (rr *rowReader) facts(row int) facts {
	var f facts
	for _, c := range rr.inBlock(row) {
		if c.Type != Empty {
			f.filled++
			if f.first == "" {
				f.first = strings.Join(strings.Fields(c.Text), "")
			}
		}
	}
	if rr.title >= 0 {
		f.title = strings.TrimSpace(rr.cell(row, rr.title).Text)
	}
	for _, c := range rr.b.columns {
		cell := rr.l.sheet.Cell(row, c.col)
		if c.field.Name == "" || c.col == rr.title || cell.Type == Empty || isBlank(cell.Text) {
			continue
		}
		f.mapped++
		good, id := strong(c.field, cell)
		f.id = f.id || id
		if good {
			f.typed++
		}
	}
	return f
}

// strong reports whether a cell reads well as a type with a form of its own.
func strong(f record.Field, c Cell) (good, id bool) {
	switch t := f.Type.(type) {
	case record.IDNumber:
		value, err := t.Parse(c.Text)
		whole := err == nil && len(value) >= 15
		return whole || c.Type == Number && c.Number >= 1e14 || sciForm.MatchString(strings.TrimSpace(c.Text)) || maskedID.MatchString(c.Text), whole
	case record.Money:
		_, err := t.Parse(c.Text)
		return err == nil, false
	case record.Phone:
		_, err := t.Parse(c.Text)
		return err == nil && len(c.Text) >= 7, false
	case record.Day:
		day, _ := dateReader{}.read(c)
		return !day.IsZero(), false
	case record.Moment:
		start, _, _ := dateReader{}.moment(c)
		return start != "", false
	case record.Choice:
		_, err := record.Choice{Codes: t.Codes}.Parse(c.Text)
		return err == nil, false
	}
	return false, false
}

// kindOf judges a row.
func (rr *rowReader) kindOf(row int) rowKind {
	f := rr.facts(row)
	switch {
	case rr.isExported(row):
		return dataRow
	case f.filled == 0, f.mapped == 0 && f.title == "" && rr.onlySerial(row):
		return blankRow
	case rr.title >= 0 && rr.goesOn(row):
		return goesOn
	case rr.l.isHeading(row):
		return headingsRow
	case rr.isFooter(f):
		return noteRow
	}
	return rr.content(row, f)
}

// content judges a row that is no heading, footer or blank.
func (rr *rowReader) content(row int, f facts) rowKind {
	switch {
	case sampleTag.MatchString(f.first) || sampleTag.MatchString(f.title):
		return sampleRow
	case rr.count == 0 && rr.tellsHow(row, f):
		return noteRow
	case f.title == "":
		return rr.untitled(row, f)
	case rr.aboutPerson():
		return rr.person(row, f)
	case f.mapped == 0 && len(rr.b.columns) > 2 && f.filled <= 1:
		return noteRow
	}
	return dataRow
}

// tellsHow reports whether the row below the headings says how to fill them in:
// 必填, 下拉选择, 格式 2019/10/24.
func (rr *rowReader) tellsHow(row int, f facts) bool {
	n := 0
	for _, c := range rr.inBlock(row) {
		if howTo.MatchString(c.Text) {
			n++
		}
	}
	return n > 0 && n*2 >= f.filled && !f.id
}

// aboutPerson reports whether the title column holds a person's name.
func (rr *rowReader) aboutPerson() bool {
	switch t := rr.titleType().(type) {
	case record.PersonName:
		return true
	case record.Ref:
		return t.Kind == "member" || t.Kind == "pool"
	}
	return false
}

func (rr *rowReader) titleType() record.Type {
	f, _ := rr.kind.Field(rr.kind.Title)
	return f.Type
}

// goesOn reports whether the title is merged down from a data row above.
func (rr *rowReader) goesOn(row int) bool {
	at, ok := rr.l.above[[2]int{row, rr.title}]
	return ok && at[1] == rr.title && at[0] >= rr.b.first && rr.count > 0
}

// onlySerial reports whether a row holds nothing but numbers drawn beforehand or
// marks for nothing, outside the columns to import.
func (rr *rowReader) onlySerial(row int) bool {
	for _, c := range rr.inBlock(row) {
		text := strings.TrimRight(strings.TrimSpace(c.Text), ".、")
		if c.Type == Empty || isBlank(text) {
			continue
		}
		if utf8.RuneCountInString(text) > 5 || strings.Trim(text, "0123456789") != "" {
			return false
		}
	}
	return true
}

func (rr *rowReader) isFooter(f facts) bool {
	if !footer.MatchString(f.first) && !dutyWords.MatchString(f.first) {
		return false
	}
	// A person may be called 注意 or stand in a group called 说明组: a row that is
	// clearly one stays data.
	if f.typed >= 2 && likeName(f.title) {
		return false
	}
	if opensNote.MatchString(f.first) {
		rr.inNotes = true
	}
	return true
}

// untitled judges a row without a name.
func (rr *rowReader) untitled(row int, f facts) rowKind {
	switch {
	case rr.inNotes && f.typed < 2:
		return noteRow
	case f.id, f.typed >= 1 && f.mapped >= 2, f.mapped >= 3 && f.mapped*2 >= rr.importing():
		return dataRow
	case f.filled == 1 && groupName.MatchString(f.first):
		rr.caption = f.first
		return captionRow
	}
	return noteRow
}

// importing counts the columns that are imported.
func (rr *rowReader) importing() int {
	n := 0
	for _, c := range rr.b.columns {
		if c.field.Name != "" {
			n++
		}
	}
	return n
}

// person judges a row whose title column should hold a person's name.
func (rr *rowReader) person(row int, f facts) rowKind {
	name := likeName(f.title)
	switch {
	case rr.inNotes && (f.typed == 0 || !name):
		return noteRow
	case genericName(f.title) && !f.id && (rr.count < 3 || rr.placeholder(row)):
		return sampleRow
	case name:
		return dataRow
	case f.filled == 1 && groupName.MatchString(f.first):
		rr.caption = f.first
		return captionRow
	case f.id, f.typed >= 1 && f.mapped >= 2:
		return dataRow
	}
	return noteRow
}

// placeholder reports whether a row holds xxxx where a value should be.
func (rr *rowReader) placeholder(row int) bool {
	return slices.ContainsFunc(rr.inBlock(row), func(c Cell) bool { return xxx.MatchString(c.Text) })
}
