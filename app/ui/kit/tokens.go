package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The program's own colour names beside Fyne's.
const (
	ColorSurface   fyne.ThemeColorName = "zb.surface"   // cards, tables, sheets
	ColorSide      fyne.ThemeColorName = "zb.side"      // navigation
	ColorWarm      fyne.ThemeColorName = "zb.warm"      // footer strip in a card
	ColorSoft      fyne.ThemeColorName = "zb.fg2"       // secondary text
	ColorTopbar    fyne.ThemeColorName = "zb.topbar"    // identity strip
	ColorTopinput  fyne.ThemeColorName = "zb.topinput"  // search box on the strip
	ColorOnTop     fyne.ThemeColorName = "zb.ontop"     // text on the strip
	ColorOnTopSoft fyne.ThemeColorName = "zb.ontopsoft" // secondary text on the strip
	ColorSepSoft   fyne.ThemeColorName = "zb.sepsoft"   // row rules
	ColorBtnBorder fyne.ThemeColorName = "zb.btnborder" // edge of a secondary button
	ColorChanged   fyne.ThemeColorName = "zb.changed"   // edited field, active filter
	ColorBulk      fyne.ThemeColorName = "zb.bulk"      // bulk bar, toast
	ColorOnBulk    fyne.ThemeColorName = "zb.onbulk"    // text on it
	ColorBulkLink  fyne.ThemeColorName = "zb.bulklink"  // link on it
	ColorBulkOK    fyne.ThemeColorName = "zb.bulkok"    // done mark on it
	ColorBulkPlate fyne.ThemeColorName = "zb.bulkplate" // quiet button on it
	ColorPaper     fyne.ThemeColorName = "zb.paper"     // print preview: the sheet
	ColorDesk      fyne.ThemeColorName = "zb.desk"      // print preview: around it
	ColorLocked    fyne.ThemeColorName = "zb.locked"    // box that cannot be changed
	ColorVeil      fyne.ThemeColorName = "zb.veil"      // wizard and lock screen ground
	ColorScrim     fyne.ThemeColorName = "zb.scrim"     // behind a dialog
	ColorTrack     fyne.ThemeColorName = "zb.track"     // empty part of a bar
	ColorChart1    fyne.ThemeColorName = "zb.chart1"    // chart series, always with printed values
	ColorChart2    fyne.ThemeColorName = "zb.chart2"
	ColorChart3    fyne.ThemeColorName = "zb.chart3"
	ColorChart4    fyne.ThemeColorName = "zb.chart4"
	ColorChart5    fyne.ThemeColorName = "zb.chart5"

	ColorOverdue  fyne.ThemeColorName = theme.ColorNameError
	ColorDue      fyne.ThemeColorName = theme.ColorNameWarning
	ColorDone     fyne.ThemeColorName = theme.ColorNameSuccess
	ColorInfo     fyne.ThemeColorName = "zb.info"
	ColorConflict fyne.ThemeColorName = "zb.conflict"
	ColorOffline  fyne.ThemeColorName = "zb.offline"
	ColorNeutral  fyne.ThemeColorName = "zb.neutral"
)

// tint names the ground that belongs to a state's text colour.
func tint(text fyne.ThemeColorName) fyne.ThemeColorName { return text + ".tint" }

func hex(rgb uint32, alpha float32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: uint8(alpha*255 + 0.5)}
}

// both pairs the standard colour with the one of 大字版.
func both(standard, large uint32) [2]color.NRGBA {
	return [2]color.NRGBA{hex(standard, 1), hex(large, 1)}
}

