package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

// maxBody bounds what a request may send and what it may unpack to; openBody, what
// anybody may send who has proved nothing.
const (
	maxBody  = 16 << 20
	openBody = 64 << 10
)

// route is one path that laptops may call. The table is the whole surface: the
// mux is made from it, and a test holds every entry against every intruder.
type route struct {
	pattern string
	open    bool // answers without a proof
	handle  func(s *Server, w http.ResponseWriter, r *call) error
}

func routes() []route {
	return []route{
		{"POST " + sync.PathSync, false, (*Server).serveSync},
		{"POST " + sync.PathRepair, false, (*Server).serveRepair},
		{"GET " + sync.PathSnapshot + "{name}", false, (*Server).serveSnapshot},
		{"POST " + sync.PathRenew, false, (*Server).serveRenew},
		{"POST " + sync.PathJoin, true, (*Server).serveJoin},
		{"GET " + sync.PathBlob + "{sha}", false, (*Server).serveBlob},
		{"POST " + sync.PathUpload, false, (*Server).serveUpload},
		{"HEAD " + sync.PathUpload + "{id}", false, (*Server).serveUpload},
		{"PATCH " + sync.PathUpload + "{id}", false, (*Server).serveUpload},
		{"GET /healthz", true, (*Server).serveHealth},
		{"GET /metrics", true, (*Server).serveMetrics},
	}
}

// call is a request whose body was read and whose sender is known.
type call struct {
	*http.Request
	body   []byte
	device Device
}

// Handler returns the laptops' side over HTTP.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, rt := range routes() {
		mux.HandleFunc(rt.pattern, func(w http.ResponseWriter, r *http.Request) {
			began := s.opt.Now()
			err := s.dispatch(rt, w, r)
			s.figures.request(rt.pattern, record.CodeOf(err), s.opt.Now().Sub(began))
			if err != nil {
				s.refuse(w, r, err)
			}
		})
	}
	return mux
}

func (s *Server) dispatch(rt route, w http.ResponseWriter, r *http.Request) error {
	c := &call{Request: r}
	var proof sync.Proof
	if !rt.open {
		var err error
		if proof, c.device, err = s.identify(r); err != nil {
			return err
		}
	}
	most, leave, err := s.room.enter(r, rt.open)
	if err != nil {
		return err
	}
	defer leave()
	if c.body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, most)); err != nil {
		return record.Wrap(err, errBody.Code, errBody.Say)
	}
	if !rt.open {
		if err := s.verify(proof, c); err != nil {
			return err
		}
	}
	return rt.handle(s, w, c)
}

// refuse answers with a Problem. Causes that are ours are logged, without any
// content, and said in one sentence that gives nothing away.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	code, say := record.CodeOf(err), record.SayOf(err)
	status := statusOf(code)
	if code == "" {
		code, say = "DISTRICT_FAULT", "区里的服务器出了故障，没有收下任何内容。稍后会自动再试；本机内容都在。"
		s.opt.Log.Error("request failed", "path", r.URL.Path, "error", err.Error())
	}
	s.reply(w, status, sync.Problem{Code: code, Say: say, Now: s.opt.Now().UnixMilli()})
}

