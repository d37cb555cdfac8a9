package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"zhibu/storage/record"
	"zhibu/sync"
)

// adminRoute is one path of the district's own side, in JSON. openapi.json
// describes them; a test holds the two against each other.
type adminRoute struct {
	pattern string
	changes bool // not for readers
	whole   bool // for clerks of the district only
	handle  func(s *Server, ctx context.Context, r *adminCall) (any, error)
}

type adminCall struct {
	*http.Request
	clerk Clerk
	body  []byte
}

func adminRoutes() []adminRoute {
	return []adminRoute{
		{"GET /admin/v1/branches", false, false, (*Server).adminBranches},
		{"POST /admin/v1/branches", true, true, (*Server).adminAddBranch},
		{"POST /admin/v1/branches/{branch}/invites", true, false, (*Server).adminInvite},
		{"GET /admin/v1/branches/{branch}/devices", false, false, (*Server).adminDevices},
		{"GET /admin/v1/branches/{branch}/records", false, false, (*Server).adminRecords},
		{"POST /admin/v1/branches/{branch}/answers", true, false, (*Server).adminAnswer},
		{"POST /admin/v1/devices/{device}/revoke", true, false, (*Server).adminRevoke},
		{"POST /admin/v1/notices", true, true, (*Server).adminNotice},
		{"POST /admin/v1/transfers", true, true, (*Server).adminTransfer},
		{"GET /admin/v1/stats", false, false, (*Server).adminStats},
		{"POST /admin/v1/clerks", true, true, (*Server).adminAddClerk},
		{"POST /admin/v1/sticks", true, false, (*Server).adminStick},
		{"GET /admin/v1/backup", true, true, (*Server).adminBackup},
	}
}

// maxAdmin bounds a JSON body, maxStick a file from a stick.
const (
	maxAdmin = 1 << 20
	maxStick = 64 << 20
)

// Admin returns the district's side over HTTP. trusted marks a listener that
// only the owner of the folder can reach; elsewhere a clerk's token is asked for.
func (s *Server) Admin(trusted bool) http.Handler {
	mux := http.NewServeMux()
	for _, rt := range adminRoutes() {
		mux.HandleFunc(rt.pattern, func(w http.ResponseWriter, r *http.Request) {
			out, err := s.administer(rt, trusted, w, r)
			if err != nil {
				s.refuseJSON(w, r, err)
				return
			}
			s.answerJSON(w, http.StatusOK, out)
		})
	}
	return mux
}

func (s *Server) administer(rt adminRoute, trusted bool, w http.ResponseWriter, r *http.Request) (any, error) {
	c := &adminCall{Request: r, clerk: operator}
	var err error
	if !trusted {
		if c.clerk, err = s.clerk(r.Context(), r.Header.Get("Authorization")); err != nil {
			return nil, err
		}
	}
	if rt.changes && c.clerk.Role == ClerkReader || rt.whole && c.clerk.Role != ClerkDistrict {
		return nil, errClerkNo
	}
	most := int64(maxAdmin)
	if strings.HasSuffix(rt.pattern, "/sticks") {
		most = maxStick
	}
	if c.body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, most)); err != nil {
		return nil, record.Wrap(err, "BODY_TOO_LARGE", "发来的内容太大。没有改动任何内容。")
	}
	out, err := rt.handle(s, r.Context(), c)
	if err == nil && rt.changes {
		s.opt.Log.Info("administered", "route", rt.pattern, "role", c.clerk.Role)
	}
	return out, err
}

func (s *Server) answerJSON(w http.ResponseWriter, status int, v any) {
	if copyTo, ok := v.(func(io.Writer) error); ok {
		w.Header().Set("Content-Type", "application/octet-stream")
		if err := copyTo(w); err != nil {
			s.opt.Log.Error("copy not delivered", "error", err.Error())
		}
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		s.opt.Log.Debug("answer not delivered", "error", err.Error())
	}
}

