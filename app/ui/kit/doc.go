// Package kit holds the components that the pages are made of: Fyne only, nothing
// of the domain. What a person presses or types in comes from a Kit (k.Button,
// k.Entry, k.Ledger …), because it needs the window's focus, keys and clipboard;
// what is only read is a plain function (NewText, NewPill, NewCard …).
//
// # Looks
//
//	theme.go tokens.go  Theme of the two faces, Color… and Size… names; U scales widths
//	icon.go             Icon names, NewGlyph
//	text.go para.go     NewText NewStrong NewSoft NewCaption NewTitle NewHeading (one line; Short
//	                    cuts with …), NewPara (wraps as Chinese is set)
//	pill.go             State; NewPill NewTag Mark SmallMark: word + shape + colour
//
// # Layout
//
//	layout.go grids.go  Row Column Grow Space Pad PadAll Wide Sized Grid Columns Wrapped Center
//	                    Stack Scrolled
//	card.go             NewCard NewFlushCard NewFixedCard Frame NewRule NewUpright Ground
//	form.go             NewFormRow Form Across Fact FactWith
//
// # Typing and choosing
//
//	button.go           k.Button k.Link (kinds Primary Normal Quiet Danger Positive), k.More
//	entry*.go page*.go  k.Entry k.Area k.Password k.Editor: the one text box
//	datebox.go          k.DateBox, TidyDate
//	select.go choice.go k.Select k.Segmented k.Radio; check.go k.Check
//	board.go            k.Choice k.BoardRow (anything that can be pressed), Board
//	tabs.go letters.go  k.Tabs k.LetterStrip
//
// # Lists and sheets
//
//	ledger*.go          k.Ledger: columns as data, sort, ticks, bulk bar, headings, menu, keys
//	sheet*.go           k.Sheet: the dues sheet and import preview, with the habits of Excel
//
// # The window
//
//	shell.go nav.go strip.go  k.Shell k.Nav k.Strip NewStatusBar Page NewPageHead
//	dialog.go layer.go menu.go toast.go  k.Ask k.Show k.ShowBare k.Menu k.MenuUnder k.Toast

//	keys.go             SetWindowKeys SetPageKeys SetOnRune SetPanes Press
//
// # States and pictures
//
//	band.go loading.go  NewBand Empty k.Loading k.ProgressBand NewMeter
//	timeline.go         NewTimeline StepLine
//	chart.go            NewBarChart Ring
//
// Colours and sizes are read from the theme at every Refresh, so that the face can
// change while the program runs. Package gallery shows everything; package shot
// draws pages without a screen and finds cut texts.
package kit
