package ui

import (
	"maps"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// frame is the shell around every page: strip, navigation, status bar, toasts.
type frame struct {
	a      *App
	shell  *kit.Shell
	strip  *kit.Strip
	nav    *kit.Nav
	status *kit.StatusBar
	jobs   map[int]*job
	bands  *fyne.Container // of jobs that last
}

// job is slow work that runs.
type job struct {
	title       string
	done, total int
	stop        func()
	shown       bool // it lasts: a second has gone by
}

// navIcons are the icons of the navigation pages.
func navIcons() map[string]kit.Icon {
	return map[string]kit.Icon{"desk": kit.IconHome, "member": kit.IconMembers, "pool": kit.IconPipeline, "meeting": kit.IconMeeting,
		"training": kit.IconTraining, "post": kit.IconPost, "demand": kit.IconDemand, "dossier": kit.IconEntity, "service": kit.IconLink,
		"dues": kit.IconFee, "stats": kit.IconStats, "print": kit.IconPrint, "sync": kit.IconSync, "excel": kit.IconExcel, "settings": kit.IconSettings}
}

func newFrame(a *App) *frame {
	f := &frame{a: a, jobs: map[int]*job{}, bands: kit.Column(6)}
	f.strip = a.kit.Strip(a.Book().BranchName(), kit.StripActs{Find: func() { a.openFinder("") }, Sync: func() { a.Go(Place{Page: "sync"}) },
		Face: a.ToggleFace, Lock: a.session.LockNow, Help: a.help})
	f.nav = a.kit.Nav(navGroups(), func(id string) { a.Go(Place{Page: id}) })
	f.status = kit.NewStatusBar("数据已加密・" + a.cfg.Version)
	f.shell = a.kit.Shell(f.strip, f.nav, f.status)
	return f
}

func navGroups() []kit.NavGroup {
	var out []kit.NavGroup
	icons := navIcons()
	for _, p := range screen.Navigation() {
		if n := len(out); n == 0 || out[n-1].Title != p.Group {
			out = append(out, kit.NavGroup{Title: p.Group})
		}
		g := &out[len(out)-1]
		g.Items = append(g.Items, kit.NavItem{ID: p.Name, Label: p.Label, Short: p.Short, Icon: icons[p.Name]})
	}
	return out
}

func (f *frame) object() fyne.CanvasObject { return f.shell }

// put shows a page.
func (f *frame) put(p Place, page Page) {
	f.nav.SetCurrent(p.Page)
	f.shell.SetPage(kit.Column(0, f.bands, kit.Grow(page.Content())))
	hints := make([]kit.KeyHint, 0, len(page.Hints())+1)
	for _, h := range page.Hints() {
		hints = append(hints, kit.KeyHint(h))
	}
	f.showBands()
	f.saved()
	f.status.SetNote("")
	f.status.SetKeys(append(hints, kit.KeyHint{Key: "F1", Does: "帮助"})...)
	f.refresh()
}

// refresh shows how the exchange stands and what is due.
func (f *frame) refresh() {
	s := f.a.session.Sync
	mark, note := s.Chip()
	f.strip.SetSync(stateOf(mark.Tone), mark.Say, note)
	badges := f.a.desk.Badges(s.Waiting())
	for _, p := range screen.Navigation() {
		b := badges[p.Name]
		f.nav.SetBadge(p.Name, b.Count, stateOf(b.Tone))
	}
}

// changed follows a change of the records.
func (f *frame) changed(kind string, _ []string) {
	if kind == "branch" {
		f.strip.SetBranch(f.a.Book().BranchName())
	}
	f.saved()
	f.refresh()
}

// saved says where the data is.
func (f *frame) saved() {
	f.status.SetSaved(kit.Done, "全部内容已存入本机 "+f.a.cfg.Now().Format("15:04"))
}

// drafted says that what is typed on the page lies among the drafts.
func (f *frame) drafted(at time.Time) {
	f.status.SetSaved(kit.Done, "改动已暂存到本机草稿 "+at.Format("15:04"))
}

// note says something about the page in the status bar.
func (f *frame) note(words string) { f.status.SetNote(words) }

func (f *frame) toast(d screen.Done) {
	if d.Say == "" {
		return
	}
	if d.Undoable() {
		f.a.kit.Toast(d.Say, "撤销", f.a.Undo)
		return
	}
	f.a.kit.Toast(d.Say, "", nil)
}

// patience is how long work runs before it is spoken of.
const patience = time.Second

// watch follows slow work: total -1 … done -1 means that it ended.
func (f *frame) watch(id int, title string, done, total int, stop func()) {
	if title == screen.SyncTitle || title == quietly {
		return // the chip tells of it, or nobody needs to hear
	}
	j := f.jobs[id]
	switch {
	case done < 0:
		delete(f.jobs, id)
	case j == nil:
		j = &job{title: title, stop: stop}
		f.jobs[id] = j
		f.a.after(patience, func() { f.lasted(j) })
	default:
		j.done, j.total = done, total
	}
	f.showBands()
}

// lasted shows work that nobody has been told of yet.
func (f *frame) lasted(j *job) {
	if f.a.frame == f { // not locked meanwhile
		j.shown = true
		f.showBands()
	}
}

// standing is a band that tells how things stand, with the verb that leads on or, where
// it leads nowhere else, is done here.
func (a *App) standing(b screen.Band, here func()) *kit.Band {
	band := kit.NewBand(stateOf(b.Tone), b.Title, b.Text, b.Kept)
	if b.Verb == "" {
		return band
	}
	if b.Page != "" {
		here = func() { a.Go(Place{Page: b.Page, View: b.View}) }
	}
	return band.Right(a.kit.Button(kit.Normal, b.Verb, "", here).Small())
}

// showBands shows what stands over the page: that the book was handed over, what
// else holds on this laptop, and work that lasts.
func (f *frame) showBands() {
	f.bands.Objects = nil
	if say := f.a.session.Handed(); say != "" {
		back := f.a.kit.Button(kit.Normal, "收回移交", kit.IconUndo, f.a.takeBack).Small()
		f.bands.Add(kit.Pad(kit.NewBand(kit.Neutral, "", say, "").With(kit.IconLock).Right(back), 8, 16, 0, 16))
	}
	kind := f.a.place.Kind
	if kind == "" {
		kind = f.a.place.Page
	}
	for _, n := range f.a.Book().Standing(kind) {
		f.bands.Add(kit.Pad(f.a.standing(n, nil), 8, 16, 0, 16))
	}
	for _, id := range slices.Sorted(maps.Keys(f.jobs)) {
		if j := f.jobs[id]; j.shown {
			f.bands.Add(kit.Pad(f.a.kit.ProgressBand(j.title, j.done, j.total, j.stop), 8, 16, 0, 16))
		}
	}
	f.bands.Refresh()
}
