package server

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	stdsync "sync"
	"time"
)

// counters are the figures of /metrics, in Prometheus' text format.
type counters struct {
	mu       stdsync.Mutex
	requests map[requestKind]int
	seconds  map[string]float64
	pushed   int
	pulled   int
	gone     Swept // by all sweeps together
}

type requestKind struct{ route, code string }

func newCounters() *counters {
	return &counters{requests: map[requestKind]int{}, seconds: map[string]float64{}}
}

func (c *counters) request(route, code string, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests[requestKind{route, code}]++
	c.seconds[route] += took.Seconds()
}

func (c *counters) exchanged(pushed, pulled int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pushed += pushed
	c.pulled += pulled
}

func (c *counters) swept(s Swept) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone.Refs += s.Refs
	c.gone.Blobs += s.Blobs
	c.gone.Uploads += s.Uploads
	c.gone.Records += s.Records
}

func (c *counters) write(w io.Writer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []byte
	out = append(out, "# TYPE zhibu_requests_total counter\n"...)
	for _, k := range slices.SortedFunc(maps.Keys(c.requests), func(a, b requestKind) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.code, b.code))
	}) {
		out = fmt.Appendf(out, "zhibu_requests_total{route=%q,code=%q} %d\n", k.route, cmp.Or(k.code, "OK"), c.requests[k])
	}
	out = append(out, "# TYPE zhibu_request_seconds_total counter\n"...)
	for _, route := range slices.Sorted(maps.Keys(c.seconds)) {
		out = fmt.Appendf(out, "zhibu_request_seconds_total{route=%q} %g\n", route, c.seconds[route])
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	out = fmt.Appendf(out, "# TYPE zhibu_ops_total counter\nzhibu_ops_total %d\n", c.pushed)
	out = fmt.Appendf(out, "# TYPE zhibu_rows_total counter\nzhibu_rows_total %d\n", c.pulled)
	out = append(out, "# TYPE zhibu_swept_total counter\n"...)
	for _, swept := range []struct {
		what string
		n    int
	}{{"attachment_refs", c.gone.Refs}, {"attachments", c.gone.Blobs}, {"uploads", c.gone.Uploads}, {"records", c.gone.Records}} {
		out = fmt.Appendf(out, "zhibu_swept_total{what=%q} %d\n", swept.what, swept.n)
	}
	out = fmt.Appendf(out, "# TYPE zhibu_heap_bytes gauge\nzhibu_heap_bytes %d\n", mem.HeapInuse)
	_, err := w.Write(out)
	return err
}
