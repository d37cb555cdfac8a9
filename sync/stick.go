package sync

import (
	"fmt"

	"zhibu/storage/record"
)

// AskSealed packs, for a stick, what one request would push: at most one batch
// of the ops after the number after. The answer is taken with AcceptSealed,
// whenever it comes.
func AskSealed(j Journal, after uint64) (Request, error) {
	pos := j.Position()
	ops, err := j.Pending(max(after, pos.Acked), BatchOps)
	if err != nil {
		return Request{}, fmt.Errorf("pending ops: %w", err)
	}
	req := Request{Proto: [2]int{Proto, Proto}, Epoch: pos.Epoch, Cursors: pos.Cursors, N: pos.N, Head: pos.Head, Acked: pos.Acked, Sealed: true}
	req.Ops, _, err = Pack(ops)
	return req, err
}

// AcceptSealed stores an answer that came on a stick: late, twice or out of
// order, it never takes anything back.
func AcceptSealed(j Journal, resp Response) (Outcome, error) {
	pos := j.Position()
	switch {
	case resp.Device != pos.Device:
		return Outcome{}, record.Refuse("ANSWER_OF_ANOTHER", "这份答复不是给这台电脑现在的身份的，没有采用。请重新导出再报。")
	case resp.Next.Fork:
		return Outcome{}, record.Refuse("DEVICE_FORKED", "另一台电脑在用本机的身份（可能拷贝过数据）。本机内容都在，请联网同步一次，或向区里要新的加入码。")
	case resp.Next.Reset, pos.Epoch != "" && resp.Epoch != pos.Epoch:
		return Outcome{}, record.Refuse("ANSWER_OUTDATED", "区里的数据恢复过，这份答复作废，没有采用。请联网同步一次，或重新导出再报。")
	}
	x := exchange{journal: j}
	if err := x.accept(pos, Asked{From: 1, To: pos.N, Late: true}, resp); err != nil {
		return Outcome{}, err
	}
	return x.outcome, nil
}
