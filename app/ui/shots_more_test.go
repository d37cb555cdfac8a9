package ui

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"

	"zhibu/app/branch"
	"zhibu/app/branch/sample"
	"zhibu/app/screen"
	"zhibu/app/ui/kit/shot"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// newest returns the newest meeting of a kind and state.
func (w *window) newest(kind, state string) string {
	m, err := screen.NewMeetings(w.Book())
	if err != nil {
		panic(err) // the sample holds them: a picture without it is no picture
	}
	m.Filter(kind, state)
	return m.Rows()[0].ID
}

// morePictures are those of meetings, printing, finding, importing.
func morePictures() []picture {
	at := func(p Place) func(*window) { return func(w *window) { w.Go(p) } }
	meeting := func(view, state, note string) func(*window) {
		return func(w *window) {
			w.Go(Place{Page: "meeting", View: view, Kind: "meeting", ID: w.newest("支部党员大会", state), Note: note})
		}
	}
	return []picture{
		{name: "meetings", reach: at(Place{Page: "meeting"})},
		{name: "meetings-calendar", reach: func(w *window) {
			w.Go(Place{Page: "meeting"})
			w.page.(*meetingsPage).view.Choose(asCalendar)
		}},
		{name: "e-meeting-editor", reach: func(w *window) {
			meeting("form", "草稿", "")(w)
			writeMeeting(w)
		}},
		{name: "e-meeting-final", reach: meeting("form", "已定稿", "")},
		{name: "e-meeting-ask", reach: func(w *window) {
			meeting("form", "草稿", "")(w)
			w.page.(*meetingPage).finalise()
		}},
		{name: "e-meeting-vote", reach: func(w *window) {
			meeting("form", "草稿", "")(w)
			votes := w.page.(*meetingPage).votes
			votes.turn(votes.lines[0].row)
			w.App.kit.Focus(firstFocus(votes.lines[0].details))
		}},
		{name: "f-print-preview", reach: meeting("print", "草稿", "F01")},
		{name: "p-finder", reach: func(w *window) { w.Go(Place{Page: "desk"}); w.Settle(); w.openFinder("lw") }},
		{name: "print-centre", reach: at(Place{Page: "print"})},
		{name: "excel", reach: at(Place{Page: "excel"})},
		{name: "k-excel-import-1", reach: at(Place{Page: "excel", View: "import", Kind: "member"})},
		{name: "k-excel-import", reach: importRoster},
		{name: "d-development", reach: at(Place{Page: "pool"})},
		{name: "l-fee-month", reach: func(w *window) {
			w.Go(Place{Page: "dues"})
			p := w.page.(*duesPage)
			for row := range 3 {
				p.sheet.Tick(row, true)
			}
			p.redraw()
		}},
		{name: "g-posts", reach: at(Place{Page: "post"})},
		{name: "g-evaluate", reach: func(w *window) {
			w.Go(Place{Page: "post"})
			w.page.(*signsPage).evaluate()
		}},
		{name: "m-demands", reach: func(w *window) {
			w.Go(Place{Page: "demand"})
			p := w.page.(*demandsPage)
			p.d.Filter("", "", branch.Quarter(w.Book().Today()))
			p.refresh()
		}},
		{name: "n-statistics", reach: at(Place{Page: "stats"})},
		{name: "n-members", reach: func(w *window) {
			w.Go(Place{Page: "stats"})
			p := w.page.(*statsPage)
			p.s.Show("党员")
			p.refresh()
		}},
		{name: "dossiers", reach: at(Place{Page: "dossier"})},
		{name: "services", reach: at(Place{Page: "service"})},
		{name: "help", reach: func(w *window) { w.Go(Place{Page: "pool"}); w.help() }},
		{name: "learning", reach: at(Place{Page: "training"})},
		{name: "d-step", reach: func(w *window) {
			w.Go(Place{Page: "pool"})
			w.page.(*poolPage).do()
		}},
	}
}

// writeMeeting is in the middle of the meeting as picture e shows it.
func writeMeeting(w *window) {
	p := w.page.(*meetingPage)
	for _, name := range []string{"签到表照片 2 张.pdf", "入党志愿书扫描件 1 份.pdf"} {
		hash, err := w.Book().Attach([]byte(name))
		if err != nil {
			panic(err) // a picture without its attachments is no picture
		}
		p.files.take(hash, name)
	}
	p.m.Select(p.m.Agenda()[1].Row)
	p.agenda.refresh()
	w.keep()
}

// importRoster brings the wizard to the problems of the roster of picture k.
func importRoster(w *window) {
	w.Go(Place{Page: "excel", View: "import", Kind: "member"})
	path := filepath.Join(w.vault.Dir, "党员花名册2026.xlsx")
	if err := writeRoster(path); err != nil {
		panic(err)
	}
	p := w.page.(*importPage)
	p.take(path)
	p.next()
}

// writeRoster writes 46 invented people with the five mistakes of picture k.
func writeRoster(path string) error {
	const sheet = "在册"
	book := excelize.NewFile()
	err := book.SetSheetName("Sheet1", sheet)
	row := func(n int, cells ...any) {
		if err == nil {
			err = book.SetSheetRow(sheet, fmt.Sprintf("A%d", n), &cells)
		}
	}
	row(1, "序号", "姓名", "性别", "身份证", "出生年月", "入党时间", "转正时间", "小组", "工作单位", "手机号", "月收入", "备注")
	n := 1
	var third record.Values
	for _, e := range sample.Edits(record.DateOf(shot.Moment()), 66) {
		v := maps.Clone(e.Set)
		if e.Kind != "member" || v["home_address"] != "" {
			continue // one of the twenty
		}
		switch n++; n {
		case 3:
			third = v
		case 27:
			v["name"], v["id_no"], v["birth"], v["gender"] = third["name"], third["id_no"], third["birth"], third["gender"]
		case 5:
			v["joined"] = "2014-13-02"
		case 12:
			v["id_no"] = v["id_no"][:17]
		case 19:
			v["name"] = ""
		case 33:
			v["joined"], v["converted"] = "2019-06-12", "2019-05-12"
		}
		row(n, n-1, v["name"], []string{"", "男", "女"}[record.Int(v["gender"])], v["id_no"], v["birth"][:7], v["joined"], v["converted"], v["group"], v["employer"], v["mobile"], record.Int(v["base_fen"])/100, "")
	}
	return errors.Join(err, book.SaveAs(path), book.Close())
}

// quickly opens the quick form with what picture t shows typed.
func quickly(w *window) {
	w.Go(Place{Page: "member"})
	q, err := screen.NewQuick(w.Book(), "member")
	if err != nil {
		panic(err)
	}
	for _, box := range [][2]string{{"name", "温予宁"}, {"id_no", "310199198904120029"}, {"gender", "女"}, {"category", "正式党员"}, {"joined", "2013-06-20"},
		{"group", "第二党小组"}, {"employer", "禾木检测"}, {"mobile", "13800010205"}} {
		q.Type(box[0], box[1])
	}
	q.Settle()
	(&quickDialog{a: w.App, q: q, words: wordsOf("member")}).open()
}

// spoilt shows the lock screen over a file that cannot be read any more.
func spoilt(w *window) {
	if _, err := w.vault.Backup(""); err != nil {
		panic(err)
	}
	w.session.LockNow()
	if err := os.WriteFile(filepath.Join(w.vault.Dir, "zhibu.db"), make([]byte, 64<<10), 0o600); err != nil {
		panic(err)
	}
	w.session.Unlock(storetest.Passphrase)
}
