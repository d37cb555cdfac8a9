package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// Letter is a first letter with how many rows begin with it.
type Letter struct {
	Letter string
	Count  int
}

// LetterStrip is 全部 and the first letters with counts: pressing one shows only
// those. ← → choose.
type LetterStrip struct {
	control
	letters []Letter
	all     int
	current string
	onPick  func(letter string)
}

// LetterStrip returns the strip; onPick gets "" for 全部.
func (k *Kit) LetterStrip(onPick func(letter string)) *LetterStrip {
	s := &LetterStrip{onPick: onPick}
	s.own(k, s)
	return s
}

// Set changes the letters; all is the count behind 全部.
func (s *LetterStrip) Set(letters []Letter, all int, current string) {
	s.letters, s.all, s.current = letters, all, current
	s.Refresh()
}

// items are 全部 and the letters as words and counts.
func (s *LetterStrip) items() []Letter {
	return append([]Letter{{"全部", s.all}}, s.letters...)
}

func (s *LetterStrip) span(i int) (x, w float32) {
	for j, it := range s.items() {
		w = widthOf(it.Letter, theme.SizeNameText, true) + widthOf(strconv.Itoa(it.Count), theme.SizeNameCaptionText, true) + 18
		if j == i {
			return x, w
		}
		x += w
	}
	return x, 0
}

// Tapped implements fyne.Tappable.
func (s *LetterStrip) Tapped(e *fyne.PointEvent) {
	for i := range s.items() {
		if x, w := s.span(i); e.Position.X >= x && e.Position.X < x+w {
			s.pick(i)
			return
		}
	}
}

func (s *LetterStrip) pick(i int) {
	if i < 0 || i > len(s.letters) {
		return
	}
	if s.current = ""; i > 0 {
		s.current = s.letters[i-1].Letter
	}
	s.Refresh()
	s.onPick(s.current)
}

// TypedKey chooses the neighbour.
func (s *LetterStrip) TypedKey(e *fyne.KeyEvent) {
	at := 0
	for i, l := range s.letters {
		if l.Letter == s.current {
			at = i + 1
		}
	}
	switch e.Name {
	case fyne.KeyLeft:
		s.pick(at - 1)
	case fyne.KeyRight:
		s.pick(at + 1)
	default:
		s.control.TypedKey(e)
	}
}

// Cursor implements desktop.Cursorable.
func (s *LetterStrip) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (s *LetterStrip) CreateRenderer() fyne.WidgetRenderer {
	return &letterRenderer{s: s, plate: rect(), halo: rect()}
}

type letterRenderer struct {
	s           *LetterStrip
	plate, halo *canvas.Rectangle
	texts       []*canvas.Text
	shown       []fyne.CanvasObject
}

func (d *letterRenderer) Destroy()                     {}
func (d *letterRenderer) Objects() []fyne.CanvasObject { return d.shown }
func (d *letterRenderer) MinSize() fyne.Size           { return fyne.NewSize(60, theme.Size(SizePill)+4) }
func (d *letterRenderer) Layout(fyne.Size)             { d.Refresh() }

func (d *letterRenderer) Refresh() {
	s, size := d.s, d.s.Size()
	d.shown = append(d.shown[:0], d.plate, d.halo)
	h, ch := line(theme.SizeNameText), line(theme.SizeNameCaptionText)
	for i, it := range s.items() {
		for len(d.texts) < 2*i+2 {
			d.texts = append(d.texts, canvas.NewText("", nil))
		}
		x, w := s.span(i)
		if x+w > size.Width {
			break
		}
		chosen := i == 0 && s.current == "" || i > 0 && it.Letter == s.current
		letter, count := theme.ColorNameForeground, ColorSoft
		if chosen {
			letter, count = theme.ColorNameForegroundOnPrimary, theme.ColorNameForegroundOnPrimary
			place(d.plate, x, 0, w-2, size.Height)
			place(d.halo, x-2, -2, w+2, size.Height+4)
		}
		a, b := d.texts[2*i], d.texts[2*i+1]
		word(a, it.Letter, theme.SizeNameText, chosen, letter)
		word(b, strconv.Itoa(it.Count), theme.SizeNameCaptionText, chosen, count)
		aw := widthOf(it.Letter, theme.SizeNameText, chosen)
		place(a, x+6, midY(size.Height, h)-0.5, aw, h)
		place(b, x+6+aw+4, midY(size.Height, ch)+0.5, w-aw-10, ch)
		d.shown = append(d.shown, a, b)
	}
	box(d.plate, theme.Color(theme.ColorNamePrimary), none(), 0, 3)
	ring(d.halo, s.focused)
	refreshAll(d.shown)
	canvas.Refresh(s)
}
