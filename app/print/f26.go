package print

import (
	"fmt"

	"zhibu/app/branch"
	"zhibu/app/branch/rules"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f26 is 发展党员全程记实表 and the check-list of the archive pack. Source: full-course
// record of a provincial working handbook [S1 tables 48–49]; 细则37 (domain.md §1.8,
// §7.3 F26).
func f26() Form {
	return Form{Code: "F26", Name: "发展党员全程记实表", Kinds: []string{"pool"}, Blank: true,
		Variants: []Variant{{"COURSE", "发展党员全程记实表"}, {"ARCHIVE", "发展党员归档材料清单"}},
		Source:   "《中国共产党发展党员工作细则》；省级发展党员工作手册表 48、49",
		draw: func(d *draft) {
			if d.variant == "ARCHIVE" {
				d.each(page.Portrait, d.archiveList)
				return
			}
			d.each(page.Portrait, d.course)
		}}
}

// phases are the five stages of 发展党员 as the table names them.
var phases = [...]string{"申请入党", "入党积极分子\n的确定和\n培养教育", "发展对象的\n确定和考察", "预备党员的\n接收", "预备党员的\n教育考察\n和转正"}

func (d *draft) course(p record.Record) {
	d.heading("发展党员全程记实表")
	d.headline(d.branchLine(), nil)
	cols := []float64{24, 12, 42, 32, 30, 25}
	rows := []page.Row{
		{Cells: []page.Cell{d.label("姓名"), wide(2, d.value(d.text(p, "name"))), d.label("性别"), wide(2, d.value(d.text(p, "gender")))}},
		{Cells: []page.Cell{d.label("身份证号"), wide(2, d.value(d.text(p, "id_no"))), d.label("单位及职务"), wide(2, d.value(d.work(p)))}},
		d.heads("阶段", "步骤", "事项", "办理时间", "责任人", "审核人"),
	}
	set := d.rules()
	dates := d.stepDates(p)
	for stage := 1; stage <= 5; stage++ {
		steps := stepsIn(set, stage)
		for i, s := range steps {
			line := page.Row{H: 13, Cells: []page.Cell{d.listCellLabel(fmt.Sprint(s.N)), d.listCellLabel(s.Name), d.listCell(dates[s.N]), d.listCell(""), d.listCell("")}}
			if i == 0 {
				side := d.listCellLabel(phases[stage-1])
				line.Cells = append([]page.Cell{deep(len(steps), side)}, line.Cells...)
			}
			rows = append(rows, line)
		}
		rows = append(rows, page.Row{Cells: []page.Cell{wide(6, d.sign(page.Cell{H: 9}, "本阶段填写人（签名）：　　　　　　　审核人（签名）：　　　　　　　"+dayShort))}})
	}
	d.Table(page.Table{Cols: cols, Rows: rows, Pad: 1, PadV: 0.6})
}

func stepsIn(set rules.Set, stage int) []rules.Step {
	var out []rules.Step
	for _, s := range set.Steps {
		if s.Stage == stage {
			out = append(out, s)
		}
	}
	return out
}

// stepDates are the days on which the steps of a person were done.
func (d *draft) stepDates(p record.Record) map[int]string {
	out := map[int]string{}
	if p.ID == "" {
		return out
	}
	for _, s := range branch.Stage(p, d.in, d.in.Today()) {
		if s.Done && !s.Date.IsZero() {
			out[s.N] = cnDate(s.Date.String())
		}
	}
	return out
}

// listCellLabel is a small cell of printed form.
func (d *draft) listCellLabel(text string) page.Cell {
	s := d.song(size5s)
	s.Align, s.Lead = page.Center, 4.2
	return page.Cell{Text: page.Text(s, text), H: 7}
}

// archiveList is the check-list of the papers of one person.
func (d *draft) archiveList(p record.Record) {
	d.title = "发展党员归档材料清单"
	d.heading(d.title)
	d.headline([]page.Span{d.say("姓名："), d.blank(d.text(p, "name"), 40)}, []page.Span{d.say("党支部："), d.put(d.branchOr(nameBlank))})
	rows := []page.Row{d.heads("序号", "材料名称", "步骤", "归档去向", "有", "日期", "备注")}
	for i, m := range d.rules().Archive {
		place := "基层党委"
		if m.Personal {
			place = "人事档案"
		}
		have, day, note := d.paper1(p, m.Name)
		box := page.Cell{Text: []page.Para{{{Box: true, Tick: have, Style: centred(d.song(size5))}}}}
		rows = append(rows, row(d.listCellLabel(fmt.Sprint(i+1)), d.listCellLabel(m.Name), d.listCellLabel(fmt.Sprint(m.Step)), d.listCellLabel(place), box,
			d.listCell(day), d.listCell(note)))
	}
	d.Table(page.Table{Cols: []float64{11, 66, 13, 22, 10, 24, 19}, Head: 1, Rows: rows, Keep: 14, Pad: 1, PadV: 0.6})
	d.footline("移交人（签名）：", "接收人（签名）：", dayBlank)
}

func centred(s page.Style) page.Style {
	s.Align = page.Center
	return s
}

// paper1 looks a paper up among those kept for a person.
func (d *draft) paper1(p record.Record, name string) (have bool, day, note string) {
	for _, r := range p.Rows("material") {
		if r.Values["name"] != name {
			continue
		}
		return r.Values["have"] == branch.Yes, d.brief(p, record.Path("material", r.ID, "date")), d.cell(p, "material", r, "note")
	}
	return false, "", ""
}
