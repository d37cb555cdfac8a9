package sync

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

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
	from := pos.Acked
	if pos.Again > 0 {
		from = min(from, pos.Again-1)
	}
	after = max(after, from)
	ops, err := j.Pending(after, BatchOps)
	if err != nil {
		return Request{}, 0, 0, fmt.Errorf("pending ops: %w", err)
	}
	req = question(j, pos)
	req.Sealed = true
	if k, ok := j.(Keeper); ok && pos.Again > 0 {
		if after < pos.Acked && (len(ops) == 0 || ops[0].N != after+1) {
			return req, 0, 0, record.Refuse("DEVICE_FORKED", "区里的数据恢复到了很久以前，本机要换新身份才能接着报，U 盘办不到。请把这台电脑联网同步一次；本机内容都在。")
		}
		if req.Repair, err = repairSealed(k, pos); err != nil {
			return req, 0, 0, err
		}
	}
	if ops, err = req.carry(ops, pos); len(ops) == 0 {
		return req, after + 1, after, err
	}
	return req, ops[0].N, ops[len(ops)-1].N, err
}

// maxRepair bounds the paths and values that go onto one stick.
const maxRepair = 24 << 20

// repairSealed packs everything a laptop holds: no question can be asked back.
func repairSealed(k Keeper, pos record.Position) (*Repair, error) {
	r, size := &Repair{Epoch: pos.Epoch, Cursor: pos.Cursors[BranchChannel(pos.Branch)]}, 0
	err := eachHolding(k, func(h record.Holding) error {
		if size += sizeOf(h); size > maxRepair {
			return record.Refuse("REPAIR_LARGE", "区里的数据恢复过，要和本机重新对账，但本机内容太多，U 盘带不下。请把这台电脑联网同步一次；本机内容都在。")
		}
		r.Holdings = append(r.Holdings, PackHolding(h))
		return nil
	})
	return r, err
}

// carried is what a stick brings of a laptop's holdings, in rising order of id.
type carried []record.Holding

// Holdings gives a page of them, as Keeper does.
func (c carried) Holdings(after string, most int) ([]record.Holding, error) {
	i, found := slices.BinarySearchFunc(c, after, func(h record.Holding, id string) int { return strings.Compare(h.ID, id) })
	if found {
		i++
	}
	return c[i:min(i+most, len(c))], nil
}

// RepairSealed plays at the station the comparison that the laptop of a stick
// cannot: d takes over what it lost.
func RepairSealed(ctx context.Context, d District, r Repair) error {
	var all carried
	for _, p := range r.Holdings {
		h, err := p.Holding()
		if err != nil {
			return notMessage(err)
		}
		all = append(all, h)
	}
	x := exchange{district: d}
	return x.compare(ctx, all, Repair{Epoch: r.Epoch, Cursor: r.Cursor})
}

// AcceptSealed stores an answer that came on a stick: late, twice or out of
// order, it never takes anything back.
func AcceptSealed(j Journal, resp Response) (Outcome, error) {
	pos := j.Position()
	other := pos.Epoch != "" && resp.Epoch != pos.Epoch
	switch {
	case resp.Next.Fork:
		return Outcome{}, record.Refuse("DEVICE_FORKED", "另一台电脑在用本机的身份（可能拷贝过数据）。请联网同步一次，或向区里要新的加入码；本机内容都在。")
	case other && resp.Next.Missing > 0:
		return Outcome{}, beginAgain(j, pos, resp.Next.Missing)
	case other && resp.Repair != nil && resp.Next.Upgrade:
		return Outcome{}, upgradeRequired()
	case resp.Next.Reset, other && !repairs(resp, pos):
		return Outcome{}, record.Refuse("ANSWER_OUTDATED", "区里恢复过数据，这份答复已经过时，没有采用；本机内容都在。请重新导出，再报一次；仍是这样就联网同步一次。")
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

// beginAgain notes that the district was put back: the next stick repairs it.
func beginAgain(j Journal, pos record.Position, missing uint64) error {
	if err := j.Take(record.Delivery{Channel: BranchChannel(pos.Branch), Epoch: pos.Epoch, Again: missing}); err != nil {
		return fmt.Errorf("note the district's restore: %w", err)
	}
	return record.Refuse("DISTRICT_RESTORED", "区里的数据恢复过，要和本机重新对账，这一份还没有收下。请在这台电脑上重新导出，再报一次：U 盘会把本机的内容都带去，对账自动完成；本机内容都在。")
}

// repairs reports whether an answer of another history brings what this laptop
// holds, all of it: it may have read older answers since its stick was written.
func repairs(resp Response, pos record.Position) bool {
	r := resp.Repair
	return r != nil && resp.Next.Snapshot != "" && r.Epoch == pos.Epoch && r.Cursor == pos.Cursors[BranchChannel(pos.Branch)]
}

// whole takes the snapshot of a sealed answer, unless this laptop is further on by
// now.
func (x *exchange) whole(pos record.Position, resp Response) error {
	snap, err := ReadSnapshot(bytes.NewReader(resp.Whole), resp.Next.Snapshot)
	if err != nil || resp.Epoch == pos.Epoch && snap.Seq <= pos.Cursors[BranchChannel(pos.Branch)] {
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
