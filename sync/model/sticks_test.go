package model

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"zhibu/storage/record"
	"zhibu/sync"
)

// stickOut writes everything pending into files of few ops each.
func (w *world) stickOut(s *seatAt) {
	most := pick(w, "batch", []int{1, 2, 5})
	for after := uint64(0); ; {
		req, first, _, err := sync.AskSealed(s.Replica, after)
		if record.CodeOf(err) == "DEVICE_FORKED" {
			return // needs a new identity, by net
		}
		w.must(err, "stick")
		if len(req.Ops) == 0 && after > 0 {
			return
		}
		req.Ops = req.Ops[:min(most, len(req.Ops))]
		after = first + uint64(len(req.Ops)) - 1
		w.tell("%s writes stick %d: ops %d to %d", s.name, len(s.sticks), first, after)
		if s.sticks = append(s.sticks, stick{s.Position().Device, req}); len(req.Ops) == 0 {
			return
		}
	}
}

// stickIn reads a stick of the laptop at the district, again or for the first time.
func (w *world) stickIn(s *seatAt, in stick) {
	resp, err := w.server.For(in.device).Sync(context.Background(), in.ask)
	if record.CodeOf(err) == "DEVICE_UNKNOWN" {
		return // of an identity that a district put back has never heard of
	}
	w.must(err, "stick in")
	w.tell("a stick of %s is read: %v %+v, reply %d", s.name, resp.Results, resp.Next, len(s.replies))
	s.replies = append(s.replies, reply{in.device, resp})
}

// takeReply reads a reply, unless it is sealed for an identity the laptop no
// longer has: then it cannot be opened. It returns the code of a refusal.
func (w *world) takeReply(s *seatAt, r reply) string {
	if r.device != s.Position().Device {
		return ""
	}
	_, err := sync.AcceptSealed(s.Replica, r.answer)
	w.tell("%s takes a reply: %v; acked %d", s.name, err, s.Position().Acked)
	switch record.CodeOf(err) {
	case "", "DEVICE_FORKED", "DISTRICT_RESTORED", "ANSWER_OUTDATED", "ANSWER_OF_ANOTHER", "NOT_A_MESSAGE":
		w.watchCursor(s)
	default:
		w.fail("reply: %v", err)
	}
	return record.CodeOf(err)
}

// journey takes everything pending to the district and returns the replies.
func (w *world) journey(s *seatAt) []reply {
	sticks, replies := len(s.sticks), len(s.replies)
	w.stickOut(s)
	for _, in := range s.sticks[sticks:] {
		w.stickIn(s, in)
	}
	return s.replies[replies:]
}

// relief is a district put back that only sticks repair. What the laptop has read
// of what was lost, before its stick was written or after, nobody else holds.
func (w *world) relief(s *seatAt, rec string) {
	other, late := w.colleague(s), rapid.Bool().Draw(w.t, "reply is late")
	w.backupServer()
	w.keep(other)
	w.writes(other, rec)
	before := w.journey(s)
	w.restoreServer(len(w.backups) - 1)
	codes := ""
	take := func(replies []reply) {
		for _, r := range replies {
			codes += w.takeReply(s, r) + " "
		}
	}
	if !late {
		take(before)
	}
	w.edit(s, rec, pick(w, "path", w.paths))
	take(w.journey(s))
	repair := w.journey(s)
	if late {
		take(before)
	}
	w.restoreLaptop(other)
	take(repair)
	for range 3 { // a late reply makes the repair itself too old
		take(w.journey(s))
	}
	_, _, _, err := sync.AskSealed(s.Replica, 0)
	if len(s.replies) == 0 || strings.Contains(codes, "DEVICE_FORKED") || record.CodeOf(err) == "DEVICE_FORKED" {
		return // needs a new identity, by net
	}
	if now := s.replies[len(s.replies)-1].answer.Epoch; s.Position().Epoch != now {
		w.fail("I7: %s still follows %s, the district is at %s: %s", s.name, s.Position().Epoch, now, codes)
	}
}

