package sync

import (
	"testing"

	"zhibu/storage/record"
)

// still is a journal that must not be asked to take anything.
type still struct {
	t   *testing.T
	pos record.Position
}

func (s still) Position() record.Position { return s.pos }

func (s still) Pending(uint64, int) ([]record.Change, error) { return nil, nil }

func (s still) Take(record.Delivery) error {
	s.t.Error("took an answer that is not for it")
	return nil
}

// Answers on sticks come late: to an identity given up since, from a history that
// was restored, from a place this laptop has not reached. None is taken.
func TestLateAnswersAreNotTaken(t *testing.T) {
	at := record.Position{Branch: "b", Device: "b-new", Epoch: "e2", N: 5, Cursors: map[string]uint64{"branch:b": 3}}
	for code, resp := range map[string]Response{
		"ANSWER_OF_ANOTHER": {Proto: 1, Epoch: "e2", Results: []record.Result{{N: 1, Verdict: record.Applied, Seq: 1}}, AckedTo: 1},
		"ANSWER_OUTDATED":   {Proto: 1, Epoch: "e1"},
		"DEVICE_FORKED":     {Proto: 1, Epoch: "e2", Next: Next{Fork: true}},
		"NOT_A_MESSAGE":     {Proto: 1, Epoch: "e2", Channels: map[string]Channel{"branch:b": {From: 9, Seq: 12}}},
	} {
		if _, err := AcceptSealed(still{t, at}, resp); record.CodeOf(err) != code {
			t.Errorf("%+v: %v, want %s", resp, err, code)
		}
	}
}
