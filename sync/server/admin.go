package server

import (
	"bytes"
	"context"
	"encoding/json"
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
		{"POST /admin/v1/branches/{branch}", true, true, (*Server).adminCorrectBranch},
		{"POST /admin/v1/branches/{branch}/invites", true, false, (*Server).adminInvite},
		{"GET /admin/v1/branches/{branch}/devices", false, false, (*Server).adminDevices},
		{"GET /admin/v1/branches/{branch}/records", false, false, (*Server).adminRecords},
		{"POST /admin/v1/branches/{branch}/answers", true, false, (*Server).adminAnswer},
		{"POST /admin/v1/devices/{device}/revoke", true, false, (*Server).adminRevoke},
		{"POST /admin/v1/devices/{device}/role", true, false, (*Server).adminRole},
		{"POST /admin/v1/notices", true, false, (*Server).adminNotice},
		{"GET /admin/v1/rules", false, false, (*Server).adminRules},
		{"POST /admin/v1/rules", true, true, (*Server).adminSetRules},
		{"POST /admin/v1/transfers", true, true, (*Server).adminTransfer},
		{"GET /admin/v1/stats", false, false, (*Server).adminStats},
		{"GET /admin/v1/clerks", false, true, (*Server).adminClerks},
		{"POST /admin/v1/clerks", true, true, (*Server).adminAddClerk},
		{"POST /admin/v1/clerks/{clerk}/remove", true, true, (*Server).adminRemoveClerk},
		{"POST /admin/v1/sweep", true, true, (*Server).adminSweep},
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
		return nil, record.Wrap(err, "BODY_TOO_LARGE", "发来的内容太大。请分几次发；没有改动任何内容。")
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
		return record.Wrap(err, "BODY_MALFORMED", "发来的内容看不懂。请对照接口说明改一改；没有改动任何内容。")
	}
	return nil
}
