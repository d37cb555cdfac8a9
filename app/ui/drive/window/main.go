// Command window is a window with every kind of text box, for the tests of typing
// with input methods; called with "empty", one with a single word, which the
// program's start is measured against. It answers package drive.
package main

import (
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"zhibu/app/ui/drive"
	"zhibu/app/ui/ime"
	"zhibu/app/ui/kit"
)

func main() {
	a := app.NewWithID("cn.zhibu.window")
	kit.Dress(a, kit.Standard)
	w := a.NewWindow("打字")
	w.SetPadded(false)
	k := kit.New(a, w, kit.Options{Now: time.Now})
	name, minutes, pass := k.Entry("姓名"), k.Editor("从这里写起", nil), k.Password("")
	acted := kit.NewCaption("没有按键传出")
	k.SetPageKeys(kit.Keys{
		"Enter": func() { acted.Set("页面收到 Enter") }, "Esc": func() { acted.Set("页面收到 Esc") },
		"F2": func() { k.Focus(name) }, "F3": func() { k.Focus(minutes) },
		"F4": func() { k.Focus(pass) },
	})
	form := kit.Column(8, kit.NewFormRow("姓名", true, name), kit.NewFormRow("密码", true, pass), acted)
	if len(os.Args) > 1 && os.Args[1] == "empty" {
		w.SetContent(kit.NewText("空窗口"))
		listen(w.Canvas(), os.Getenv("ZHIBU_PROBE"))
		w.ShowAndRun()
		return
	}
	w.SetContent(kit.Columns(12, []float32{-1, -1}, kit.NewFixedCard("登记", form), kit.NewFlushCard("会议记录", minutes)))
	w.Resize(fyne.NewSize(1000, 560))
	stop := func() {}
	a.Lifecycle().SetOnStarted(func() {
		stop = ime.Follow(w)
		k.Focus(name)
	})
	a.Lifecycle().SetOnStopped(func() { stop() })
	listen(w.Canvas(), os.Getenv("ZHIBU_PROBE"))
	w.ShowAndRun()
}

// listen answers the driver at every frame of an animation that never ends, which
// keeps it on the UI goroutine.
func listen(c fyne.Canvas, dir string) {
	forever := fyne.NewAnimation(time.Second, func(float32) {
		if err := drive.Answer(c, dir); err != nil {
			fyne.LogError("probe", err)
		}
	})
	forever.RepeatCount = fyne.AnimationRepeatForever
	forever.Start()
}
