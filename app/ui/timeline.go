package ui

import (
	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// timeline is the change history of a record, newest first, what is not saved
// yet on top.
func timeline(unsaved []string, events []screen.Event) fyne.CanvasObject {
	var out []kit.Event
	if len(unsaved) > 0 {
		out = append(out, kit.Event{Title: "未保存", By: "现在", Lines: unsaved, Foot: "保存后写入记录", Open: true})
	}
	for _, e := range events {
		lines := e.Lines
		if e.What != "改" {
			lines = append([]string{e.What}, lines...)
		}
		foot := e.Standing()
		if e.Device != "" {
			foot = e.Device + "・" + foot
		}
		if e.Why != "" {
			foot += "・" + e.Why
		}
		out = append(out, kit.Event{Title: e.At.Format("2006-01-02 15:04"), By: e.By, Lines: lines, Foot: foot})
	}
	if len(out) == 0 {
		return kit.NewSoft("还没有改动记录。")
	}
	return kit.NewTimeline(out)
}
