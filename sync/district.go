package sync

import (
	"context"
	"io"

	"zhibu/storage/record"
)

// District is the contract between a laptop and its district. The HTTP client
// implements it by asking, the server by answering, so that tests of an
// exchange hold for both. A value speaks for one device.
type District interface {
	// Sync takes the pushed ops and answers with their results and the rows
	// after the cursors, from one transaction of the branch.
	Sync(ctx context.Context, req Request) (Response, error)
	// Repair compares what the laptop holds with the district and takes over
	// what the district lost (sync.md §6).
	Repair(ctx context.Context, r Repair) (Repaired, error)
	// Snapshot opens the named snapshot from a byte offset on. It is made of
	// bytes that SnapshotReader reads; the name holds their hash.
	Snapshot(ctx context.Context, name string, from int64) (io.ReadCloser, error)
}

// Renewer is a District that can give this laptop a new identity, when another
// laptop turns out to use the same one. From then on it speaks as the new one.
type Renewer interface {
	Renew(ctx context.Context) (record.Enrolment, error)
}

// Traffic is what went over the wire, headers and encryption included.
type Traffic struct {
	Requests int
	Up, Down int64
}

// Meter is a District that counts its traffic since it was made.
type Meter interface{ Traffic() Traffic }
