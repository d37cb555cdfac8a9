package server

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Station opens and seals the files of sticks; bundle.Station is one.
type Station interface {
	Open(file []byte, own ed25519.PrivateKey) (kind, device string, body []byte, from func(ed25519.PublicKey) bool, err error)
	Seal(kind, device string, body []byte, own ed25519.PrivateKey, to ed25519.PublicKey) ([]byte, error)
}

// HandIn takes a file from a stick and returns the file to carry back. Parts 1, 2
// and so on of a question are the attachments it asks for; the answer is empty
// where there is no such part. After the signature is checked it is the same code
// path as a request by net.
func (s *Server) HandIn(ctx context.Context, file []byte, part int) (answer []byte, device string, err error) {
	kind, d, body, err := s.unseal(ctx, file)
	if err != nil {
		return nil, d.ID, err
	}
	switch {
	case kind == sync.StickAsk && part == 0:
		kind = sync.StickAnswer
		body, err = s.answerSealed(ctx, d.ID, body)
	case kind == sync.StickAsk:
		kind = sync.StickFiles
		body, err = s.filesWanted(ctx, d.Branch, body, part)
	case kind == sync.StickFiles && part == 0:
		body, err = s.takeFiles(ctx, d.Branch, body)
	case kind == sync.StickFiles:
		body = nil
	default:
		err = errStickKind
	}
	if err != nil || len(body) == 0 {
		return nil, d.ID, err
	}
	answer, err = s.opt.Station.Seal(kind, d.ID, body, s.key, d.Key)
	return answer, d.ID, err
}

// TakeStopped takes what a laptop that was stopped had not sent yet: a clerk has
// seen who brings it (sync.md §8). Nothing goes back to it.
func (s *Server) TakeStopped(ctx context.Context, file []byte) (device string, err error) {
	kind, d, body, err := s.unseal(ctx, file)
	switch {
	case err == nil:
		return d.ID, errNotStopped
	case !errors.Is(err, errRevoked):
		return d.ID, err
	}
	switch kind {
	case sync.StickAsk:
		return d.ID, s.takeOutbox(ctx, d.ID, body)
	case sync.StickFiles:
		_, err := s.takeFiles(ctx, d.Branch, body)
		return d.ID, err
	}
	return d.ID, errStickKind
}

var (
	errStickKind  = record.Refuse("STICK_UNREADABLE", "这个文件不是电脑报上来的。没有采用任何内容。")
	errNotStopped = record.Refuse("DEVICE_NOT_STOPPED", "这台电脑没有停用。请照常读它的 U 盘，不要写 --stopped；没有采用任何内容。")
	errOutboxPast = record.Refuse("OUTBOX_PAST", "这份改动接不上区里现在的记录（恢复过数据，或前面还有文件没读）。请按顺序读全，或给这台电脑新的加入码；没有采用任何内容。")
)

// takeOutbox is the exchange with a stopped laptop, but for its answer.
func (s *Server) takeOutbox(ctx context.Context, device string, frame []byte) error {
	req, err := question(frame)
	if err != nil {
		return err
	}
	req.Sealed, req.Repair = true, nil
	resp, err := seat{server: s, device: device, stopped: true}.Sync(ctx, req)
	if err != nil {
		return err
	}
	if held := len(resp.Results) > 0 && resp.Results[0].Verdict == record.Held; held || resp.Next.Fork || resp.Next.Missing > 0 {
		return errOutboxPast
	}
	return nil
}

// unseal opens a file and proves who made it. The device that made it is known and
// named also where the file is refused because that one was stopped.
func (s *Server) unseal(ctx context.Context, file []byte) (kind string, d Device, body []byte, err error) {
	if s.opt.Station == nil {
		return "", d, nil, record.Refuse("NO_STATION", "这个服务端没有读U盘的部分。请用 districtd 的正式版本。")
	}
	kind, id, body, from, err := s.opt.Station.Open(file, s.key)
	if err != nil {
		return "", d, nil, err
	}
	d, err = s.deviceOf(ctx, id)
	if (err == nil || errors.Is(err, errRevoked)) && !from(d.Key) {
		err = errProof
	}
	return kind, d, body, err
}

// deviceOf returns a device that may still speak.
func (s *Server) deviceOf(ctx context.Context, id string) (d Device, err error) {
	err = s.ledger.view(ctx, branchOf(id), func(tx branchTx) (err error) {
		d, err = admit(tx, id)
		return err
	})
	if errors.Is(err, errNoBranch) {
		err = errUnknownDevice
	}
	return d, err
}