func statusOf(code string) int {
	switch code {
	case "":
		return http.StatusInternalServerError
	case errProof.Code, errClock.Code, errUnknownDevice.Code, errRevoked.Code, errCode.Code:
		return http.StatusUnauthorized
	case errBusy.Code:
		return http.StatusTooManyRequests
	case errNoSnapshot.Code, errNoBlob.Code:
		return http.StatusNotFound
	case errBody.Code:
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// reply writes a framed message with as few headers as HTTP allows: an idle
// exchange must cost less than 600 bytes both ways.
func (s *Server) reply(w http.ResponseWriter, status int, v any) {
	frame, err := s.codec.Encode(v)
	if err != nil {
		s.opt.Log.Error("answer not encoded", "error", err.Error())
		status, frame = http.StatusInternalServerError, nil
	}
	h := w.Header()
	h["Date"], h["Content-Type"] = nil, nil
	w.WriteHeader(status)
	if _, err := w.Write(frame); err != nil {
		s.opt.Log.Debug("answer not delivered", "error", err.Error())
	}
}

func (s *Server) serveSync(w http.ResponseWriter, r *call) error {
	var req sync.Request
	if err := s.codec.Decode(r.body, &req); err != nil {
		return err
	}
	resp, err := s.For(r.device.ID).Sync(r.Context(), req)
	if err != nil {
		return err
	}
	s.reply(w, http.StatusOK, resp)
	return nil
}

func (s *Server) serveRepair(w http.ResponseWriter, r *call) error {
	var req sync.Repair
	if err := s.codec.Decode(r.body, &req); err != nil {
		return err
	}
	resp, err := s.For(r.device.ID).Repair(r.Context(), req)
	if err != nil {
		return err
	}
	s.reply(w, http.StatusOK, resp)
	return nil
}

func (s *Server) serveSnapshot(w http.ResponseWriter, r *call) error {
	f, err := (seat{server: s, device: r.device.ID}).openSnapshot(r.Context(), r.PathValue("name"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(w, r.Request, "", time.Time{}, f)
	return nil
}

func (s *Server) serveRenew(w http.ResponseWriter, r *call) error {
	var req sync.Join
	if err := s.codec.Decode(r.body, &req); err != nil {
		return err
	}
	out, err := s.Renew(r.Context(), r.device.ID, req.Key)
	if err != nil {
		return err
	}
	s.reply(w, http.StatusOK, out)
	return nil
}

// joinsPerHour is how many codes one address may try in an hour. It stands
// beside the five tries of each code: neither alone is enough. A whole office may
// sit behind one address.
const joinsPerHour = 600

func (s *Server) serveJoin(w http.ResponseWriter, r *call) error {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if !s.joins.allow(host, s.opt.Now(), joinsPerHour, time.Hour) {
		return errBusy
	}
	var req sync.Join
	if err := s.codec.Decode(r.body, &req); err != nil {
		return err
	}
	out, err := s.Join(r.Context(), req)
	if err != nil {
		return err
	}
	s.opt.Log.Info("device joined", "branch", out.Branch, "device", out.Device, "role", out.Role)
	s.reply(w, http.StatusOK, out)
	return nil
}

func (s *Server) serveHealth(w http.ResponseWriter, r *call) error {
	err := s.ledger.look(r.Context(), func(tx registryTx) error {
		_, err := tx.get(tableSetting, settingKey)
		return err
	})
	if err != nil {
		return fmt.Errorf("health: %w", err)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = io.WriteString(w, "ok\n")
	return err
}

func (s *Server) serveMetrics(w http.ResponseWriter, _ *call) error {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	return s.figures.write(w)
}

// grace is how long requests under way may take to end when serving stops.
const grace = 10 * time.Second

// Serve answers laptops on l until ctx ends, then lets requests under way finish.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	return serve(ctx, l, s.Handler(), s.opt.Log)
}

func serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(noAddresses{log.Handler()}, slog.LevelDebug),
	}
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		ended <- srv.Shutdown(late)
	})
	err := srv.Serve(l)
	if stop() {
		return fmt.Errorf("serve: %w", err) // ended by itself
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return <-ended
}

// noAddresses keeps net/http's own messages, which name peers, out of the log.
type noAddresses struct{ slog.Handler }

func (h noAddresses) Handle(ctx context.Context, r slog.Record) error {
	text, _, _ := strings.Cut(r.Message, " from ")
	return h.Handler.Handle(ctx, slog.NewRecord(r.Time, r.Level, text, 0))
}

// ServeAdmin answers clerks, who show their token, until ctx ends.
func (s *Server) ServeAdmin(ctx context.Context, l net.Listener) error {
	return serve(ctx, l, s.Admin(false), s.opt.Log)
}
