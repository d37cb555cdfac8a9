package sync

import (
	"bytes"
	"fmt"

	"zhibu/storage/record"
)

// The kinds of file on a stick: what a laptop asks, what it is answered, and
// attachments, either way.
const (
	StickAsk    = "ask"
	StickAnswer = "answer"
	StickFiles  = "files"
)

// Files is what a file of attachments holds. A laptop sends some; the district
// names those it has now, or sends those that were asked for.
type Files struct {
	Have  []string     `cbor:"1,keyasint,omitempty"`
	Files []Attachment `cbor:"2,keyasint,omitempty"`
}

// Attachment is one file by the SHA-256 of its bytes (64 hexadecimal digits).
type Attachment struct {
	SHA  string `cbor:"1,keyasint"`
	Data []byte `cbor:"2,keyasint"`
}

// FilesBytes is how many bytes of attachments go into one file of a stick, so that
// neither side ever holds much of them in memory. A larger one goes alone.
const FilesBytes = 8 << 20

// Batches cuts attachments of the given sizes, in their order, into runs that fit
// one file each. It returns where each run ends.
func Batches(sizes []int64) (ends []int) {
	var sum int64
	for i, size := range sizes {
		if sum += size; i > 0 && sum > FilesBytes {
			ends, sum = append(ends, i), size
		}
	}
	if len(sizes) > 0 {
		ends = append(ends, len(sizes))
	}
	return ends
}

// AskSealed packs, for a stick, what one request would push: at most one batch
// of the ops after the number after; last is the newest of them. The answer is
// taken with AcceptSealed, whenever it comes.
func AskSealed(j Journal, after uint64) (req Request, first, last uint64, err error) {
	pos := j.Position()
	after = max(after, pos.Acked)
	ops, err := j.Pending(after, BatchOps)
	if err != nil {
		return Request{}, 0, 0, fmt.Errorf("pending ops: %w", err)
	}
	req = question(j, pos)
	req.Sealed = true
	if req.Ops, ops, err = Pack(ops); len(ops) == 0 {
		return req, after + 1, after, err
	}
	return req, ops[0].N, ops[len(ops)-1].N, err
}

// AcceptSealed stores an answer that came on a stick: late, twice or out of
// order, it never takes anything back.
func AcceptSealed(j Journal, resp Response) (Outcome, error) {
	pos := j.Position()
	switch {
	case resp.Next.Fork:
		return Outcome{}, record.Refuse("DEVICE_FORKED", "另一台电脑在用本机的身份（可能拷贝过数据）。请联网同步一次，或向区里要新的加入码；本机内容都在。")
	case resp.Next.Reset, pos.Epoch != "" && resp.Epoch != pos.Epoch:
		return Outcome{}, record.Refuse("ANSWER_OUTDATED", "区里的数据恢复过，这份答复作废，没有采用。请把这台电脑联网同步一次，会自动对账。")
	}
	if err := checkHead(j, resp); err != nil {
		return Outcome{}, err
	}
	x := exchange{journal: j}
	if resp.Next.Snapshot != "" {
		if err := x.whole(pos, resp); err != nil {
			return x.outcome, err
		}
		pos = j.Position()
	}
	if err := x.accept(pos, Asked{From: 1, To: pos.N, Late: true}, resp); err != nil {
		return Outcome{}, err
	}
	if resp.Next.Upgrade {
		return x.outcome, upgradeRequired()
	}
	return x.outcome, nil
}

// whole takes the snapshot of a sealed answer, unless this laptop is further on by
// now.
func (x *exchange) whole(pos record.Position, resp Response) error {
	snap, err := ReadSnapshot(bytes.NewReader(resp.Whole), resp.Next.Snapshot)
	if err != nil || snap.Seq <= pos.Cursors[BranchChannel(pos.Branch)] {
		return err
	}
	return x.takeSnapshot(snap)
}

// checkHead refuses answers to ops that this laptop made under another identity,
// or before its data folder was put back to an earlier copy: their numbers belong
// to other ops now.
func checkHead(j Journal, resp Response) error {
	if len(resp.Results) == 0 {
		return nil
	}
	last := resp.Results[len(resp.Results)-1].N
	ops, err := j.Pending(last-1, 1)
	if err != nil {
		return fmt.Errorf("pending ops: %w", err)
	}
	if len(ops) > 0 && ops[0].N == last {
		hash, err := ops[0].Hash()
		if err != nil || bytes.Equal(hash, resp.Head) {
			return err
		}
	}
	return record.Refuse("ANSWER_OF_ANOTHER", "这份答复说的是本机换身份或恢复以前的改动，没有采用。请重新导出再报。")
}
