package ui

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"zhibu/app/branch"
	"zhibu/app/screen"
	"zhibu/app/ui/kit"
)

// ID and Name are the program's metadata, as FyneApp.toml repeats them.
const (
	ID   = "cn.zhibu.taizhang"
	Name = "支部台账"
)

// App is the program's one window: the wizard, the lock screen or the shell with
// a page in it.
type App struct {
	cfg     Config
	fy      fyne.App
	win     fyne.Window
	kit     *kit.Kit
	run     screen.Runner
	session *screen.Session
	root    *fyne.Container

	wizard   *wizardView // the first run; nil when it is over
	lock     *lockView   // the lock screen; nil unless locked
	frame    *frame      // the shell; nil unless unlocked
	desk     *screen.Desk
	thumbs   map[string]image.Image // small pictures of attachments, by hash; nil what is none
	found    *screen.Finder         // nil until its index is made
	finding  *finderView            // the open finder, nil when it is closed
	indexing bool                   // the index is being made
	missed   []missed               // changed meanwhile
	place    Place
	page     Page
	past     []Place
	done     []screen.Done // what can be taken back, oldest first
	undone   []screen.Done
	stop     func()     // ends listening to the store
	failure  *kit.Modal // the failure shown, nil when none is
	writing  []keeper   // the dialogs being written in, the top one last

	counted  bool     // what is due was worked out since the books were opened
	counting bool     // what is due is being worked out
	stale    []string // kinds that changed meanwhile, "" for all
	savedAt  time.Time
}

// New makes the window of a Fyne app: the real one or a test's.
func New(fy fyne.App, cfg Config) *App {
	a := &App{cfg: cfg, fy: fy, run: cfg.Runner, thumbs: map[string]image.Image{}}
	kit.Dress(fy, faceOf(fy.Preferences()))
	a.win = fy.NewWindow(Name)
	a.root = container.NewStack()
	options := kit.Options{Now: cfg.Now, CapsLock: cfg.CapsLock, Touched: a.touched,
		Match: func(query, text string) bool { return branch.Matches(query, text) }}
	if a.run == nil {
		r := newRunner(a.watch)
		a.run, options.After = r, r.After
	}
	a.kit = kit.New(fy, a.win, options)
	a.session = screen.NewSession(screen.Plant{Vault: cfg.Vault, District: cfg.District, Run: a.run, Now: cfg.Now,
		Changed: a.stage, Keep: a.putAway, Undrawn: undrawn()})
	a.win.SetContent(newRoom(a.root, a.resized))
	a.win.SetMaster()
	a.win.SetPadded(false)
	a.win.Resize(windowSize(fy.Preferences()))
	a.win.SetCloseIntercept(a.quit)
	a.win.SetOnDropped(a.dropped)
	a.setWindowKeys()
	if r, ok := a.run.(*runner); ok {
		r.Every(time.Second, a.tick)
		if cfg.Probe != nil {
			r.Every(100*time.Millisecond, func() { cfg.Probe(a.win.Canvas()) })
		}
	}
	a.stage()
	if cfg.Passphrase != "" && a.session.Stage == screen.Locked {
		a.session.Unlock(cfg.Passphrase)
	}
	return a
}

// Close stores drafts, stops slow work and closes the file.
func (a *App) Close() error {
	a.rememberWindow()
	err := a.session.Close()
	if r, ok := a.run.(*runner); ok {
		r.Close()
	}
	return err
}

// quit closes the window after asking about unsaved typing.
func (a *App) quit() {
	if a.page == nil {
		a.win.Close()
		return
	}
	a.page.Leave(a.win.Close)
}

// Window returns the window.
func (a *App) Window() fyne.Window { return a.win }

// Book returns the branch's books; nil while locked.
func (a *App) Book() *screen.Book { return a.session.Book }

// Kit returns the components.
func (a *App) Kit() *kit.Kit { return a.kit }

// Runner returns who does slow work.
func (a *App) Runner() screen.Runner { return a.run }

