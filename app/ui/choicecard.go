package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"zhibu/app/ui/kit"
)

// choiceCard is one of a few large choices: circle, icon, title, one sentence,
// and what belongs to it while it is chosen.
type choiceCard struct {
	widget.BaseWidget
	icon        kit.Icon
	title, text string
	extra       fyne.CanvasObject // shown while chosen; may be nil
	chosen      bool
	onTap       func()
}

func newChoiceCard(icon kit.Icon, title, text string, extra fyne.CanvasObject, onTap func()) *choiceCard {
	c := &choiceCard{icon: icon, title: title, text: text, extra: extra, onTap: onTap}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped implements fyne.Tappable.
func (c *choiceCard) Tapped(*fyne.PointEvent) { c.onTap() }

// CreateRenderer implements fyne.Widget.
func (c *choiceCard) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{c: c, frame: canvas.NewRectangle(nil), outer: canvas.NewCircle(nil), inner: canvas.NewCircle(nil)}
	r.glyph = kit.NewGlyphSized(c.icon, kit.ColorSoft, kit.SizeInputSmall)
	plate := kit.Sized(44, 44, kit.Stack(newSwatch(kit.ColorLocked, "", 0, 3), kit.Center(r.glyph)))
	r.words = kit.Column(0, kit.NewTitle(c.title), kit.NewPara(c.text).In(kit.ColorSoft))
	if c.extra != nil {
		r.words.Add(kit.Pad(c.extra, 10, 0, 0, 0))
	}
	r.content = kit.Columns(14, []float32{18, 44, 0}, kit.Space(), kit.Column(0, plate), r.words)
	r.Refresh()
	return r
}

type choiceRenderer struct {
	c            *choiceCard
	frame        *canvas.Rectangle
	outer, inner *canvas.Circle
	glyph        *kit.Glyph
	words        *fyne.Container
	content      *fyne.Container
}

// iconColor is red on the choice made.
func (r *choiceRenderer) iconColor() fyne.ThemeColorName {
	if r.c.chosen {
		return theme.ColorNamePrimary
	}
	return kit.ColorSoft
}

func (r *choiceRenderer) Destroy()           {}
func (r *choiceRenderer) MinSize() fyne.Size { return r.content.MinSize().AddWidthHeight(34, 28) }

func (r *choiceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.frame, r.outer, r.inner, r.content}
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	r.frame.Resize(size)
	r.content.Move(fyne.NewPos(17, 14))
	r.content.Resize(size.SubtractWidthHeight(34, 28))
	side := kit.U(16)
	r.outer.Move(fyne.NewPos(18, 16))
	r.outer.Resize(fyne.NewSquareSize(side))
	r.inner.Move(fyne.NewPos(18+side*0.22, 16+side*0.22))
	r.inner.Resize(fyne.NewSquareSize(side * 0.56))
}

func (r *choiceRenderer) Refresh() {
	primary := theme.Color(theme.ColorNamePrimary)
	r.frame.CornerRadius = theme.Size(theme.SizeNameInputRadius)
	r.frame.FillColor, r.frame.StrokeColor, r.frame.StrokeWidth = theme.Color(kit.ColorSurface), theme.Color(theme.ColorNameInputBorder), theme.Size(theme.SizeNameInputBorder)
	r.outer.FillColor, r.outer.StrokeColor, r.outer.StrokeWidth = theme.Color(kit.ColorSurface), theme.Color(theme.ColorNameInputBorder), 1
	r.inner.FillColor, r.inner.Hidden = primary, !r.c.chosen
	if r.c.chosen {
		r.frame.FillColor, r.frame.StrokeColor, r.frame.StrokeWidth = theme.Color(kit.ColorWarm), primary, 2
		r.outer.StrokeColor = primary
	}
	r.glyph.Set(r.c.icon, r.iconColor())
	if r.c.extra != nil {
		last := r.words.Objects[len(r.words.Objects)-1]
		if r.c.chosen {
			last.Show()
		} else {
			last.Hide()
		}
	}
	r.frame.Refresh()
	r.outer.Refresh()
	r.inner.Refresh()
	r.content.Refresh()
	r.Layout(r.c.Size())
}