func (s *Server) refuseJSON(w http.ResponseWriter, r *http.Request, err error) {
	p := sync.Problem{Code: record.CodeOf(err), Say: record.SayOf(err)}
	status := http.StatusBadRequest
	switch p.Code {
	case "":
		p.Code, status = "DISTRICT_FAULT", http.StatusInternalServerError
		s.opt.Log.Error("request failed", "path", r.Pattern, "error", err.Error())
	case errClerk.Code:
		status = http.StatusUnauthorized
	case errClerkNo.Code:
		status = http.StatusForbidden
	case errBranchUnknown.Code, errUnknownDevice.Code:
		status = http.StatusNotFound
	}
	s.answerJSON(w, status, p)
}

// read decodes the body strictly: an unknown name is a slip, not an extension.
func (r *adminCall) read(v any) error {
	dec := json.NewDecoder(bytes.NewReader(r.body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return record.Wrap(err, "BODY_MALFORMED", "发来的内容看不懂。没有改动任何内容。")
	}
	return nil
}

// branch returns the branch of the path, if the clerk may see it.
func (s *Server) branchFor(ctx context.Context, r *adminCall, idOrName string) (Branch, error) {
	b, err := s.FindBranch(ctx, idOrName)
	if err != nil {
		return b, err
	}
	return b, r.clerk.mayTouch(b)
}

func (s *Server) adminBranches(ctx context.Context, r *adminCall) (any, error) {
	all, err := s.Branches(ctx)
	mine := []Branch{}
	for _, b := range all {
		if r.clerk.mayTouch(b) == nil {
			mine = append(mine, b)
		}
	}
	return mine, err
}

func (s *Server) adminAddBranch(ctx context.Context, r *adminCall) (any, error) {
	var in struct{ Name, Street, Industry string }
	if err := r.read(&in); err != nil {
		return nil, err
	}
	return s.AddBranch(ctx, Branch{Name: in.Name, Street: in.Street, Industry: in.Industry})
}

// Invitation is what is handed to a branch: the code, the pin of the root ("" on
// plain loopback) and how long it holds.
type Invitation struct {
	Invite
	CA string `json:"ca"`
}

func (s *Server) adminInvite(ctx context.Context, r *adminCall) (any, error) {
	var in struct{ Role string }
	if err := r.read(&in); err != nil {
		return nil, err
	}
	b, err := s.branchFor(ctx, r, r.PathValue("branch"))
	if err != nil {
		return nil, err
	}
	invite, err := s.Invite(ctx, b.ID, in.Role)
	if err != nil {
		return nil, err
	}
	pin, err := s.Pinned(ctx)
	return Invitation{Invite: invite, CA: sync.Pin(pin)}, err
}

func (s *Server) adminDevices(ctx context.Context, r *adminCall) (any, error) {
	b, err := s.branchFor(ctx, r, r.PathValue("branch"))
	if err != nil {
		return nil, err
	}
	return s.Devices(ctx, b.ID)
}

func (s *Server) adminRevoke(ctx context.Context, r *adminCall) (any, error) {
	device := r.PathValue("device")
	if _, err := s.branchFor(ctx, r, branchOf(device)); err != nil {
		return nil, errUnknownDevice
	}
	return struct {
		Revoked string `json:"revoked"`
	}{device}, s.Revoke(ctx, device)
}

// Held is a record as the district holds it, for clerks.
type Held struct {
	Kind   string            `json:"kind"`
	ID     string            `json:"id"`
	Values map[string]string `json:"values"`
}

func (s *Server) adminRecords(ctx context.Context, r *adminCall) (any, error) {
	b, err := s.branchFor(ctx, r, r.PathValue("branch"))
	if err != nil {
		return nil, err
	}
	kind := r.URL.Query().Get("kind")
	out := []Held{}
	return &out, s.EachRecord(ctx, b.ID, func(h record.Holding) error {
		if kind != "" && h.Kind != kind {
			return nil
		}
		v := Held{Kind: h.Kind, ID: h.ID, Values: map[string]string{}}
		for path, reg := range h.Registers {
			if reg.Value != "" && !isSealPath(path) {
				v.Values[path] = reg.Value
			}
		}
		out = append(out, v)
		return nil
	})
}

// EachRecord visits the records of a branch in order of their ids, as one state.
func (s *Server) EachRecord(ctx context.Context, branch string, visit func(record.Holding) error) error {
	return s.ledger.view(ctx, branch, func(tx branchTx) error { return tx.eachRecord(visit) })
}

func (s *Server) adminAnswer(ctx context.Context, r *adminCall) (any, error) {
	var in struct {
		Kind, Record, By, Why string
		Set                   map[string]string
	}
	if err := r.read(&in); err != nil {
		return nil, err
	}
	b, err := s.branchFor(ctx, r, r.PathValue("branch"))
	if err != nil {
		return nil, err
	}
	if in.Kind == "" || in.Record == "" || len(in.Set) == 0 {
		return nil, record.Refuse("ANSWER_MALFORMED", "批复要写明台账、记录和填写的内容。没有改动任何内容。")
	}
	if err := s.mustHave(ctx, b.ID, in.Kind, in.Record); err != nil {
		return nil, err
	}
	ids, err := s.Write(ctx, b.ID, Edit{Kind: in.Kind, Record: in.Record, Set: in.Set, By: in.By, Why: in.Why, Seal: true})
	return struct {
		Records []string `json:"records"`
	}{ids}, err
}

func (s *Server) mustHave(ctx context.Context, branch, kind, rec string) error {
	return s.ledger.view(ctx, branch, func(tx branchTx) error {
		got, err := tx.records([]string{rec})
		if err != nil {
			return err
		}
		if got[rec] == nil || got[rec].Kind != kind {
			return record.Refuse("RECORD_UNKNOWN", "这个支部没有报来这条记录。请核对编号；没有改动任何内容。")
		}
		return nil
	})
}

func (s *Server) adminNotice(ctx context.Context, r *adminCall) (any, error) {
	var in struct {
		Channel, Kind, Record, By string
		Set                       map[string]string
	}
	if err := r.read(&in); err != nil {
		return nil, err
	}
	if in.Kind == "" {
		in.Kind = "notice"
	}
	seq, err := s.Publish(ctx, in.Channel, Edit{Kind: in.Kind, Record: in.Record, Set: in.Set, By: in.By})
	return struct {
		Seq uint64 `json:"seq"`
	}{seq}, err
}

func (s *Server) adminTransfer(ctx context.Context, r *adminCall) (any, error) {
	var in struct{ From, To, Kind, Record, By string }
	if err := r.read(&in); err != nil {
		return nil, err
	}
	return struct {
		Record string `json:"record"`
	}{in.Record}, s.Transfer(ctx, in.From, in.Kind, in.Record, in.To, in.By)
}

func (s *Server) adminAddClerk(ctx context.Context, r *adminCall) (any, error) {
	var in Clerk
	if err := r.read(&in); err != nil {
		return nil, err
	}
	token, err := s.AddClerk(ctx, in)
	return struct {
		Token string `json:"token"`
	}{token}, err
}

// adminStick reads a file from a stick and answers with the file to take back.
func (s *Server) adminStick(ctx context.Context, r *adminCall) (any, error) {
	answer, device, err := s.HandIn(ctx, r.body)
	if err != nil {
		return nil, err
	}
	s.opt.Log.Info("stick read", "device", device)
	return func(w io.Writer) error {
		_, err := w.Write(answer)
		return err
	}, nil
}

func (s *Server) adminBackup(ctx context.Context, _ *adminCall) (any, error) {
	return func(w io.Writer) error {
		if err := s.ledger.backup(ctx, w); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		return nil
	}, nil
}
