package server_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"zhibu/storage/record"
	"zhibu/sync"
)

// Keys and kinds of a later program pass through the district byte for byte, on
// either ledger; an older or newer laptop may always push, only pulling may ask
// for another version.
func otherVersions(t *testing.T, w world) {
	b := w.branch("一支部")
	l, other := w.laptop(b, "secretary"), w.laptop(b, "secretary")
	device := l.Position().Device
	body, err := record.Encode(map[int]any{1: device, 2: 1, 4: "registerOfTomorrow", 5: "r1", 6: 9, 7: 3, 8: map[string]string{"field": "值"}, 14: "op2", 99: "新"})
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	resp, err := w.For(device).Sync(ctx, sync.Request{Proto: [2]int{7, 9}, N: 1, Ops: []cbor.RawMessage{body}})
	if err != nil || len(resp.Results) != 1 || resp.Results[0].Verdict != record.Applied || !resp.Next.Upgrade {
		t.Fatalf("push of another version: %+v, %v", resp, err)
	}
	resp, err = w.For(other.Position().Device).Sync(ctx, sync.Request{Proto: [2]int{1, 1}})
	if err != nil {
		t.Fatal(err)
	}
	rows := resp.Channels[sync.BranchChannel(b.ID)].Rows
	if len(rows) != 1 || !bytes.Equal(rows[0].Body, body) {
		t.Errorf("the op came out as %x, went in as %x", rows[0].Body, body)
	}
	other.sync()
	if other.value("r1", "field") != "值" {
		t.Error("a kind of tomorrow is not kept")
	}
}

// An op whose number is next but whose chain is another's shows a copied laptop.
func brokenChainForks(t *testing.T, w world) {
	l := w.laptop(w.branch("一支部"), "secretary")
	l.edit("member", "m1", "name", "甲")
	l.sync()
	pos := l.Position()
	c := record.Change{Device: pos.Device, N: pos.N + 1, Prev: []byte("another"), Kind: "member", Record: "m1", ID: "x", Set: map[string]string{"name": "乙"}}
	body, err := c.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	resp, err := w.For(pos.Device).Sync(context.Background(), sync.Request{N: pos.N + 1, Acked: pos.Acked, Ops: []cbor.RawMessage{body}})
	if err != nil || !resp.Next.Fork || len(resp.Results) != 0 {
		t.Errorf("%+v, %v", resp, err)
	}
}
