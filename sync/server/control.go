package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Control speaks to a district's own side: through the socket of a running
// server, or by opening the store when none runs. Both ways end in the same
// handlers.
type Control struct {
	do    func(*http.Request) (*http.Response, error)
	close func() error
}

// socketPath returns where the control socket of a store lies: in its folder, or
// where the system's limit on the length of such paths forbids that, in the
// temporary folder under a name made from it.
func socketPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("store %s: %w", dir, err)
	}
	path := filepath.Join(abs, "control.sock")
	if len(path) > 100 {
		sum := sha256.Sum256([]byte(abs))
		path = filepath.Join(os.TempDir(), "zhibu-"+hex.EncodeToString(sum[:8])+".sock")
	}
	return path, nil
}

// ListenControl opens the store's socket for commands. Only the owner of the
// folder can reach it.
func ListenControl(dir string) (net.Listener, error) {
	path, err := socketPath(dir)
	if err != nil {
		return nil, err
	}
	// The store is ours alone (bbolt locks it), so a socket found here is a dead one.
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// ServeControl answers the owner's commands on l until ctx ends.
func (s *Server) ServeControl(ctx context.Context, l net.Listener) error {
	return serve(ctx, l, s.Admin(true), s.opt.Log)
}

// Dial reaches the district of a store, running or not.
func Dial(store string, opt Options) (*Control, error) {
	if !isPostgres(store) {
		if c, ok := dialSocket(store); ok {
			return c, nil
		}
	}
	s, err := Open(store, opt)
	if err != nil {
		return nil, err
	}
	h := s.Admin(true)
	return &Control{close: s.Close, do: func(r *http.Request) (*http.Response, error) {
		w := &memory{header: http.Header{}, status: http.StatusOK}
		h.ServeHTTP(w, r)
		return &http.Response{StatusCode: w.status, Header: w.header, Body: io.NopCloser(&w.body)}, nil
	}}, nil
}

func dialSocket(dir string) (*Control, bool) {
	path, err := socketPath(dir)
	if err != nil {
		return nil, false
	}
	probe, err := net.Dial("unix", path)
	if err != nil || probe.Close() != nil {
		return nil, false
	}
	tr := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}}
	return &Control{do: (&http.Client{Transport: tr}).Do, close: func() error {
		tr.CloseIdleConnections()
		return nil
	}}, true
}

// Close ends the connection, or closes the store it opened.
func (c *Control) Close() error { return c.close() }

// Call asks for a path of the admin side. in and out are JSON; out may be an
// io.Writer for bytes, or nil. A refusal comes back as the server's sentence.
func (c *Control) Call(ctx context.Context, method, path string, in, out any) (err error) {
	var body []byte
	if raw, ok := in.([]byte); ok {
		body = raw
	} else if in != nil {
		if body, err = json.Marshal(in); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://district"+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	resp, err := c.do(req)
	if err != nil {
		return record.Wrap(err, "CONTROL_CUT", "和区服务端的联系断了，不知道做成没有。请查看结果后再试。")
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if resp.StatusCode != http.StatusOK {
		var p sync.Problem
		if err := json.NewDecoder(resp.Body).Decode(&p); err != nil || p.Say == "" {
			return fmt.Errorf("%s: status %d", path, resp.StatusCode)
		}
		return p.Err()
	}
	if w, ok := out.(io.Writer); ok {
		_, err = io.Copy(w, resp.Body)
		return err
	}
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// memory is a response that never leaves the process.
type memory struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (m *memory) Header() http.Header         { return m.header }
func (m *memory) WriteHeader(status int)      { m.status = status }
func (m *memory) Write(p []byte) (int, error) { return m.body.Write(p) }
