package courier_test

import (
	"context"
	"fmt"
	stdsync "sync"
	"testing"

	"zhibu/storage/record"
	"zhibu/sync"
	"zhibu/sync/courier"
	"zhibu/sync/figures"
	"zhibu/sync/model"
	"zhibu/sync/server"
)

// product is what districtd decides by: claims to unique values are work too.
func product() server.Rules {
	return figures.Gate()
}

// member is one record of about 600 bytes, as an imported roster makes them.
func member(i int) map[string]string {
	return map[string]string{
		"name": fmt.Sprintf("党员%05d", i), "gender": []string{"1", "2"}[i%2], "ethnicity": "汉族", "birth": fmt.Sprintf("19%02d-%02d-%02d", 50+i%50, 1+i%12, 1+i%28),
		"id_no": fmt.Sprintf("3101151990%08d", i), "mobile": fmt.Sprintf("138%08d", i*7919%100000000), "joined": fmt.Sprintf("20%02d-07-01", i%25),
		"converted": fmt.Sprintf("20%02d-07-01", 1+i%25), "category": "FULL", "status": "NORMAL", "education": "21", "degree": "4", "group": fmt.Sprintf("g%d", i%9),
		"native": "上海市浦东新区", "address": fmt.Sprintf("浦东新区张江镇示例路 %d 弄 %d 号 %d 室", i%400, i%60, 100+i%900), "unit": "示例科技（上海）有限公司研发中心",
		"post": "022", "email": fmt.Sprintf("member%05d@example.cn", i),
	}
}

func filled(b *testing.B, l *model.Laptop, n int) {
	b.Helper()
	for i := range n {
		if _, err := l.Edit(fmt.Sprintf("%s/%d", l.Position().Device, i), "member", fmt.Sprintf("m%05d", i), member(i)); err != nil {
			b.Fatal(err)
		}
	}
}

func report(b *testing.B, out sync.Outcome) {
	b.ReportMetric(float64(out.BytesUp), "bytes-up")
	b.ReportMetric(float64(out.BytesDown), "bytes-down")
	b.ReportMetric(float64(out.Requests), "requests")
}

// BenchmarkFirstPush pushes 10,000 new records from one laptop; goal: at most
// 2 MB on the wire.
func BenchmarkFirstPush(b *testing.B) {
	var out sync.Outcome
	for b.Loop() {
		b.StopTimer()
		d := startDistrict(b, product())
		l := d.join(b, d.branch(b, "一支部"), figures.Guards())
		filled(b, l, 10_000)
		b.StartTimer()
		out = exchange(b, l)
	}
	report(b, out)
}

// BenchmarkFirstPull brings 10,000 records to a new laptop: a snapshot.
func BenchmarkFirstPull(b *testing.B) {
	d := startDistrict(b, product())
	br := d.branch(b, "一支部")
	l := d.join(b, br, figures.Guards())
	filled(b, l, 10_000)
	exchange(b, l)
	var out sync.Outcome
	for b.Loop() {
		b.StopTimer()
		fresh := d.join(b, br, figures.Guards())
		b.StartTimer()
		out = exchange(b, fresh)
	}
	report(b, out)
}

// BenchmarkDelta exchanges ten changes of another laptop in a branch of 10,000.
func BenchmarkDelta(b *testing.B) {
	d := startDistrict(b, product())
	br := d.branch(b, "一支部")
	one, two := d.join(b, br, figures.Guards()), d.join(b, br, figures.Guards())
	filled(b, one, 10_000)
	exchange(b, one)
	exchange(b, two)
	e, _ := two.Enrolment()
	far, err := courier.New(e, courier.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var out sync.Outcome
	n := 0
	for b.Loop() {
		b.StopTimer()
		for range 10 {
			n++
			edit(b, one, fmt.Sprintf("d%d", n), fmt.Sprintf("m%05d", n%10_000), map[string]string{"mobile": fmt.Sprint(n)})
		}
		exchange(b, one)
		b.StartTimer()
		if out, err = sync.Exchange(context.Background(), two, far); err != nil || out.Pulled != 10 {
			b.Fatal(out, err)
		}
	}
	report(b, out)
}

// BenchmarkNothingNew is the idle exchange; goals: one request, under 600 bytes.
func BenchmarkNothingNew(b *testing.B) {
	d := startDistrict(b, product())
	l := d.join(b, d.branch(b, "一支部"), figures.Guards())
	filled(b, l, 10)
	exchange(b, l)
	e, _ := l.Enrolment()
	far, err := courier.New(e, courier.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var out sync.Outcome
	for b.Loop() {
		if out, err = sync.Exchange(context.Background(), l, far); err != nil {
			b.Fatal(err)
		}
	}
	report(b, out)
}

// BenchmarkTwoHundredLaptops lets 200 laptops of 100 branches exchange at once,
// each with five changes.
func BenchmarkTwoHundredLaptops(b *testing.B) {
	d := startDistrict(b, product())
	var laptops []*model.Laptop
	var fars []*courier.Courier
	for i := range 100 {
		br := d.branch(b, fmt.Sprintf("第%d支部", i))
		for range 2 {
			l := d.join(b, br, figures.Guards())
			e, _ := l.Enrolment()
			far, err := courier.New(e, courier.Options{})
			if err != nil {
				b.Fatal(err)
			}
			laptops, fars = append(laptops, l), append(fars, far)
		}
	}
	n := 0
	for b.Loop() {
		b.StopTimer()
		n++
		for i, l := range laptops {
			for k := range 5 {
				edit(b, l, fmt.Sprintf("%d/%d/%d", n, i, k), fmt.Sprintf("m%d", k), map[string]string{"mobile": fmt.Sprint(n)})
			}
		}
		b.StartTimer()
		var running stdsync.WaitGroup
		for i, l := range laptops {
			running.Go(func() {
				if _, err := sync.Exchange(context.Background(), l, fars[i]); err != nil {
					b.Error(err, record.SayOf(err))
				}
			})
		}
		running.Wait()
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/200, "ms/laptop")
}
