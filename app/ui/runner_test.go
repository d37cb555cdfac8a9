package ui

import (
	"context"
	"errors"
	"testing"

	"zhibu/app/screen"
)

func TestTheRunnerTellsHowWorkEnded(t *testing.T) {
	counts := make(chan int, 8)
	r := newRunner(func(_ int, _ string, done, _ int, _ func()) { counts <- done })
	ended := make(chan error, 1)
	broken := errors.New("broken")
	r.Do("导入", func(_ context.Context, progress screen.Progress) error {
		progress(612, 1480)
		return broken
	}, func(err error) { ended <- err })
	if err := <-ended; !errors.Is(err, broken) {
		t.Errorf("ended with %v", err)
	}
	r.Close()
	close(counts)
	var seen []int
	for n := range counts {
		seen = append(seen, n)
	}
	if len(seen) != 3 || seen[0] != 0 || seen[1] != 612 || seen[2] != -1 {
		t.Errorf("told %v: begin, 612, end", seen)
	}
}

func TestStoppedWorkEndsAndNothingIsToldAfterClosing(t *testing.T) {
	stops := make(chan func(), 1)
	r := newRunner(func(_ int, _ string, done, _ int, stop func()) {
		if done == 0 {
			stops <- stop
		}
	})
	ended := make(chan error, 1)
	wait := func(ctx context.Context, _ screen.Progress) error {
		<-ctx.Done()
		return ctx.Err()
	}
	r.Do("导入", wait, func(err error) { ended <- err })
	(<-stops)()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("stopped work ended with %v", err)
	}
	r.Do("导入", wait, func(err error) { ended <- err })
	r.Close() // stops it and waits
	r.Do("导入", wait, func(err error) { ended <- err })
	select {
	case err := <-ended:
		t.Errorf("told %v after closing", err)
	default:
	}
}
