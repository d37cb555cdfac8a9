package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"zhibu/assets"
)

// Face is one of the two looks of the program.
type Face int

// The faces. Large is 大字版: 20-unit text, stronger contrast, same places and words.
const (
	Standard Face = iota
	Large
)

// String returns the name of the face as the strip shows it.
func (f Face) String() string { return [...]string{"标准", "大字"}[f] }

// Work areas below these sizes get the narrow form of the shell (design.md §10).
const (
	narrowWidth = 1340
	shortHeight = 680
)

// Theme holds every token of the design language for one face. It is light only:
// the variant is ignored. The face and whether the window is narrow change.
type Theme struct {
	face          Face
	narrow        bool
	regular, bold fyne.Resource
}

// Dress gives the program a face. The theme is set once and then changed: at every
// other that is set the toolkit reads both fonts anew, and it never lets go of what it
// has read, 20 MB. What is shown must be refreshed.
func Dress(a fyne.App, face Face) *Theme {
	t, ok := a.Settings().Theme().(*Theme)
	if !ok {
		t = NewTheme(face)
		a.Settings().SetTheme(t)
	}
	t.face = face
	return t
}

// NewTheme returns the theme of a face.
func NewTheme(face Face) *Theme {
	return &Theme{
		face:    face,
		regular: fyne.NewStaticResource("screen-regular.otf", assets.ScreenFace(false)),
		bold:    fyne.NewStaticResource("screen-bold.otf", assets.ScreenFace(true)),
	}
}

// Face returns which face the theme draws.
func (t *Theme) Face() Face { return t.face }

// Narrow reports whether the narrow form is in use.
func (t *Theme) Narrow() bool { return t.narrow }

// Fit chooses the narrow or the wide form for a work area and reports whether
// that changed; the caller then refreshes its content.
func (t *Theme) Fit(area fyne.Size) bool {
	narrow := area.Width < narrowWidth || area.Height < shortHeight
	changed := narrow != t.narrow
	t.narrow = narrow
	return changed
}

// Color returns the token called name; the variant does not matter.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if pair, ok := colours[name]; ok {
		return pair[t.face]
	}
	return theme.DefaultTheme().Color(name, theme.VariantLight)
}

// Font returns the bundled face: bold where asked, else regular. Fyne's own face
// serves its symbols.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return t.bold
	}
	return t.regular
}

// Icon returns Fyne's own icon.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size returns the token called name in Fyne units.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if t.narrow {
		if pair, ok := narrowSizes[name]; ok {
			return pair[t.face]
		}
	}
	if pair, ok := sizes[name]; ok {
		return pair[t.face]
	}
	return theme.DefaultTheme().Size(name)
}

// narrow reports whether the current theme shows the narrow form.
func narrow() bool {
	t, ok := theme.Current().(*Theme)
	return ok && t.narrow
}

// large reports whether the current theme is 大字版.
func large() bool {
	t, ok := theme.Current().(*Theme)
	return ok && t.face == Large
}

// U scales a width of the standard face to the current face: 大字版 has wider
// characters. Widths of columns and labels go through it, gaps do not.
func U(standard float32) float32 {
	return standard * theme.TextSize() / sizes[theme.SizeNameText][Standard]
}
