package screen

import "context"

// Progress tells how far slow work has come; total 0 means unknown.
type Progress func(done, total int)

// Runner does slow work away from the face. then is called on the face's own
// goroutine with the work's error (context.Canceled when it was stopped).
type Runner interface {
	Do(title string, work func(ctx context.Context, progress Progress) error, then func(error))
}

// Inline is a Runner that works at once and in place: for commands and tests.
type Inline struct{}

// Do implements Runner.
func (Inline) Do(_ string, work func(context.Context, Progress) error, then func(error)) {
	then(work(context.Background(), func(int, int) {}))
}
