package sync

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zhibu/storage/record"
)

// Asked is the range of op numbers an answer may speak of. The answer on a stick
// comes long after the question: any op the laptop made may be in it.
type Asked struct {
	From, To uint64
	Late     bool
}

func askedFor(sent []record.Change) Asked {
	if len(sent) == 0 {
		return Asked{From: 1}
	}
	return Asked{From: sent[0].N, To: sent[len(sent)-1].N}
}

// Open turns an answer into what a journal takes, the branch's own log first.
// It trusts nothing: numbers that were not asked for, rows out of order and
// stamps beyond all sense are refused whole, so that nothing of a wrong or
// hostile answer is ever stored.
func Open(pos record.Position, asked Asked, resp Response) ([]record.Delivery, error) {
	if err := checkResults(pos, asked, resp); err != nil {
		return nil, notMessage(err)
	}
	own := BranchChannel(pos.Branch)
	base := record.Delivery{Epoch: resp.Epoch, Lease: resp.Lease, Now: time.UnixMilli(resp.Now)}
	first := base
	first.Channel, first.AckedTo, first.Results, first.Machines = own, resp.AckedTo, resp.Results, resp.Machines
	first.Again = again(pos, resp)
	out := []record.Delivery{first}
	for _, name := range channelNames(resp.Channels) {
		ch := resp.Channels[name]
		if !ours(name, own) {
			return nil, notMessage(fmt.Errorf("channel %q was not asked for", name))
		}
		rows, err := checkRows(pos.Cursors[name], ch, asked.Late)
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

// again returns the first answered op that the district has still lost after an
// answer, 0 where there is none.
func again(pos record.Position, resp Response) uint64 {
	if missing, held := firstHeld(resp.Results); held && missing <= resp.AckedTo {
		return missing
	}
	if n := len(resp.Results); resp.Repair != nil && n > 0 && resp.Results[n-1].N < pos.Acked {
		return resp.Results[n-1].N + 1
	}
	return 0
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

// maxMachines bounds the laptops of one branch.
const maxMachines = 1000

func checkResults(pos record.Position, asked Asked, resp Response) error {
	if resp.Epoch == "" {
		return fmt.Errorf("no epoch")
	}
	if len(resp.Machines) > maxMachines {
		return fmt.Errorf("%d laptops", len(resp.Machines))
	}
	last, acked := uint64(0), pos.Acked
	for _, r := range resp.Results {
		if r.N < asked.From || r.N > asked.To || r.N <= last {
			return fmt.Errorf("result of op %d after %d, asked for %d to %d", r.N, last, asked.From, asked.To)
		}
		last = r.N
		if r.Verdict == record.Rejected && r.Say == "" {
			return fmt.Errorf("op %d refused without a reason", r.N)
		}
		if r.N == acked+1 && r.Verdict != record.Held {
			acked = r.N
		}
	}
	if resp.AckedTo > acked {
		return fmt.Errorf("op %d called answered, answers reach %d", resp.AckedTo, acked)
	}
	return nil
}

func checkRows(after uint64, ch Channel, late bool) ([]record.Stamped, error) {
	if ch.From > after || ch.From < after && !late {
		return nil, fmt.Errorf("rows follow %d, this laptop is at %d", ch.From, after)
	}
	after = ch.From
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