// colours is design.md §2.1.
var colours = map[fyne.ThemeColorName][2]color.NRGBA{
	theme.ColorNameBackground:          both(0xF7F4EF, 0xFFFFFF),
	theme.ColorNameHeaderBackground:    both(0xEFEAE1, 0xEDEDED),
	theme.ColorNameForeground:          both(0x241F1C, 0x000000),
	theme.ColorNamePlaceHolder:         both(0x6E645B, 0x3D3D3D),
	theme.ColorNameDisabled:            both(0x8A8178, 0x595959),
	theme.ColorNamePrimary:             both(0x9B1B1F, 0x7A0C10),
	theme.ColorNameForegroundOnPrimary: both(0xFFFFFF, 0xFFFFFF),
	theme.ColorNameForegroundOnError:   both(0xFFFFFF, 0xFFFFFF),
	theme.ColorNameForegroundOnSuccess: both(0xFFFFFF, 0xFFFFFF),
	theme.ColorNameForegroundOnWarning: both(0xFFFFFF, 0xFFFFFF),
	theme.ColorNameSelection:           both(0xF6E4E0, 0xFFE9A8),
	theme.ColorNameHover:               {hex(0x241F1C, 0.05), hex(0, 0.08)},
	theme.ColorNamePressed:             {hex(0x241F1C, 0.12), hex(0, 0.16)},
	theme.ColorNameFocus:               {hex(0x9B1B1F, 0.25), hex(0x7A0C10, 0.45)},
	theme.ColorNameSeparator:           both(0xDDD6CB, 0x595959),
	theme.ColorNameInputBorder:         both(0x8B8277, 0x000000),
	theme.ColorNameInputBackground:     both(0xFFFFFF, 0xFFFFFF),
	theme.ColorNameButton:              both(0xF1EBE1, 0xFFFFFF),
	theme.ColorNameDisabledButton:      both(0xEBE6DD, 0xEDEDED),
	theme.ColorNameHyperlink:           both(0x1C5688, 0x0A3A66),
	theme.ColorNameOverlayBackground:   both(0xFFFFFF, 0xFFFFFF),
	theme.ColorNameMenuBackground:      both(0xFFFFFF, 0xFFFFFF),
	theme.ColorNameShadow:              {hex(0x241F1C, 0.20), hex(0, 0.35)},
	theme.ColorNameScrollBar:           {hex(0x241F1C, 0.38), hex(0, 0.7)},

	ColorSurface:   both(0xFFFFFF, 0xFFFFFF),
	ColorSide:      both(0xF0EBE3, 0xFFFFFF),
	ColorWarm:      both(0xFBF8F3, 0xFFFFFF),
	ColorSoft:      both(0x5A5048, 0x262626),
	ColorTopbar:    both(0x8A181C, 0x5C0A0D),
	ColorTopinput:  both(0x6E1216, 0x3D0507),
	ColorOnTop:     both(0xFFFFFF, 0xFFFFFF),
	ColorOnTopSoft: both(0xF3D9D5, 0xFFFFFF),
	ColorSepSoft:   both(0xECE7DF, 0xA6A6A6),
	ColorBtnBorder: both(0xBFB4A5, 0x000000),
	ColorChanged:   both(0xFFF8E1, 0xFFF3C4),
	ColorBulk:      both(0x3A322D, 0x000000),
	ColorOnBulk:    both(0xFFFFFF, 0xFFFFFF),
	ColorBulkLink:  both(0xF4D58A, 0xF4D58A),
	ColorBulkOK:    both(0x9FD3B4, 0xBFE8CD),
	ColorBulkPlate: both(0x554B44, 0x333333),
	ColorPaper:     both(0xFFFFFF, 0xFFFFFF),
	ColorDesk:      both(0xD9D2C7, 0xBFBFBF),
	ColorLocked:    both(0xEBE6DD, 0xEDEDED),
	ColorVeil:      both(0xEAE2D8, 0xE0E0E0),
	ColorScrim:     {hex(0x241F1C, 0.38), hex(0x241F1C, 0.38)},
	ColorTrack:     both(0xECE7DF, 0xD9D9D9),
	ColorChart1:    both(0xB4615E, 0x7A0C10),
	ColorChart2:    both(0xA67F42, 0x6B4A00),
	ColorChart3:    both(0x6F8796, 0x22384D),
	ColorChart4:    both(0x7F8A63, 0x3F4A22),
	ColorChart5:    both(0xB9AEA2, 0x595959),

	ColorOverdue:        both(0xA4370A, 0x7A2600),
	tint(ColorOverdue):  both(0xFCE5D9, 0xFFFFFF),
	ColorDue:            both(0x755000, 0x5C3F00),
	tint(ColorDue):      both(0xFBEFCF, 0xFFFFFF),
	ColorDone:           both(0x1E6A3E, 0x0F4F2A),
	tint(ColorDone):     both(0xE3F1E7, 0xFFFFFF),
	ColorInfo:           both(0x1C5688, 0x0A3A66),
	tint(ColorInfo):     both(0xE2EDF6, 0xFFFFFF),
	ColorConflict:       both(0x61389A, 0x45207A),
	tint(ColorConflict): both(0xEDE6F7, 0xFFFFFF),
	ColorOffline:        both(0x43566A, 0x263849),
	tint(ColorOffline):  both(0xE4EAF0, 0xFFFFFF),
	ColorNeutral:        both(0x5A5048, 0x3A322D),
	tint(ColorNeutral):  both(0xEBE6DD, 0xFFFFFF),
}

