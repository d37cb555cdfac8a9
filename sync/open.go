package sync

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Open turns an answer into what a journal takes, the branch's own log first.
// It trusts nothing: numbers that were not asked for, rows out of order and
// stamps beyond all sense are refused whole, so that nothing of a wrong or
// hostile answer is ever stored.
func Open(pos record.Position, sent []record.Change, resp Response) ([]record.Delivery, error) {
	if err := checkResults(pos, sent, resp); err != nil {
		return nil, notMessage(err)
	}
	own := BranchChannel(pos.Branch)
	base := record.Delivery{Epoch: resp.Epoch, Lease: resp.Lease, Now: time.UnixMilli(resp.Now)}
	first := base
	first.Channel, first.AckedTo, first.Results = own, resp.AckedTo, resp.Results
	out := []record.Delivery{first}
	for _, name := range channelNames(resp.Channels) {
		ch := resp.Channels[name]
		if !ours(name, own) {
			return nil, notMessage(fmt.Errorf("channel %q was not asked for", name))
		}
		rows, err := checkRows(pos.Cursors[name], ch)
		if err != nil {
			return nil, notMessage(fmt.Errorf("channel %s: %w", name, err))
		}
		d := base
		if name == own {
			d = out[0]
		}
		d.Channel, d.Rows = name, rows
		d.Cursors = map[string]uint64{name: max(ch.Seq, pos.Cursors[name])}
		if name == own {
			out[0] = d
		} else {
			out = append(out, d)
		}
	}
	return out, nil
}

func channelNames(channels map[string]Channel) []string {
	var names []string
	for name := range channels {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func ours(name, own string) bool {
	return name == own || name == DistrictChannel || name == CodesChannel || strings.HasPrefix(name, "street:")
}

func checkResults(pos record.Position, sent []record.Change, resp Response) error {
	if resp.Epoch == "" {
		return fmt.Errorf("no epoch")
	}
	if resp.AckedTo > pos.N {
		return fmt.Errorf("op %d answered, the newest is %d", resp.AckedTo, pos.N)
	}
	for i, r := range resp.Results {
		if i >= len(sent) || r.N != sent[i].N {
			return fmt.Errorf("result %d is of op %d, which is not its place", i, r.N)
		}
		if r.Verdict == record.Rejected && r.Say == "" {
			return fmt.Errorf("op %d refused without a reason", r.N)
		}
	}
	return nil
}

func checkRows(after uint64, ch Channel) ([]record.Stamped, error) {
	rows := make([]record.Stamped, 0, len(ch.Rows))
	for _, row := range ch.Rows {
		if row.Seq <= after || row.Seq > ch.Seq {
			return nil, fmt.Errorf("row %d after %d, up to %d", row.Seq, after, ch.Seq)
		}
		after = row.Seq
		op, err := row.Stamped()
		if err != nil {
			return nil, err
		}
		if op.Change.Record == "" || op.Change.Kind == "" || op.Change.ID == "" {
			return nil, fmt.Errorf("row %d names no record", row.Seq)
		}
		rows = append(rows, op)
	}
	return rows, nil
}
