package main

// sheet keeps to the habits of Excel in the dues sheet: a block comes from the
// clipboard and goes there, F2 edits, Enter goes down and Tab right, Ctrl+D and the
// menu fill down. All of it is taken back.
func (w *walk) sheet() {
	w.desktop()
	w.press("ctrl+9")
	w.see("缴纳日期")
	w.must(w.desk.Paste("11.50\t\"11-17\"\r\n12.50\t\"11-18\n\"\r\n"))
	w.shows("12.50")
	w.press("ctrl+c")
	w.clipboard("11.50\t11-17\n12.50\t11-18\n")
	w.press("F2", "BackSpace")
	w.letters("9")
	w.press("Return", "shift+Tab") // down, left
	w.letters("20")
	w.press("Tab", "Left", "Down", "ctrl+d", "shift+Up", "ctrl+c")
	w.clipboard("20\n20\n")
	w.shows("11-19")
	at, err := w.desk.Wait("20")
	w.must(err)
	w.must(w.desk.MenuAt(at.Center()))
	w.see("向下填充")
	w.keep("sheet")
	w.click("清空") // both chosen cells
	w.press("ctrl+c")
	w.clipboard("\n\n")
	w.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
	w.see("登记勾选的人") // nothing is ticked
}

// clipboard waits until a block is on the clipboard.
func (w *walk) clipboard(want string) {
	w.t.Helper()
	last := ""
	if err := w.desk.Until("the block on the clipboard", func() (ok bool) {
		text, err := w.desk.Clipboard()
		last = text
		return err == nil && text == want
	}); err != nil {
		w.t.Errorf("%v: %q", err, last)
	}
}
