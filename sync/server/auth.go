package server

import (
	"errors"
	"net/http"
	stdsync "sync"
	"time"

	"zhibu/storage/record"
	"zhibu/sync"
)

var (
	errProof = record.Refuse("PROOF_INVALID", "区里不认这台电脑的签名，没有收下任何内容；本机内容都在。请向区里要新的加入码。")
	errClock = record.Refuse("CLOCK_OFF", "这台电脑的时间和区里差得太多。会按区里的时间再试一次，请把时间调准；本机内容没有变。")
	errBusy  = record.Refuse("DISTRICT_BUSY", "区里的服务器正忙。稍后会自动再试；本机内容没有变。")
)

// identify finds the device that a request says it comes from, before a byte of
// its body is kept: who names none of ours takes no room.
func (s *Server) identify(r *http.Request) (sync.Proof, Device, error) {
	proof, err := sync.ReadProof(r.Header.Get("Authorization"))
	if err != nil {
		return proof, Device{}, errProof
	}
	var d Device
	err = s.ledger.view(r.Context(), branchOf(proof.Device), func(tx branchTx) error {
		var ok bool
		d, ok, err = tx.device(proof.Device)
		if err == nil && !ok {
			err = errUnknownDevice
		}
		return err
	})
	if errors.Is(err, errNoBranch) {
		err = errUnknownDevice
	}
	return proof, d, err
}

// verify checks that a request was signed by the device it names, just now and
// once. Nothing of the body is looked at before.
func (s *Server) verify(proof sync.Proof, c *call) error {
	d := c.device
	if !proof.Verify(d.Key, c.Method, c.URL.Path, c.body) {
		return errProof
	}
	if d.Revoked != 0 {
		return errRevoked
	}
	now := s.opt.Now()
	if off := now.Sub(proof.At); off > sync.ProofWindow || off < -sync.ProofWindow {
		return errClock
	}
	if !s.nonces.fresh(proof.Device+" "+proof.Nonce, now) {
		return errProof
	}
	if !s.rates.allow(d.ID, now, s.opt.PerMinute, time.Minute) {
		return errBusy
	}
	return nil
}

// nonces remembers what was signed within the window, so that a recorded request
// does nothing a second time. Two generations bound it without a sweeper.
type nonces struct {
	mu       stdsync.Mutex
	since    time.Time
	now, old map[string]struct{}
}

// maxNonces bounds a generation: at the bound the older one is dropped early.
const maxNonces = 200_000

func newNonces() *nonces { return &nonces{now: map[string]struct{}{}} }

func (n *nonces) fresh(nonce string, at time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if at.Sub(n.since) > 2*sync.ProofWindow || len(n.now) >= maxNonces {
		n.old, n.now, n.since = n.now, map[string]struct{}{}, at
	}
	if _, seen := n.now[nonce]; seen {
		return false
	}
	if _, seen := n.old[nonce]; seen {
		return false
	}
	n.now[nonce] = struct{}{}
	return true
}

// rates counts events by key in windows. Devices and strangers have each their own:
// however many addresses somebody has, no device is refused for them.
type rates struct {
	mu  stdsync.Mutex
	got map[string]window
}

type window struct {
	until time.Time
	n     int
}

// maxRates bounds the table; when it is full, windows that have ended go.
const maxRates = 100_000

func newRates() *rates { return &rates{got: map[string]window{}} }

func (r *rates) allow(key string, now time.Time, most int, per time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.got) >= maxRates {
		for k, w := range r.got {
			if now.After(w.until) {
				delete(r.got, k)
			}
		}
		if len(r.got) >= maxRates {
			return false
		}
	}
	w := r.got[key]
	if now.After(w.until) {
		w = window{until: now.Add(per)}
	}
	w.n++
	r.got[key] = w
	return w.n <= most
}
