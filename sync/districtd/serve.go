package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/server"
)

func (p program) initialise(c call) error {
	s, err := server.Open(c.store, p.optionsFor(c))
	if err != nil {
		return err
	}
	err = s.Init(p.ctx)
	pin, pinErr := s.Pinned(p.ctx)
	if err := errors.Join(err, pinErr, s.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, "区服务端已建好。根证书指纹 "+sync.Pin(pin))
	return err
}

// serve answers laptops, the control socket and, if asked for, clerks, until it
// is told to stop; requests under way end first.
func (p program) serve(c call) error {
	if c.listen == "" {
		c.listen = "127.0.0.1:8744"
	}
	s, err := server.Open(c.store, p.optionsFor(c))
	if err != nil {
		return err
	}
	err = p.serveAll(s, c)
	return errors.Join(err, s.Close())
}

func (p program) serveAll(s *server.Server, c call) error {
	l, scheme, err := p.listenOn(s, c, c.listen)
	if err != nil {
		return err
	}
	parts := []func(context.Context) error{func(ctx context.Context) error { return s.Serve(ctx, l) }, s.Tend}
	if c.admin != "" {
		al, _, err := p.listenOn(s, c, c.admin)
		if err != nil {
			return errors.Join(err, l.Close())
		}
		parts = append(parts, func(ctx context.Context) error { return s.ServeAdmin(ctx, al) })
	}
	if !strings.Contains(c.store, "://") {
		cl, err := server.ListenControl(c.store)
		if err != nil {
			return errors.Join(err, l.Close())
		}
		parts = append(parts, func(ctx context.Context) error { return s.ServeControl(ctx, cl) })
	}
	if _, err := fmt.Fprintf(p.out, "正在服务 %s://%s\n", scheme, l.Addr()); err != nil {
		return errors.Join(err, l.Close())
	}
	return together(p.ctx, parts)
}

// together runs the parts until one ends or ctx does, then ends the others and
// waits for them.
func together(ctx context.Context, parts []func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error)
	for _, part := range parts {
		go func() { ended <- part(ctx) }()
	}
	var errs []error
	for range parts {
		errs = append(errs, <-ended)
		stop()
	}
	return errors.Join(errs...)
}

// listenOn opens a port: plain on this very machine, encrypted everywhere else.
func (p program) listenOn(s *server.Server, c call, address string) (net.Listener, string, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, "", record.Wrap(err, "LISTEN_ADDRESS", "--listen 的地址用不了。请写成 地址:端口，例如 0.0.0.0:8744。")
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, "", record.Wrap(err, "LISTEN_ADDRESS", "占不到 "+address+"，可能已有程序在用。请换一个端口。")
	}
	ip := net.ParseIP(host)
	if !c.tls && (host == "localhost" || ip != nil && ip.IsLoopback()) {
		return l, "http", nil
	}
	config, err := s.TLS(p.ctx, append(strings.Split(c.hosts, ","), host)...)
	if err != nil {
		return nil, "", errors.Join(err, l.Close())
	}
	return tls.NewListener(l, config), "https", nil
}
