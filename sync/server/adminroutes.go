package server

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"

	"zhibu/storage/record"
	"zhibu/sync"
)

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

func (s *Server) adminCorrectBranch(ctx context.Context, r *adminCall) (any, error) {
	var in struct{ Name, Street, Industry string }
	if err := r.read(&in); err != nil {
		return nil, err
	}
	b, err := s.branchFor(ctx, r, r.PathValue("branch"))
	if err != nil {
		return nil, err
	}
	return s.CorrectBranch(ctx, b.ID, in.Name, in.Street, in.Industry)
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
	device, err := s.deviceFor(ctx, r)
	if err == nil {
		err = s.Revoke(ctx, device)
	}
	return struct {
		Revoked string `json:"revoked"`
	}{device}, err
}

// deviceFor returns the device of the path, if the clerk may see its branch.
func (s *Server) deviceFor(ctx context.Context, r *adminCall) (string, error) {
	device := r.PathValue("device")
	if _, err := s.branchFor(ctx, r, branchOf(device)); err != nil {
		return "", errNoDevice
	}
	return device, nil
}

// NewRole is a laptop with the role it has from now on.
type NewRole struct {
	Device string `json:"device"`
	Role   string `json:"role"`
}

func (s *Server) adminRole(ctx context.Context, r *adminCall) (any, error) {
	var in struct{ Role string }
	if err := r.read(&in); err != nil {
		return nil, err
	}
	device, err := s.deviceFor(ctx, r)
	if err != nil {
		return nil, err
	}
	return NewRole{device, in.Role}, s.SetRole(ctx, device, in.Role)
}

// Held is a record as the district holds it, for clerks.
type Held struct {
	Kind   string        `json:"kind"`
	ID     string        `json:"id"`
	Values record.Values `json:"values"`
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
		values := valuesOf(h)
		if s.opt.Show != nil {
			for path, value := range values {
				values[path] = s.opt.Show(h.Kind, path, value)
			}
		}
		out = append(out, Held{Kind: h.Kind, ID: h.ID, Values: values})
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
	for path, typed := range in.Set {
		if s.opt.Parse == nil {
			break
		}
		if in.Set[path], err = s.opt.Parse(in.Kind, path, typed); err != nil {
			return nil, err
		}
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

// NoticeKind is the kind of a notice. Its fields are title, text, due (a date by
// when something is asked for) and whatever else the district writes; whom it is
// from is the author of its op.
const NoticeKind = "notice"

func (s *Server) adminNotice(ctx context.Context, r *adminCall) (any, error) {
	var in struct {
		Channel, Kind, Record, By string
		Set                       map[string]string
	}
	if err := r.read(&in); err != nil {
		return nil, err
	}
	if r.clerk.Role == ClerkStreet && in.Channel != streetPrefix+r.clerk.Street {
		return nil, errClerkNo
	}
	if in.Kind == "" {
		in.Kind = NoticeKind
	}
	if in.Kind == NoticeKind && in.Set["title"] == "" {
		return nil, record.Refuse("NOTICE_MALFORMED", "通知要有标题（title）。没有发出。")
	}
	if due, err := record.ParseDate(in.Set["due"]); in.Kind == NoticeKind && in.Set["due"] != "" && (err != nil || !due.Exact()) {
		return nil, record.Refuse("NOTICE_DUE", "期限（due）要写明年月日，例如 2026-12-20。没有发出。")
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

// adminStick reads a file from a stick and answers with the file to take back, or
// with a part of the attachments it asks for. A stopped laptop gets no answer.
func (s *Server) adminStick(ctx context.Context, r *adminCall) (any, error) {
	query := r.URL.Query()
	part, err := strconv.Atoi(cmp.Or(query.Get("part"), "0"))
	if err != nil || part < 0 {
		return nil, record.Refuse("PART_INVALID", "要第几部分写错了。请写 0 以上的整数；没有改动任何内容。")
	}
	var answer []byte
	var device string
	if query.Get("stopped") == "true" {
		device, err = s.TakeStopped(ctx, r.body)
	} else {
		answer, device, err = s.HandIn(ctx, r.body, part)
	}
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
	if _, database := s.ledger.(*pgLedger); database {
		return nil, errBackupPostgres // said before anything is sent
	}
	return func(w io.Writer) error {
		if err := s.ledger.backup(ctx, w); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		return nil
	}, nil
}

func (s *Server) adminSweep(ctx context.Context, _ *adminCall) (any, error) { return s.Sweep(ctx) }
