package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"zhibu/assets"
)

// Icon names a drawing: one of the program's own ("zb-…") or one of Fyne's.
type Icon string

// The program's own icons.
const (
	IconMembers   Icon = "zb-members"
	IconMemberAdd Icon = "zb-member-add"
	IconPipeline  Icon = "zb-pipeline"
	IconMeeting   Icon = "zb-meeting"
	IconTraining  Icon = "zb-training"
	IconPost      Icon = "zb-post"
	IconDemand    Icon = "zb-demand"
	IconEntity    Icon = "zb-entity"
	IconFee       Icon = "zb-fee"
	IconStats     Icon = "zb-stats"
	IconSync      Icon = "zb-sync"
	IconExcel     Icon = "zb-excel"
	IconLock      Icon = "zb-lock"
	IconSeal      Icon = "zb-seal"
	IconUSB       Icon = "zb-usb"
	IconCloudOff  Icon = "zb-cloud-off"
	IconCloudOK   Icon = "zb-cloud-ok"
	IconConflict  Icon = "zb-conflict"
	IconClock     Icon = "zb-clock"
	IconLate      Icon = "zb-late"
	IconDone      Icon = "zb-done"
	IconDoing     Icon = "zb-doing"
	IconTodo      Icon = "zb-todo"
	IconBlocked   Icon = "zb-blocked"
	IconDot       Icon = "zb-dot"
	IconDraft     Icon = "zb-draft"
	IconVote      Icon = "zb-vote"
	IconAttend    Icon = "zb-attend"
	IconFilter    Icon = "zb-filter"
	IconTransfer  Icon = "zb-transfer"
	IconKey       Icon = "zb-key"
	IconLarge     Icon = "zb-large"
	IconTarget    Icon = "zb-target"
	IconPin       Icon = "zb-pin"
	IconLink      Icon = "zb-link"
	IconEqual     Icon = "zb-equal"
)

// Fyne's icons that the program uses.
const (
	IconHome     Icon = Icon(theme.IconNameHome)
	IconAccount  Icon = Icon(theme.IconNameAccount)
	IconSearch   Icon = Icon(theme.IconNameSearch)
	IconPrint    Icon = Icon(theme.IconNameDocumentPrint)
	IconSave     Icon = Icon(theme.IconNameDocumentSave)
	IconEdit     Icon = Icon(theme.IconNameDocumentCreate)
	IconDocument Icon = Icon(theme.IconNameDocument)
	IconAdd      Icon = Icon(theme.IconNameContentAdd)
	IconRemove   Icon = Icon(theme.IconNameContentRemove)
	IconDelete   Icon = Icon(theme.IconNameDelete)
	IconSettings Icon = Icon(theme.IconNameSettings)
	IconHelp     Icon = Icon(theme.IconNameHelp)
	IconInfo     Icon = Icon(theme.IconNameInfo)
	IconWarning  Icon = Icon(theme.IconNameWarning)
	IconError    Icon = Icon(theme.IconNameError)
	IconCalendar Icon = Icon(theme.IconNameCalendar)
	IconHistory  Icon = Icon(theme.IconNameHistory)
	IconUpload   Icon = Icon(theme.IconNameUpload)
	IconDownload Icon = Icon(theme.IconNameDownload)
	IconRefresh  Icon = Icon(theme.IconNameViewRefresh)
	IconBack     Icon = Icon(theme.IconNameNavigateBack)
	IconForward  Icon = Icon(theme.IconNameNavigateNext)
	IconUp       Icon = Icon(theme.IconNameMoveUp)
	IconDown     Icon = Icon(theme.IconNameMoveDown)
	IconShow     Icon = Icon(theme.IconNameVisibility)
	IconHide     Icon = Icon(theme.IconNameVisibilityOff)
	IconLogin    Icon = Icon(theme.IconNameLogin)
	IconStorage  Icon = Icon(theme.IconNameStorage)
	IconComputer Icon = Icon(theme.IconNameComputer)
	IconFolder   Icon = Icon(theme.IconNameFolder)
	IconOpen     Icon = Icon(theme.IconNameFolderOpen)
	IconFile     Icon = Icon(theme.IconNameFile)
	IconPhoto    Icon = Icon(theme.IconNameFileImage)
	IconMore     Icon = Icon(theme.IconNameMoreHorizontal)
	IconCheck    Icon = Icon(theme.IconNameConfirm)
	IconClose    Icon = Icon(theme.IconNameCancel)
	IconList     Icon = Icon(theme.IconNameList)
	IconZoomIn   Icon = Icon(theme.IconNameViewZoomIn)
	IconZoomOut  Icon = Icon(theme.IconNameViewZoomOut)
	IconSend     Icon = Icon(theme.IconNameMailSend)
	IconCopy     Icon = Icon(theme.IconNameContentCopy)
	IconUndo     Icon = Icon(theme.IconNameContentUndo)
	IconMenuDown Icon = Icon(theme.IconNameArrowDropDown)
	IconMenuUp   Icon = Icon(theme.IconNameArrowDropUp)
)

// resource returns the drawing tinted in a theme colour, nil for no icon.
func (i Icon) resource(c fyne.ThemeColorName) fyne.Resource {
	if i == "" {
		return nil
	}
	svg, err := assets.Icon(string(i))
	if err != nil { // not one of ours: Fyne's
		svg = theme.DefaultTheme().Icon(fyne.ThemeIconName(i)).Content()
	}
	name := string(i)
	if large() { // the toolkit keeps drawings by name, and the colours differ
		name += "-large"
	}
	return theme.NewColoredResource(fyne.NewStaticResource(name+".svg", svg), c)
}

// Glyph is an icon of one size and colour on its own.
type Glyph struct {
	widget.BaseWidget
	icon  Icon
	color fyne.ThemeColorName
	size  fyne.ThemeSizeName
}

// NewGlyph returns an icon in the size of running text.
func NewGlyph(icon Icon, color fyne.ThemeColorName) *Glyph {
	return NewGlyphSized(icon, color, theme.SizeNameInlineIcon)
}

// NewGlyphSized returns an icon in a named size, e.g. SizeIconEmpty.
func NewGlyphSized(icon Icon, color fyne.ThemeColorName, size fyne.ThemeSizeName) *Glyph {
	g := &Glyph{icon: icon, color: color, size: size}
	g.ExtendBaseWidget(g)
	return g
}

// Set changes the icon and its colour.
func (g *Glyph) Set(icon Icon, color fyne.ThemeColorName) {
	if g.icon == icon && g.color == color {
		return
	}
	g.icon, g.color = icon, color
	g.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (g *Glyph) CreateRenderer() fyne.WidgetRenderer {
	img := picture()
	return draw(g, drawing{
		objects: []fyne.CanvasObject{img},
		min:     func() fyne.Size { return fyne.NewSquareSize(theme.Size(g.size)) },
		layout: func(s fyne.Size) {
			side, down := theme.Size(g.size), float32(1)
			if g.size == SizeIconEmpty {
				down = 0 // beside no text
			}
			place(img, midY(s.Width, side), midY(s.Height, side)+down, side, side)
		},
		paint: func() { show(img, g.icon, g.color) },
	})
}

// picture returns an image that show fills in.
func picture() *canvas.Image {
	img := &canvas.Image{FillMode: canvas.ImageFillContain}
	img.Hide()
	return img
}

// show puts an icon into an image; no icon hides it.
func show(img *canvas.Image, icon Icon, c fyne.ThemeColorName) {
	img.Resource = icon.resource(c)
	img.Hidden = img.Resource == nil
	img.Refresh()
}