// stage shows what the session stands at.
func (a *App) stage() {
	switch a.session.Stage {
	case screen.FirstRun:
		if a.wizard != nil {
			a.wizard.refresh()
			return
		}
		a.wizard = newWizardView(a)
		a.show(a.wizard.object())
		a.wizard.focus()
	case screen.Locked:
		if a.lock != nil {
			a.lock.refresh()
			return
		}
		a.shut()
		a.lock = newLockView(a)
		a.show(a.lock.object())
		a.lock.focus()
	case screen.Unlocked:
		if a.frame == nil {
			a.unlocked()
			a.news()
			return
		}
		a.frame.refresh()
		if p, ok := a.page.(interface{ exchanged() }); ok { // it shows how the exchange stands
			p.exchanged()
		}
		a.news()
	}
}

// news tells what was done or failed in the background.
func (a *App) news() {
	if say := a.session.News(); say != "" {
		a.changed("", nil)
		a.Say(say)
	}
	a.Fail(a.session.Trouble())
}

// shut forgets everything personal that is on the screen.
func (a *App) shut() {
	if a.stop != nil {
		a.stop()
	}
	a.frame, a.page, a.desk, a.found, a.stop = nil, nil, nil, nil, nil
	a.missed, a.indexing = nil, false
	clear(a.thumbs)
	a.done, a.undone, a.past = nil, nil, nil
	a.counted, a.counting, a.stale = false, false, nil
	a.kit.SetPageKeys(nil)
}

// unlocked builds the shell and opens the page last shown.
func (a *App) unlocked() {
	a.wizard, a.lock = nil, nil
	a.desk = screen.BlankDesk(a.Book())
	a.frame = newFrame(a)
	a.stop = a.Book().OnChange(func(kind string, ids []string) {
		a.post(func() { a.changed(kind, ids) })
	})
	a.show(a.frame.object())
	a.recount("")
	a.Go(Place{Page: lastPage(a.fy.Preferences())})
}

// post brings f to Fyne's goroutine: a change may come from an exchange.
func (a *App) post(f func()) {
	if r, ok := a.run.(*runner); ok {
		r.post(f)
		return
	}
	f()
}

func (a *App) show(o fyne.CanvasObject) {
	a.root.Objects = []fyne.CanvasObject{o}
	a.root.Refresh()
}

// touched notes that a person is there: the lock waits.
func (a *App) touched() { a.session.Touch() }

// tick runs every second.
func (a *App) tick() {
	a.keep()
	a.session.Tick()
	if a.frame != nil && a.session.Sync.Light() == screen.Running {
		a.frame.refresh() // it tells how far the exchange is
	}
}

// changed redraws whatever shows records that changed, here or elsewhere.
func (a *App) changed(kind string, ids []string) {
	if a.frame == nil || a.Book() == nil {
		return
	}
	a.session.Sync.Saved()
	a.savedAt = a.cfg.Now()
	a.reindex(kind, ids)
	if a.page != nil {
		a.page.Changed(kind, ids)
	}
	a.frame.changed(kind, ids)
	a.recount(kind)
}

// Done tells what was done and offers to take it back.
func (a *App) Done(d screen.Done) {
	if d.Undoable() {
		a.done, a.undone = append(a.done, d), nil
	}
	a.frame.toast(d)
}

// Undo takes back the last act, wherever the person is now.
func (a *App) Undo() {
	n := len(a.done)
	if n == 0 {
		return
	}
	last := a.done[n-1]
	a.done = a.done[:n-1]
	back, err := a.Book().Undo(last)
	if err != nil {
		a.FailAgain(err, func() { a.done = append(a.done, last); a.Undo() })
		return
	}
	a.undone = append(a.undone, back)
	a.Say("已撤销：" + last.Say)
}

// Redo does again what Undo took back.
func (a *App) Redo() {
	n := len(a.undone)
	if n == 0 {
		return
	}
	last := a.undone[n-1]
	a.undone = a.undone[:n-1]
	back, err := a.Book().Undo(last)
	if err != nil {
		a.FailAgain(err, func() { a.undone = append(a.undone, last); a.Redo() })
		return
	}
	a.done = append(a.done, back)
	a.Say("已重做：" + last.Say)
}

// Say shows a sentence that nobody needs to answer.
func (a *App) Say(text string) {
	if a.frame != nil {
		a.frame.toast(screen.Done{Say: text})
	}
}
