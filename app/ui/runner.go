package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"zhibu/app/screen"
)

// runner does slow work away from the face. It holds the program's only go
// statement and its only fyne.Do: everything else runs on Fyne's goroutine.
type runner struct {
	mu      sync.Mutex
	stopped bool
	stops   map[int]context.CancelFunc
	next    int
	jobs    sync.WaitGroup
	// watch is told on Fyne's goroutine that work began, how far it is (-1 when it
	// ended) and how to stop it.
	watch func(job int, title string, done, total int, stop func())
}

func newRunner(watch func(job int, title string, done, total int, stop func())) *runner {
	return &runner{stops: map[int]context.CancelFunc{}, watch: watch}
}

// Do implements screen.Runner.
func (r *runner) Do(title string, work func(context.Context, screen.Progress) error, then func(error)) {
	ctx, stop := context.WithCancel(context.Background())
	r.mu.Lock()
	if r.stopped {
		r.mu.Unlock()
		stop()
		return
	}
	r.next++
	job := r.next
	r.stops[job] = stop
	r.mu.Unlock()
	r.watch(job, title, 0, 0, stop)
	progress := func(done, total int) {
		r.post(func() { r.watch(job, title, done, total, stop) })
	}
	r.jobs.Add(1)
	go func() {
		defer r.jobs.Done()
		err := work(ctx, progress)
		r.mu.Lock()
		delete(r.stops, job)
		r.mu.Unlock()
		stop()
		r.post(func() {
			r.watch(job, title, -1, 0, nil)
			then(err)
		})
	}()
}

// post runs f on Fyne's goroutine, unless the program is closing.
func (r *runner) post(f func()) {
	r.mu.Lock()
	stopped := r.stopped
	r.mu.Unlock()
	if !stopped {
		fyne.Do(f)
	}
}

// After runs f on Fyne's goroutine after d; stop prevents it.
func (r *runner) After(d time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(d, func() { r.post(f) })
	return func() { t.Stop() }
}

// Every runs f on Fyne's goroutine every d until the runner is closed.
func (r *runner) Every(d time.Duration, f func()) {
	r.After(d, func() {
		f()
		r.Every(d, f)
	})
}

// Close stops what runs and waits for it; nothing is called back any more.
func (r *runner) Close() {
	r.mu.Lock()
	r.stopped = true
	for _, stop := range r.stops {
		stop()
	}
	r.mu.Unlock()
	r.jobs.Wait()
}
