package screen

import (
	"maps"
	"strings"
	"testing"

	"zhibu/app/branch"
	"zhibu/storage/record"
)

// everything is what all registers hold, by kind, record and path; empty is as good as
// never written.
func everything(b *Book) map[string]string {
	all := map[string]string{}
	for _, k := range b.Kinds() {
		for _, r := range b.All(k.Name) {
			for path, value := range r.Values {
				if value != "" {
					all[k.Name+"/"+r.ID+"/"+path] = value
				}
			}
		}
	}
	return all
}

// TestEveryVerbIsTakenBack does the verbs of the pages, takes each back and does it
// again.
func TestEveryVerbIsTakenBack(t *testing.T) {
	for name, do := range map[string]func(*Book) (Done, error){
		"register": func(b *Book) (Done, error) {
			r, _, err := b.Save("member", "", map[string]string{"name": "温予宁", "category": "正式党员", "joined": "2013-06-20"})
			return DoneSaving("", record.Record{}, r), err
		},
		"edit": func(b *Book) (Done, error) {
			before := b.Search("member", "罗沐辰")[0]
			after, _, err := b.Save("member", before.ID, map[string]string{"title": "", "note": "改过"})
			return DoneSaving("", before, after), err
		},
		"regroup": func(b *Book) (Done, error) {
			l, err := NewList(b, "member")
			if err != nil {
				return Done{}, err
			}
			l.TickAll()
			return l.SetMarked("group", "第二党小组")
		},
		"restore": func(b *Book) (Done, error) {
			bin, err := b.Bin()
			if err != nil {
				return Done{}, err
			}
			return b.Unbin(bin...)
		},
		"settle": func(b *Book) (Done, error) {
			d := b.Disputes()[0]
			d.Decide(0, Other)
			d.Decide(1, Both)
			return b.Settle(d)
		},
		"transfer": func(b *Book) (Done, error) {
			h, err := NewHappening(b, b.Search("member", "陆婉清")[0].ID)
			if err != nil {
				return Done{}, err
			}
			h.Label, h.On, h.Party, h.Number = "组织关系转出", "今天", "临川街道第二党支部", "沪青组转〔2026〕18 号"
			return h.Save()
		},
		"correct": func(b *Book) (Done, error) {
			for _, r := range b.All("meeting") {
				if r.Values["finalised_at"] == "" {
					continue
				}
				m, err := NewMeeting(b, r.ID, "")
				if err != nil {
					return Done{}, err
				}
				return m.Correct("地点写错了，应为二号会议室")
			}
			return Done{}, nil
		},
		"step": func(b *Book) (Done, error) {
			f, err := NewStepForm(b, b.Search("pool", "牛一鸣")[0].ID, 2)
			if err != nil {
				return Done{}, err
			}
			f.Type("talker", "陈立群、顾明川")
			return f.Complete()
		},
		"evaluate": func(b *Book) (Done, error) {
			f, row, err := NewSigns(b).NewEvaluation()
			if err != nil {
				return Done{}, err
			}
			for item, points := range map[string]string{"political": "14", "work": "28", "quality": "18", "service": "14", "example": "9", "life": "9"} {
				f.Type(record.Path("evaluation", row, item), points)
			}
			before := f.Stored()
			after, err := f.Save()
			return DoneSaving("", before, after), err
		},
		"delete": func(b *Book) (Done, error) { return b.Trashed("demand", b.All("demand")[0].ID, b.All("demand")[1].ID) },
		"mute": func(b *Book) (Done, error) {
			return b.Mute(branch.Due(b, b.Today())[0].Key, "本月集中安排", "2026-12-31")
		},
		"pay": func(b *Book) (Done, error) { return openDues(b).PayTicked() },
		"hand over": func(b *Book) (Done, error) {
			return openDues(b).HandOver("100", "今天", "收据 1")
		},
		"demand": func(b *Book) (Done, error) {
			d, err := NewDemands(b)
			if err != nil {
				return Done{}, err
			}
			d.Choose(d.Columns()[0].Cards[0].ID)
			r, _ := b.Get("demand", d.Current())
			return d.Act(mainVerb(r.Values), DemandTyped{})
		},
		"paper": func(b *Book) (Done, error) {
			p := NewPool(b)
			return p.TickPaper(p.Step(), "入党申请书", true)
		},
		"deadline": func(b *Book) (Done, error) {
			p := NewPool(b)
			return p.SetDeadline(p.Step(), "+30", "本人出差")
		},
		"post": func(b *Book) (Done, error) {
			return NewSigns(b).Act(SignVerb{Act: "REMOVE", Say: "撤销这个岗"}, "今天", "岗位合并", "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := sampleBooks(t)
			if _, err := b.Trashed("demand", b.All("demand")[2].ID); err != nil {
				t.Fatal(err)
			}
			twoMinds(t, b, b.All("member")[0].ID)
			before := everything(b)
			done, err := do(b)
			if err != nil {
				t.Fatal(err)
			}
			after := everything(b)
			if maps.Equal(before, after) || !done.Undoable() {
				t.Fatalf("nothing was done: %+v", done)
			}
			again, err := b.Undo(done)
			if err != nil || !maps.Equal(everything(b), before) {
				t.Fatalf("not as before, %v", err)
			}
			if _, err := b.Undo(again); err != nil || !maps.Equal(everything(b), after) {
				t.Fatalf("not done again, %v", err)
			}
		})
	}
}

// openDues is this month's sheet with everybody ticked who has not paid.
func openDues(b *Book) *Dues {
	d := NewDues(b)
	d.TickAll()
	return d
}

// Of several records one of which may not go, all stay, and it is named.
func TestSeveralGoToTheBinOrNone(t *testing.T) {
	b, _ := realBooks(t)
	save := func(theme string) string {
		t.Helper()
		m, said, err := b.Save("meeting", "", map[string]string{"kind": "支部党员大会", "start": "2026-11-20 14:00", "title": theme})
		if err != nil {
			t.Fatal(err, said)
		}
		return m.ID
	}
	open, final := save("开着的"), save("定了的")
	if _, err := b.Store.Apply(record.Edit{Kind: "meeting", ID: final, Set: record.Values{"status": "FINAL"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Trashed("meeting", open, final); err == nil || !strings.Contains(record.SayOf(err), "移不了，所以一条也没有移") {
		t.Errorf("%v", err)
	}
	if r, _ := b.Get("meeting", open); r.Deleted() {
		t.Error("one of them is gone")
	}
}
