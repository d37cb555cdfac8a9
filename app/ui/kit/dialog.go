package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Widths of dialogs in units of the standard face.
const (
	DialogNarrow = 520
	DialogMiddle = 760
	DialogWide   = 980
)

// Question asks before an act that cannot simply be undone, or that touches many.
type Question struct {
	Title string            // a question that names the object: 撤销“骑手驿站服务岗”？
	Body  string            // the consequence and the way back
	Extra fyne.CanvasObject // something to fill in, e.g. the reason; may be nil
	Safe  string            // the harmless answer, focused: 不撤了
	Verb  string            // what will be done: 撤销这个岗
	Icon  Icon              // of the verb
	Key   string            // the shortcut that asked also answers with the verb: Ctrl+G
	Plain bool              // the act destroys nothing: primary, not outlined danger
	Do    func()
}

// Modal is an open dialog.
type Modal struct{ layer *layer }

// Close takes the dialog away; the keyboard goes back to where it was.
func (m *Modal) Close() { m.layer.close() }

// Ask shows a question. Enter never does the verb: the safe answer has the focus.
func (k *Kit) Ask(q Question) *Modal {
	m := &Modal{}
	do := func() {
		m.Close()
		if q.Do != nil {
			q.Do()
		}
	}
	kind, mark := Danger, NewGlyphSized(IconWarning, ColorOverdue, theme.SizeNameHeadingText)
	if q.Plain {
		kind, mark = Primary, NewGlyphSized(IconHelp, ColorInfo, theme.SizeNameHeadingText)
	}
	safe, verb := k.Button(Normal, q.Safe, "", m.Close), k.Button(kind, q.Verb, q.Icon, do)
	text := Column(6, NewParaTitle(q.Title), NewPara(q.Body))
	parts := []fyne.CanvasObject{Columns(12, []float32{24, 0}, Column(0, mark), text)}
	if q.Extra != nil {
		parts = append(parts, q.Extra)
	}
	parts = append(parts, Row(8, Space(), safe, verb))
	m.layer = &layer{content: newSheet(Pad(Column(14, parts...), 20, 20, 16, 20)), scrim: true, at: centred(DialogNarrow)}
	m.layer.keys = Keys{}
	if q.Key != "" {
		m.layer.keys[q.Key] = do
	}
	k.open(m.layer)
	k.Focus(safe)
	return m
}

// NewParaTitle returns a wrapping title: dialogs and states.
func NewParaTitle(s string) *Para {
	p := NewPara(s).Strong()
	p.size = theme.SizeNameSubHeadingText
	return p
}

// Panel is a dialog with a form or a list in it.
type Panel struct {
	Title   string
	Note    string            // one soft line behind the title
	Width   float32           // DialogNarrow, DialogMiddle or DialogWide
	Body    fyne.CanvasObject // scrolls when it is too high
	Foot    fyne.CanvasObject // buttons at the bottom; may be nil
	Keys    Keys              // keys while it is open; Esc closes unless given
	OnRune  func(rune)        // characters that no component takes
	OnClose func()
	First   fyne.Focusable // gets the keyboard
}

// Show opens a panel.
func (k *Kit) Show(p Panel) *Modal {
	m := &Modal{}
	closer := k.Button(Quiet, "", IconClose, m.Close)
	head := Pad(Row(12, NewHeading(p.Title), NewSoft(p.Note), Space(), closer), 10, 16, 10, 20)
	scroll := container.NewVScroll(Pad(p.Body, 14, 20, 14, 20))
	body := container.New(&capped{}, scroll)
	parts := []fyne.CanvasObject{head, NewRule(), Grow(body)}
	if p.Foot != nil {
		parts = append(parts, NewRule(), Ground(ColorWarm, Pad(p.Foot, 12, 20, 12, 20)))
	}
	m.layer = &layer{content: newSheet(Column(0, parts...)), scrim: true, at: centred(p.Width), keys: p.Keys,
		onRune: p.OnRune, onClose: p.OnClose}
	k.open(m.layer)
	m.layer.Refresh() // texts have wrapped now: take their true height
	if p.First != nil {
		k.Focus(p.First)
	}
	return m
}

// ShowBare opens content of a fixed size as it is, near the top: the finder.
func (k *Kit) ShowBare(content fyne.CanvasObject, width, height float32, keys Keys, first fyne.Focusable, onClose func()) *Modal {
	m := &Modal{}
	m.layer = &layer{content: newSheet(content), scrim: true, keys: keys, onClose: onClose, outside: true}
	m.layer.at = func(area, _ fyne.Size) (fyne.Position, fyne.Size) {
		size := fyne.NewSize(min(U(width), area.Width-48), min(U(height), area.Height-48))
		return fyne.NewPos(midY(area.Width, size.Width), midY(area.Height, size.Height)*0.72), size
	}
	k.open(m.layer)
	if first != nil {
		k.Focus(first)
	}
	return m
}

// capped asks for its content's whole height, so that a dialog is as high as its
// form; the layer cuts it to the window and the scroll does the rest.
type capped struct{}

func (*capped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := objects[0].(*container.Scroll).Content.MinSize()
	return s
}

func (*capped) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	growing{}.Layout(objects, size)
}
