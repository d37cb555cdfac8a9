package screen

import (
	"slices"
	"testing"
)

func TestChangesNameReferencesAndLeaveOutTheOrderOfRows(t *testing.T) {
	b, _ := realBooks(t)
	who := people(t, b)
	m := register(t, b, "meeting", map[string]string{"kind": "支部党员大会", "title": "甲", "start": "2026-11-20 14:00", "chair": "陆婉清", "agenda/a/title": "学习"})
	absent := who["罗沐辰"]
	if _, _, err := b.Save("meeting", m.ID, map[string]string{"attendance/" + absent.ID + "/state": "请假", "chair": "白一宁"}); err != nil {
		t.Fatal(err)
	}
	if err := b.Delete("meeting", m.ID); err != nil {
		t.Fatal(err)
	}
	entries, err := b.History("meeting", m.ID)
	if err != nil {
		t.Fatal(err)
	}
	k, err := b.Kind("meeting")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, b.Changes(k, e)...)
	}
	want := []string{"类型：空 → 支部党员大会", "会议名称：空 → 甲", "开始时间：空 → 2026-11-20 14:00", "主持人：空 → 陆婉清", "会议议题的议题：空 → 学习", "状态：空 → 草稿",
		"主持人：陆婉清 → 白一宁", "签到（罗沐辰）的状态：空 → 请假", "移到回收站"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
