package screen

import (
	"testing"

	"zhibu/storage/record"
)

func TestADutyIsMutedWithAReasonAndBack(t *testing.T) {
	b, _ := realBooks(t)
	var first Duty
	for _, d := range b.Duties() {
		if d.Key != "" {
			first = d
			break
		}
	}
	there := func() bool {
		for _, d := range b.Duties() {
			if d.Key == first.Key {
				return true
			}
		}
		return false
	}
	if first.Key == "" {
		t.Fatal("nothing to mute")
	}
	if _, err := b.Mute(first.Key, "", ""); record.CodeOf(err) != "REASON_MISSING" || !there() {
		t.Errorf("muted without a reason: %v", err)
	}
	done, err := b.Mute(first.Key, "本月集中安排", "2026-12-31")
	if err != nil || there() {
		t.Fatalf("still there: %v", err)
	}
	if _, err := b.Undo(done); err != nil || !there() {
		t.Errorf("not back: %v", err)
	}
}
