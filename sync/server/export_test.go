package server

import (
	"context"
	"sync/atomic"
)

// Patterns lists every route of the laptops' side, and whether it answers
// without a proof.
func Patterns() map[string]bool {
	out := map[string]bool{}
	for _, r := range routes() {
		out[r.pattern] = r.open
	}
	return out
}

// AdminPatterns lists every route of the district's side: whether it changes
// something, and whether it is for the whole district only.
func AdminPatterns() map[string][2]bool {
	out := map[string][2]bool{}
	for _, r := range adminRoutes() {
		out[r.pattern] = [2]bool{r.changes, r.whole}
	}
	return out
}

// MarkGoing does the first half of a sweep: it announces what is about to go.
func (s *Server) MarkGoing(ctx context.Context, shas ...string) error {
	going := map[string]bool{}
	for _, sha := range shas {
		going[sha] = true
	}
	return s.mark(ctx, going)
}

// CountRegistry counts the transactions of the registry from now on.
func (s *Server) CountRegistry() *atomic.Int64 {
	c := &counting{ledger: s.ledger}
	s.ledger = c
	return &c.n
}

type counting struct {
	ledger
	n atomic.Int64
}

func (c *counting) registry(ctx context.Context, fn func(registryTx) error) error {
	c.n.Add(1)
	return c.ledger.registry(ctx, fn)
}
