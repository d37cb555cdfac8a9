package ui

import "zhibu/storage/record"

// maker makes the page of a place.
type maker func(*App, Place) (Page, error)

// own returns the pages with a face of their own, by page name, by "kind/view"
// or by "/view" for every kind. Everything else is the list and the form that
// every kind has.
func (a *App) own() map[string]maker {
	return map[string]maker{
		"desk":     newDeskPage,
		"sync":     newSyncPage,
		"settings": newSettingsPage,
		"/bin":     newBinPage,
		"/rules":   newRulesPage,
		"/faces":   newFacesPage,
		"/history": newHistoryPage,
		"/print":   newPreviewPage,
		"/keep":    newKeepPage,
		"/audit":   newAuditPage,

		"meeting":      newMeetingsPage,
		"meeting/form": newMeetingPage,
		"meeting/all":  newFormPage,
		"excel":        newExcelPage,
		"/import":      newImportPage,
		"print":        newPrintPage,
		"pool":         newPoolPage,
		"dues":         newDuesPage,
		"post":         newSignsPage,
		"demand":       newDemandsPage,
		"stats":        newStatsPage,
		"training":     newLearningPage,
	}
}

// make returns the page of a place.
func (a *App) make(p Place) (Page, error) {
	kind := p.Kind
	if kind == "" {
		kind = p.Page
	}
	own := a.own()
	names := []string{kind + "/" + p.View, "/" + p.View}
	if p.View == "" {
		names = []string{p.Page}
	}
	for _, name := range names {
		if m, ok := own[name]; ok {
			return m(a, p)
		}
	}
	if p.View == "form" {
		return newFormPage(a, p)
	}
	if _, err := a.Book().Kind(kind); err != nil {
		return nil, record.Refuse("PAGE_UNKNOWN", "没有这一页。请从左边的导航里选；数据没有变化。")
	}
	return newListPage(a, p)
}
