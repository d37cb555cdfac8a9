package screen

import (
	"fmt"
	"testing"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// heap is a Store in memory: benchmarks of screens measure screens.
type heap struct {
	Store
	live map[string][]record.Record
	byID map[string]record.Record
}

func (h *heap) All(kind string) []record.Record { return h.live[kind] }
func (h *heap) Trash(string) []record.Record    { return nil }
func (h *heap) Setting(string) string           { return "" }
func (h *heap) Drafts() []record.Draft          { return nil }
func (h *heap) Get(kind, id string) (record.Record, bool) {
	r, ok := h.byID[kind+"/"+id]
	return r, ok
}

func (h *heap) add(kind, id string, v record.Values) {
	r := record.Record{Kind: kind, ID: id, Values: v}
	h.live[kind] = append(h.live[kind], r)
	h.byID[kind+"/"+id] = r
}

// crowd is a branch of so many people and meetings, names made of common
// characters.
func crowd(members, meetings int) *Book {
	h := &heap{live: map[string][]record.Record{}, byID: map[string]record.Record{}}
	h.add("branch", ProfileID, record.Values{"name": "大支部", "has_committee": "1"})
	first, middle, last := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"), []rune("一二明立文国建志晓思雨子"), []rune("华强芳敏静丽军磊洋勇艳杰娟涛超霞平刚")
	for i := range members {
		name := string(first[i%len(first)]) + string(middle[i/len(first)%len(middle)]) + string(last[i/240%len(last)])
		h.add("member", fmt.Sprintf("m%05d", i), record.Values{"name": name, "category": "FULL", "status": "NORMAL", "mobile": fmt.Sprintf("1380%07d", i), "employer": "云帆智控", "group": fmt.Sprintf("第%d党小组", i%30)})
	}
	for i := range meetings {
		day := record.Date{Year: 2016, Month: 1, Day: 1}.AddDays(i / 6)
		h.add("meeting", fmt.Sprintf("t%05d", i), record.Values{"title": fmt.Sprintf("第%d次学习讨论", i), "kind": branch.GroupMeet, "start": day.String() + " 14:00", "status": branch.Final,
			"chair": fmt.Sprintf("m%05d", i%members), "recorder": fmt.Sprintf("m%05d", (i*7)%members)})
	}
	return Open(h, newClock().now)
}

// BenchmarkFinderKeystroke is one keystroke over 10,000 people and 20,000 meetings.
func BenchmarkFinderKeystroke(b *testing.B) {
	f := NewFinder(crowd(10_000, 20_000), nil)
	for _, query := range []string{"l", "lw", "liwen", "李文", "1380000", "zzzz"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				f.Type(query)
			}
		})
	}
}

// BenchmarkFinderIndex is the first opening over the same crowd.
func BenchmarkFinderIndex(b *testing.B) {
	book := crowd(10_000, 20_000)
	for b.Loop() {
		NewFinder(book, nil)
	}
}

// BenchmarkMeetingSeat is one press on a seat: everything that follows from it.
func BenchmarkMeetingSeat(b *testing.B) {
	for _, members := range []int{20, 2000} {
		b.Run(fmt.Sprint(members), func(b *testing.B) {
			m, err := NewMeeting(crowd(members, 50), "", "支部党员大会")
			if err != nil {
				b.Fatal(err)
			}
			m.SetVote(m.AddVote("通过工作报告"), "for", "18")
			row := m.Seats()[3].Row
			for b.Loop() {
				m.Cycle(row)
				m.Counts()
				m.Votes()
				m.Checks()
				m.Consequences()
			}
		})
	}
}

// BenchmarkDuesYear opens the dues page.
func BenchmarkDuesYear(b *testing.B) {
	for _, members := range []int{20, 2000} {
		book := crowd(members, 0)
		b.Run(fmt.Sprint(members), func(b *testing.B) {
			for b.Loop() {
				NewDues(book)
			}
		})
	}
}