// The program's own size names beside Fyne's.
const (
	SizeRow        fyne.ThemeSizeName = "zb.row"        // list rows
	SizeRowDense   fyne.ThemeSizeName = "zb.rowdense"   // step lists, matrix
	SizeRowDouble  fyne.ThemeSizeName = "zb.rowdouble"  // two-line rows
	SizeStrip      fyne.ThemeSizeName = "zb.toph"       // identity strip
	SizeHead       fyne.ThemeSizeName = "zb.headh"      // page head
	SizeStatus     fyne.ThemeSizeName = "zb.statush"    // status bar
	SizeNavWidth   fyne.ThemeSizeName = "zb.navwidth"   // navigation
	SizeNavRow     fyne.ThemeSizeName = "zb.navrow"     // one page in it
	SizeGutter     fyne.ThemeSizeName = "zb.gutter"     // page edge
	SizePill       fyne.ThemeSizeName = "zb.pill"       // height of a pill
	SizeInput      fyne.ThemeSizeName = "zb.input"      // boxes and buttons
	SizeInputSmall fyne.ThemeSizeName = "zb.inputsmall" // buttons beside text
	SizeCardHead   fyne.ThemeSizeName = "zb.cardhead"   // title row of a card
	SizeTableHead  fyne.ThemeSizeName = "zb.tablehead"  // heading row of a ledger
	SizeMatrixRow  fyne.ThemeSizeName = "zb.matrixrow"  // row of the duty matrix
	SizeDetail     fyne.ThemeSizeName = "zb.detail"     // width of a detail pane
	SizeCardRadius fyne.ThemeSizeName = "zb.cardradius" // corners of cards
	SizeIconPill   fyne.ThemeSizeName = "zb.iconpill"   // icon in a pill
	SizeIconEmpty  fyne.ThemeSizeName = "zb.iconempty"  // icon of an empty state
	SizeProgram    fyne.ThemeSizeName = "zb.program"    // the program's name at the first run
)

// sizes is design.md §2.2: standard, 大字版.
var sizes = map[fyne.ThemeSizeName][2]float32{
	theme.SizeNameText:               {15, 20},
	theme.SizeNameCaptionText:        {13, 17},
	theme.SizeNameSubHeadingText:     {17, 22},
	theme.SizeNameHeadingText:        {21, 27},
	theme.SizeNamePadding:            {4, 5},
	theme.SizeNameInnerPadding:       {6, 8},
	theme.SizeNameLineSpacing:        {4, 6},
	theme.SizeNameInlineIcon:         {18, 24},
	theme.SizeNameSeparatorThickness: {1, 2},
	theme.SizeNameInputBorder:        {1, 2},
	theme.SizeNameInputRadius:        {3, 3},
	theme.SizeNameSelectionRadius:    {2, 2},
	theme.SizeNameScrollBar:          {12, 18},
	theme.SizeNameScrollBarSmall:     {5, 8},

	SizeRow:        {33, 46},
	SizeRowDense:   {27, 38},
	SizeRowDouble:  {45, 63},
	SizeStrip:      {44, 58},
	SizeHead:       {52, 66},
	SizeStatus:     {26, 36},
	SizeNavWidth:   {176, 216},
	SizeNavRow:     {32, 42},
	SizeGutter:     {16, 14},
	SizePill:       {22, 30},
	SizeInput:      {34, 45},
	SizeInputSmall: {28, 38},
	SizeCardHead:   {40, 50},
	SizeTableHead:  {30, 40},
	SizeMatrixRow:  {31, 40},
	SizeDetail:     {316, 400},
	SizeCardRadius: {4, 4},
	SizeIconPill:   {14, 18},
	SizeIconEmpty:  {44, 56},
	SizeProgram:    {27, 34},
}

// narrowSizes replaces sizes in the narrow form (design.md §10).
var narrowSizes = map[fyne.ThemeSizeName][2]float32{
	SizeHead:      {44, 58},
	SizeCardHead:  {34, 46},
	SizeMatrixRow: {27, 38},
	SizeRowDouble: {41, 60},
	SizeDetail:    {290, 360},
	SizeNavWidth:  {64, 100},
	SizeNavRow:    {40, 52},
}