// packet hands in several sticks and brings back the reply to the last only, so
// that what is answered lies behind what is not.
func (w *world) packet(s *seatAt, rec string) {
	w.edit(s, rec, pick(w, "path", w.paths))
	w.edit(s, rec, pick(w, "path", w.paths))
	if replies := w.journey(s); len(replies) > 0 {
		w.takeReply(s, replies[len(replies)-1])
	}
}

// lapse is a packet of which the district, put back, knows nothing any more, while
// the laptop has the answers to its later ops, and none to the first.
func (w *world) lapse(s *seatAt, rec string) {
	w.backupServer()
	w.edit(s, rec, "approval")
	w.packet(s, rec)
	w.restoreServer(len(w.backups) - 1)
	w.must(w.exchange(s, fault{}), "sync")
}

// errand is a laptop put back while its stick was away: the reply follows rows it
// no longer has, or speaks of an op whose number another op has now.
func (w *world) errand(s *seatAt, rec string) {
	other, mine := w.colleague(s), rapid.Bool().Draw(w.t, "own op on the stick")
	w.keep(s)
	w.writes(other, rec)
	w.must(w.exchange(s, fault{}), "sync")
	if mine {
		w.keep(s)
		w.edit(s, rec, pick(w, "path", w.paths))
	}
	w.stickOut(s)
	w.writes(other, rec)
	replies := len(s.replies)
	w.stickIn(s, s.sticks[len(s.sticks)-1])
	w.restoreLaptop(s)
	if mine {
		w.edit(s, rec, pick(w, "path", w.paths))
	}
	if len(s.replies) > replies {
		w.takeReply(s, s.replies[replies])
	}
}

// writes lets a laptop save something, and exchange.
func (w *world) writes(s *seatAt, rec string) {
	w.edit(s, rec, pick(w, "path", w.paths))
	w.must(w.exchange(s, fault{}), "sync")
}

// relapse puts the district, and who lost a dispute, back to before it; the winner
// then meets another value at the same place, and wins again.
func (w *world) relapse(s *seatAt, rec string) {
	other, path := w.colleague(s), pick(w, "path", w.paths)
	w.backupServer()
	w.keep(other)
	for _, at := range []*seatAt{other, s} {
		w.edit(at, rec, path)
		w.must(w.exchange(at, fault{}), "sync")
	}
	w.restoreServer(len(w.backups) - 1)
	w.restoreLaptop(other)
	other.skew = -2 * time.Hour
	w.edit(other, rec, path)
	w.must(w.exchange(other, fault{}), "sync")
}

// amnesia puts a laptop back to before a refusal that the district, put back too,
// knows from the laptop only. It must hear of it again.
func (w *world) amnesia(s *seatAt, rec string) {
	w.backupServer()
	w.edit(s, rec, "approval")
	w.keep(s)
	w.must(w.exchange(s, fault{}), "sync")
	w.restoreServer(len(w.backups) - 1)
	w.must(w.exchange(s, fault{}), "sync")
	w.restoreLaptop(s)
	replies := len(s.replies)
	w.stickOut(s)
	w.stickIn(s, s.sticks[len(s.sticks)-1])
	if len(s.replies) > replies {
		w.takeReply(s, s.replies[replies])
	}
}

// faint is a laptop cut off when it has taken what a district put back holds, before
// it has offered its own ops again; meanwhile others write more than one answer holds.
func (w *world) faint(s *seatAt, rec string) {
	other := w.colleague(s)
	w.backupServer()
	w.writes(s, rec)
	w.restoreServer(len(w.backups) - 1)
	if err := w.exchange(s, fault{kind: "ops lost"}); !errors.Is(err, errCut) {
		w.must(err, "faint")
	}
	for range w.page + 1 {
		w.writes(other, rec)
	}
	w.must(w.exchange(s, fault{}), "sync")
}

// colleague returns another laptop of the branch.
func (w *world) colleague(of *seatAt) *seatAt {
	return w.laptops[slices.IndexFunc(w.laptops, func(s *seatAt) bool { return s != of && s.branch == of.branch })]
}
