package server

import (
	"context"
	"net"
)

// Start answers laptops on l in the background: the district inside a program
// that tries everything out on one machine. stop ends it and returns why it
// ended early, nil if it did not.
func (s *Server) Start(l net.Listener) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	return func() error {
		cancel()
		return <-ended
	}
}