func (s *Server) answerSealed(ctx context.Context, device string, frame []byte) ([]byte, error) {
	req, err := question(frame)
	if err != nil {
		return nil, err
	}
	req.Sealed = true
	resp, err := s.For(device).Sync(ctx, req)
	if err != nil {
		return nil, err
	}
	return s.codec.Encode(resp)
}

// question reads what a laptop asks by stick. It may hold everything the laptop has:
// more than a request by net.
func question(frame []byte) (req sync.Request, err error) {
	codec, err := sync.NewCodec(sync.MaxMessage)
	if err != nil {
		return req, err
	}
	return req, codec.Decode(frame, &req)
}

// maxWhole is the largest snapshot that goes onto a stick: about a hundred times
// what the largest branch needs.
const maxWhole = 48 << 20

// whole reads a snapshot for a stick.
func (t seat) whole(ctx context.Context, name string) ([]byte, error) {
	f, err := t.openSnapshot(ctx, name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxWhole+1))
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	if len(data) > maxWhole {
		return nil, record.Refuse("SNAPSHOT_LARGE", "这个支部的内容太多，U 盘带不下整本。请让这台电脑联网同步一次；改动没有收下。")
	}
	return data, nil
}

// filesWanted packs part n, from 1 on, of the attachments that a question asks for
// and the branch has.
func (s *Server) filesWanted(ctx context.Context, branch string, frame []byte, n int) ([]byte, error) {
	req, err := question(frame)
	if err != nil || len(req.Want) == 0 || s.blobs == nil {
		return nil, err
	}
	var has []blobRef
	err = s.ledger.view(ctx, branch, func(tx branchTx) (err error) {
		has, err = tx.blobs()
		return err
	})
	if err != nil {
		return nil, err
	}
	has = slices.DeleteFunc(has, func(b blobRef) bool { return !slices.Contains(req.Want, b.SHA) })
	sizes := make([]int64, len(has))
	for i, b := range has {
		sizes[i] = b.Size
	}
	ends := append([]int{0}, sync.Batches(sizes)...)
	if n >= len(ends) {
		return nil, nil
	}
	var pack sync.Files
	for _, b := range has[ends[n-1]:ends[n]] {
		data, err := s.readBlob(ctx, b)
		if err != nil {
			return nil, err
		}
		pack.Files = append(pack.Files, sync.Attachment{SHA: b.SHA, Data: data})
	}
	return record.Encode(pack)
}

func (s *Server) readBlob(ctx context.Context, b blobRef) ([]byte, error) {
	f, err := s.blobs.store.open(ctx, b.SHA)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, b.Size))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("attachment: %w", err)
	}
	return data, nil
}

// takeFiles keeps the attachments of a file and names those the branch has now.
func (s *Server) takeFiles(ctx context.Context, branch string, body []byte) ([]byte, error) {
	if s.blobs == nil {
		return nil, errNoBlobs
	}
	var pack, out sync.Files
	if err := record.Decode(body, &pack); err != nil {
		return nil, record.Wrap(err, "STICK_UNREADABLE", "这个附件包看不懂，没有采用任何内容。请在那台电脑上重新导出。")
	}
	for _, f := range pack.Files {
		if err := s.takeFile(ctx, branch, f); err != nil {
			return nil, err
		}
		out.Have = append(out.Have, f.SHA)
	}
	return record.Encode(out)
}

func (s *Server) takeFile(ctx context.Context, branch string, f sync.Attachment) (err error) {
	if !blobName.MatchString(f.SHA) || len(f.Data) > MaxBlob {
		return record.Refuse("BLOB_REFUSED", "附件包里有一个附件不对，没有收。请在那台电脑上重新导出。")
	}
	if err := s.roomFor(ctx, branch, f.SHA, int64(len(f.Data))); err != nil {
		return err
	}
	part := filepath.Join(s.blobs.uploads, "stick-"+s.names.id(16))
	defer func() { err = errors.Join(err, remove(part)) }()
	if err := os.WriteFile(part, f.Data, 0o600); err != nil {
		return record.Wrap(err, "STORE_UNUSABLE", "附件没有存下来，区里的附件目录不能写。请检查剩余空间；同一个文件可以再读一次。")
	}
	return s.keepBlob(ctx, branch, f.SHA, part)
}
