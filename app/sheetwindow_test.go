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

// rows types a table of a form in place: a block of two rows from the clipboard, taken
// back and done again, a cell by keys, a row away, saved.
func (w *walk) rows() {
	w.desktop()
	w.press("ctrl+2")
	w.click("罗沐辰")
	w.press("Return")
	w.see("党员信息编辑")
	w.press("ctrl+Tab", "ctrl+Tab", "ctrl+Tab")
	w.see("表彰奖励")
	w.clickBeside("表彰奖励", "＋")
	w.press("Right")
	w.must(w.desk.Paste("优秀共产党员\t区级\t20250701\n技术能手\t园区级\t20240501\n"))
	w.shows("2024-05-01")
	w.press("ctrl+z", "ctrl+y")
	w.shows("技术能手")
	w.press("Home", "Right", "Right", "Right", "Right") // the last cell of the second row
	w.letters("B12")
	w.press("Tab")
	w.letters("shengji")
	w.press("Return", "Up", "Home", "Delete") // a row begun and taken away
	w.see("删了 1 行，按 Ctrl+Z 找回")
	w.keep("rows")
	w.press("ctrl+s")
	w.shows("已保存“罗沐辰”")
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
