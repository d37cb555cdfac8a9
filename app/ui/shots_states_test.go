package ui

import (
	"os"
	"path/filepath"
	"testing"

	"zhibu/storage/record"
)

// statePictures are the states of design.md §6 that no other picture shows: every
// condition on a page, and those of one page. Where pictures are not wanted the tests
// of the states see to them.
func statePictures() []picture {
	if os.Getenv("ZHIBU_SHOTS")+os.Getenv("ZHIBU_SOAK") == "" {
		return rowPictures()
	}
	nobody := func(t testing.TB) content { return fillRows(t, 0) }
	reader := func(testing.TB) content { return written(onlyReads) }
	at := func(p Place) func(*window) { return func(w *window) { w.Go(p) } }
	out := []picture{
		{name: "state-empty", fill: nobody, reach: at(Place{Page: "demand"})},
		{name: "state-empty-excel", fill: nobody, reach: at(Place{Page: "excel"})},
		{name: "state-empty-desk", fill: nobody, reach: at(Place{Page: "desk"})},
		{name: "state-unfound", reach: func(w *window) {
			w.Go(Place{Page: "member"})
			w.page.(*listPage).search.Type("ghx")
		}},
		{name: "state-loading", reach: func(w *window) { w.gate.shut = true; w.Go(Place{Page: "stats"}) }},
		{name: "state-error", reach: func(w *window) {
			w.Go(Place{Page: "sync"})
			w.FailAgain(record.Refuse("STICK_FULL", "没有存到 U 盘：还差 38 MB。请清理 U 盘后重试，或者换一个位置；本机数据没有变化。"), func() {})
		}},
		{name: "state-unsaved", reach: func(w *window) { editMember(w); w.Back() }},
		{name: "state-form", reach: func(w *window) {
			disagree(w.Book())
			w.Go(Place{Page: "member", View: "form", ID: w.Book().Search("member", "许清禾")[0].ID})
		}},
		{name: "state-old-year", reach: func(w *window) {
			w.Go(Place{Page: "training", View: "form", Kind: "training", ID: lastYears(w.Book())})
		}},
		{name: "state-reader-form", fill: reader, reach: func(w *window) {
			w.Go(Place{Page: "member", View: "form", ID: w.Book().Search("member", "罗沐辰")[0].ID})
		}},
		{name: "state-reader-meeting", fill: reader, reach: func(w *window) {
			w.Go(Place{Page: "meeting", View: "form", Kind: "meeting", ID: w.newest("支部党员大会", "草稿")})
		}},
		{name: "state-form-refused", reach: func(w *window) {
			refuse(w.Book())
			w.Go(Place{Page: "member", View: "form", ID: w.Book().Search("member", "范语桐")[0].ID})
		}},
	}
	out = append(out, rowPictures()...)
	pages := map[string]string{"working": "excel", "syncing": "sync", "offline": "sync"}
	for _, c := range conditions() {
		page := pages[c.name]
		if page == "" {
			page = "member"
		}
		out = append(out, picture{name: "state-" + c.name, fill: c.fill, reach: func(w *window) {
			if c.bring != nil {
				c.bring(w)
			}
			w.Go(Place{Page: page})
		}})
	}
	return out
}

// rowPictures are tables inside forms: few columns, a keyed table, more columns than
// have room, files.
func rowPictures() []picture {
	form := func(kind, page, table string) func(*window) {
		return func(w *window) {
			w.Go(Place{Page: page, View: "form", Kind: kind, ID: w.withRows(kind, table), Note: table})
		}
	}
	return []picture{
		{name: "rows-committee", reach: form("branch", "settings", "committee")},
		{name: "rows-months", reach: form("dues", "dues", "month")},
		{name: "rows-participants", reach: form("training", "training", "participant")},
		{name: "rows-evaluation", reach: form("post", "post", "evaluation")},
		{name: "rows-events", reach: form("member", "member", "event")},
		{name: "rows-files", reach: func(w *window) {
			form("member", "member", "files")(w)
			r, file := w.rowBox("files"), filepath.Join(w.vault.Dir, "入党志愿书.txt")
			if err := os.WriteFile(file, []byte("扫描件"), 0o600); err != nil {
				panic(err)
			}
			w.attachFile(file, func(hash, name string) { r.m.form.AttachFile("files", hash, name); r.did(nil) })
		}},
		{name: "rows-step", reach: func(w *window) {
			w.Go(Place{Page: "pool"})
			p := w.page.(*poolPage)
			p.p.ChooseStep(5)
			p.do()
		}},
		{name: "rows-contacts", reach: func(w *window) {
			form("pool", "pool", "contacts")(w)
			b := w.rowBox("contacts")
			w.App.kit.Focus(b.sheet)
			b.sheet.SetCursor(len(b.rows), 2)
			b.sheet.Paste("2026-01-01\t2026-13-02")
		}},
	}
}

// withRows returns the record of a kind that has most rows in a table.
func (w *window) withRows(kind, table string) (id string) {
	most := -1
	for _, r := range w.Book().All(kind) {
		if n := len(r.Rows(table)); n > most {
			most, id = n, r.ID
		}
	}
	return id
}
