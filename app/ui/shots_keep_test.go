package ui

import (
	"os"

	"zhibu/app/screen"
	"zhibu/storage/storetest"
)

// keepPictures are those of printing with choices, of copies, keys and the chain;
// of every dialog only where pictures are wanted.
func keepPictures() []picture {
	shown := []picture{
		{name: "f-print-letter", reach: func(w *window) {
			p := w.preview("F13", "member", w.Book().Search("member", "罗沐辰")[0].ID)
			p.typed.asks[0].Type("2026-07")
			p.p.SetOverlay(true)
		}},
		{name: "faces", reach: func(w *window) { w.Go(Place{Page: "settings", View: "faces"}) }},
		{name: "faces-gone", reach: func(w *window) {
			if err := w.Book().SetSetting(screen.FaceSetting("kai"), "/usr/share/fonts/simkai.ttf"); err != nil {
				panic(err)
			}
			w.Go(Place{Page: "settings", View: "faces"})
		}},
		{name: "keep", reach: func(w *window) {
			w.Keep()
			p := w.page.(*keepPage)
			p.pass.SetText(storetest.Passphrase)
			p.look()
		}},
		{name: "audit", reach: func(w *window) {
			w.preview("F24", "member", w.Book().All("member")[0].ID).doPrint()
			if err := w.Book().Reveal(w.Book().All("member")[1]); err != nil {
				panic(err)
			}
			w.session.HandOver(w.vault.Dir+"/../移交.bak", "给下一任的密码2026", func([]string, error) {})
			w.frame.showBands()
			w.Go(Place{Page: "settings", View: "audit"})
		}},
		{name: "code", reach: func(w *window) {
			w.Go(Place{Page: "settings"})
			w.session.NewCode(storetest.Passphrase, func(groups []string, _ error) {
				w.showCode("恢复码已换", "密码没有变。这是新的恢复码：", groups)
			})
		}},
	}
	if os.Getenv("ZHIBU_SHOTS")+os.Getenv("ZHIBU_SOAK") == "" {
		return shown
	}
	return append(shown, dialogPictures()...)
}

func dialogPictures() []picture {
	return []picture{
		{name: "f-print-batch", reach: func(w *window) {
			var ids []string
			for _, r := range w.Book().All("member")[:6] {
				ids = append(ids, r.ID)
			}
			p := w.preview("F24", "member", ids...)
			p.doPrint()
			p.p.Choose("front")
			p.refresh()
		}},
		{name: "f-print-year", reach: func(w *window) { w.preview("F16", "dues").choose(2) }},
		{name: "f-calibrate", reach: func(w *window) { w.preview("F06", "pool", w.Book().All("pool")[0].ID).calibrate() }},
		{name: "f-failed", reach: func(w *window) {
			ids := []string{w.Book().All("member")[0].ID, w.Book().All("member")[1].ID}
			p := w.preview("F24", "member", ids...)
			p.p.SetSeparate(true)
			if err := w.Book().Delete("member", ids[1]); err != nil {
				panic(err)
			}
			p.doPrint()
		}},
		{name: "rekey", reach: func(w *window) { w.Go(Place{Page: "settings"}); w.rekey() }},
		{name: "code-print", reach: func(w *window) {
			w.printCode("青梧街道云栈科技园第三联合党支部", []string{"7M4K", "Q2XD", "9RTC", "H3WB", "5JNP", "8YVG"})
		}},
	}
}
