// Package bench compares a durable save with one of SQLite, in a module of its
// own so that the program does not depend on SQLite. Run: cd storage/.bench &&
// go test -bench .
package bench

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"zhibu/storage/record"
	"zhibu/storage/storetest"
)

func values(i int) record.Values {
	return record.Values{
		"name": fmt.Sprintf("王小明%d", i), "gender": "男", "ethnicity": "汉族", "birth": "1980-03-15",
		"id_no": fmt.Sprintf("310115198003%06d", i), "mobile": fmt.Sprintf("138%08d", i), "joined": "2005-07-01",
		"converted": "2006-07-01", "category": "正式党员", "group": "第一党小组", "education": "大学本科",
		"address": fmt.Sprintf("浦东新区张江路 %d 号 3 幢 %d 室", i%900, i%40), "work": "张江镇社区工作服务中心",
		"post": "组织委员", "native_place": "上海浦东", "degree": "学士", "remark": "无", "status": "正常",
	}
}

// BenchmarkSave saves one record durably in the store (sealed, journaled, with
// history) and in SQLite (WAL, synchronous=FULL; record and history row in one
// transaction, plain text), turn by turn. The metrics are medians.
func BenchmarkSave(b *testing.B) {
	s := storetest.Open(b)
	db, err := sql.Open("sqlite3", filepath.Join(b.TempDir(), "lite.db")+"?_journal_mode=WAL&_synchronous=FULL")
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	}()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE rec (id TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID; CREATE TABLE log (n INTEGER PRIMARY KEY, id TEXT, body BLOB)`); err != nil {
		b.Fatal(err)
	}
	var store, lite []time.Duration
	for b.Loop() {
		i := len(store)
		start := time.Now()
		if _, err := s.Apply(record.Edit{Kind: "member", Set: values(i)}); err != nil {
			b.Fatal(err)
		}
		store = append(store, time.Since(start))
		start = time.Now()
		if err := put(db, i); err != nil {
			b.Fatal(err)
		}
		lite = append(lite, time.Since(start))
	}
	slices.Sort(store)
	slices.Sort(lite)
	a, c := store[len(store)/2], lite[len(lite)/2]
	b.ReportMetric(float64(a.Microseconds()), "store-µs")
	b.ReportMetric(float64(c.Microseconds()), "sqlite-µs")
	b.ReportMetric(float64(a)/float64(c), "ratio")
}

func put(db *sql.DB, i int) error {
	body, err := json.Marshal(values(i))
	if err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	id := fmt.Sprintf("%x", (uint64(i)+1)*0x9e3779b97f4a7c15)
	if _, err := tx.Exec(`INSERT INTO rec VALUES (?, ?)`, id, body); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO log (id, body) VALUES (?, ?)`, id, body); err != nil {
		return err
	}
	return tx.Commit()
}
