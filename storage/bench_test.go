package storage_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"zhibu/storage"
	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

// memberValues is an invented member with 18 fields, about 600 bytes as JSON.
func memberValues(i int) record.Values {
	return record.Values{
		"name": fmt.Sprintf("王小明%d", i), "gender": "男", "ethnicity": "汉族", "birth": "1980-03-15",
		"id_no": fmt.Sprintf("310115198003%06d", i), "mobile": fmt.Sprintf("138%08d", i), "joined": "2005-07-01",
		"converted": "2006-07-01", "category": "正式党员", "group": "第一党小组", "education": "大学本科",
		"address": fmt.Sprintf("浦东新区张江路 %d 号 3 幢 %d 室", i%900, i%40), "work": "张江镇社区工作服务中心",
		"post": "组织委员", "native_place": "上海浦东", "degree": "学士", "remark": "无", "status": "正常",
	}
}

// BenchmarkSave compares one durable save (sealed, journaled, with history) with a
// raw put of the same values as JSON, turn by turn in one run. The metric "ratio"
// is of the medians, "quiet-ratio" of the fastest tenths: on a machine that others
// use too, those are the turns that nobody disturbed.
func BenchmarkSave(b *testing.B) {
	s := storetest.Open(b)
	db, err := bolt.Open(filepath.Join(b.TempDir(), "raw.db"), 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	var raw, store []time.Duration
	for b.Loop() {
		i := len(raw)
		start := time.Now()
		if err := db.Update(func(tx *bolt.Tx) error { return rawPut(tx, i) }); err != nil {
			b.Fatal(err)
		}
		raw = append(raw, time.Since(start))
		start = time.Now()
		if _, err := s.Apply(record.Edit{Kind: "member", Set: memberValues(i)}); err != nil {
			b.Fatal(err)
		}
		store = append(store, time.Since(start))
	}
	slices.Sort(raw)
	slices.Sort(store)
	r, t := raw[len(raw)/2], store[len(store)/2]
	b.ReportMetric(float64(r.Microseconds()), "raw-µs")
	b.ReportMetric(float64(t.Microseconds()), "store-µs")
	b.ReportMetric(float64(t)/float64(r), "ratio")
	b.ReportMetric(float64(store[len(store)/10])/float64(raw[len(raw)/10]), "quiet-ratio")
}

func rawPut(tx *bolt.Tx, i int) error {
	bucket, err := tx.CreateBucketIfNotExists([]byte("rec"))
	if err != nil {
		return err
	}
	data, err := json.Marshal(memberValues(i))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(fmt.Append(nil, i)) // random keys, as ours are
	return bucket.Put(sum[:16], data)
}

// fill saves n members and twice as many meetings with 20 attendance rows each.
func fill(b testing.TB, s *storage.Store, n int) {
	b.Helper()
	var edits []record.Edit
	for i := range n {
		edits = append(edits, record.Edit{Kind: "member", Set: memberValues(i), Batch: "fill"})
	}
	members, err := s.Apply(edits...)
	if err != nil {
		b.Fatal(err)
	}
	edits = nil
	for i := range 2 * n {
		v := record.Values{"kind": "支部党员大会", "title": fmt.Sprintf("第 %d 次会议", i), "start": "2026-03-01 14:00", "place": "二楼会议室",
			"minutes": "一、学习传达上级文件精神。二、讨论本季度工作安排。三、表决通过有关事项。"}
		for j := range 20 {
			v[record.Path("attendance", members[(i+j)%n].ID, "state")] = "到会"
		}
		edits = append(edits, record.Edit{Kind: "meeting", Set: v, Batch: "fill"})
	}
	if _, err := s.Apply(edits...); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkOpen opens a store of 10,000 members and 20,000 meetings.
func BenchmarkOpen(b *testing.B) {
	s := storetest.Open(b)
	fill(b, s, 10_000)
	dir := closed(b, s)
	b.ResetTimer()
	for b.Loop() {
		openAndList(b, dir, 10_000)
	}
}

func openAndList(b *testing.B, dir string, want int) {
	b.Helper()
	s, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
	if err != nil {
		b.Fatal(err)
	}
	if got := len(s.All("member")); got != want {
		b.Fatalf("%d members", got)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkList compares opening and listing 10,000 members with what a program
// on plain bbolt does: open, iterate, decode JSON. "iterate-ms" is the bare
// iteration without decoding anything.
func BenchmarkList(b *testing.B) {
	const n = 10_000
	s := storetest.Open(b)
	members(b, s, n)
	if err := s.Compact(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	dir, plain := closed(b, s), plainFile(b, n)
	var store, decode, iterate []time.Duration
	for b.Loop() {
		store = append(store, timed(func() { openAndList(b, dir, n) }))
		decode = append(decode, timed(func() { iteratePlain(b, plain, true) }))
		iterate = append(iterate, timed(func() { iteratePlain(b, plain, false) }))
	}
	b.ReportMetric(ms(store), "store-ms")
	b.ReportMetric(ms(decode), "plain-ms")
	b.ReportMetric(ms(iterate), "iterate-ms")
	b.ReportMetric(ms(store)/ms(decode), "ratio")
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// ms is the median in milliseconds.
func ms(list []time.Duration) float64 {
	slices.Sort(list)
	return float64(list[len(list)/2].Microseconds()) / 1000
}

func plainFile(b *testing.B, n int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "plain.db")
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for i := range n {
			if err := rawPut(tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func iteratePlain(b *testing.B, path string, decode bool) {
	b.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	var all []map[string]string
	bytes := 0
	err = db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("rec")).ForEach(func(_, v []byte) error {
			if bytes += len(v); !decode {
				return nil
			}
			var one map[string]string
			err := json.Unmarshal(v, &one)
			all = append(all, one)
			return err
		})
	})
	if err != nil || bytes == 0 {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

func members(b testing.TB, s *storage.Store, n int) {
	b.Helper()
	for first := 0; first < n; first += 10_000 {
		var edits []record.Edit
		for i := range min(10_000, n-first) {
			edits = append(edits, record.Edit{Kind: "member", Set: memberValues(first + i), Batch: "fill"})
		}
		if _, err := s.Apply(edits...); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSize reports the compacted file, history and all, against the plain
// JSON of what its records hold now: for 10,000 members, and for a branch of
// 2,000 members and 4,000 meetings.
func BenchmarkSize(b *testing.B) {
	for name, put := range map[string]func(s *storage.Store){
		"members": func(s *storage.Store) { members(b, s, 10_000) },
		"branch":  func(s *storage.Store) { fill(b, s, 2_000) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s := storetest.Open(b)
				put(s)
				if err := s.Compact(b.Context(), nil); err != nil {
					b.Fatal(err)
				}
				rep, err := s.Check(b.Context(), nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(rep.Bytes)/float64(plainSize(b, s)), "ratio")
				b.ReportMetric(float64(rep.Bytes)/1e6, "MB")
			}
		})
	}
}

func plainSize(b *testing.B, s *storage.Store) int {
	b.Helper()
	size := 0
	for _, kind := range s.Kinds() {
		for _, r := range s.All(kind) {
			data, err := json.Marshal(map[string]any{"id": r.ID, "kind": r.Kind, "values": r.Values})
			if err != nil {
				b.Fatal(err)
			}
			size += len(data)
		}
	}
	return size
}

// BenchmarkLoad reports the memory that 100,000 members take once loaded.
func BenchmarkLoad(b *testing.B) {
	const n = 100_000
	s := storetest.Open(b)
	members(b, s, n)
	dir := closed(b, s)
	for b.Loop() {
		before := heap()
		next, err := storage.Open(dir, storetest.Passphrase, storetest.Options(nil))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(heap()-before)/1e6, "heap-MB")
		if err := next.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkBackup makes hot, verified backups of a file of about 100 MB.
func BenchmarkBackup(b *testing.B) {
	s := storetest.Open(b, withChild(b))
	members(b, s, 40_000)
	b.ResetTimer()
	for b.Loop() {
		b.SetBytes(backup(b, s).Size)
	}
}
