package server_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	stdsync "sync"
	"testing"

	"zhibu/storage/record"
	"zhibu/sync/server"
)

// conformance is what every ledger must pass.
func conformance() []conform {
	return []conform{
		{"NumbersHaveNoGaps", server.Options{}, numbersHaveNoGaps},
		{"RefusedOpBlocksNothing", server.Options{}, refusedOpBlocksNothing},
		{"AnswerFromAbove", server.Options{}, answerFromAbove},
		{"SnapshotStartsANewLaptop", server.Options{SnapshotAfter: 20, Page: 7}, snapshotStartsANewLaptop},
		{"FarBehindPullsFirst", server.Options{Page: 7}, farBehindPullsFirst},
		{"NumbersGivenOffline", server.Options{}, numbersGivenOffline},
		{"SamePersonTwice", server.Options{}, samePersonTwice},
		{"ClaimsAreSettledTogether", server.Options{}, claimsAreSettledTogether},
		{"ValuesLetGoAreClaimedAnew", server.Options{}, valuesLetGoAreClaimedAnew},
		{"UndeletedClaimsAgain", server.Options{}, undeletedClaimsAgain},
		{"TransferHappensOnce", server.Options{}, transferHappensOnce},
		{"BranchesArePutRight", server.Options{}, branchesArePutRight},
		{"ABranchIsPutRightWhileItWrites", server.Options{}, aBranchIsPutRightWhileItWrites},
		{"NoticesReachEveryBranchOnce", server.Options{}, noticesReachEveryBranchOnce},
		{"NoticesComeByPages", server.Options{Page: 5}, noticesComeByPages},
		{"BranchesShowWhereTheyAre", server.Options{}, branchesShowWhereTheyAre},
		{"BrokenChainForks", server.Options{}, brokenChainForks},
		{"OtherVersions", server.Options{}, otherVersions},
		{"DeletedLongAgoIsErased", server.Options{}, deletedLongAgoIsErased},
		{"CodeHoldsFiveTries", server.Options{}, codeHoldsFiveTries},
	}
}

// Ops of many devices at once get numbers 1…n without gaps, in the order in
// which they are committed.
func numbersHaveNoGaps(t *testing.T, w world) {
	b := w.branch("一支部")
	var laptops []*near
	for range 6 {
		laptops = append(laptops, w.laptop(b, "secretary"))
	}
	var running stdsync.WaitGroup
	failed := make(chan error, len(laptops))
	for i, l := range laptops {
		for k := range 5 {
			l.edit("member", fmt.Sprintf("m%d-%d", i, k), "name", "某")
		}
		running.Go(func() {
			_, err := l.exchange()
			failed <- err
		})
	}
	running.Wait()
	for range laptops {
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range laptops {
		l.sync()
	}
	w.wantEqual(b, laptops...)
	if at := laptops[0].Position().Cursors["branch:"+b.ID]; at != 30 {
		t.Errorf("cursor %d after 30 ops", at)
	}
}

func refusedOpBlocksNothing(t *testing.T, w world) {
	b := w.branch("一支部")
	l, other := w.laptop(b, "secretary"), w.laptop(b, "reader")
	bad := l.edit("pool", "p1", "approval", "自己批的")
	l.edit("pool", "p1", "name", "李伟")
	if out := l.sync(); out.Refused != 1 || out.Pushed != 1 {
		t.Errorf("%+v", out)
	}
	if r := l.RefusedOps()[bad]; r.Result.Code != "DISTRICT_OWNED" || r.Result.Field != "approval" || r.Result.Say == "" {
		t.Errorf("refusal %+v", r.Result)
	}
	other.edit("member", "m1", "name", "不能写")
	if out := other.sync(); out.Refused != 1 || out.Pulled != 1 {
		t.Errorf("reader: %+v", out)
	}
	w.wantEqual(b, l, other)
}

// A superior's answer is signed and locks the value; whoever had edited the
// person meanwhile keeps the rest of his edit.
func answerFromAbove(t *testing.T, w world) {
	b := w.branch("一支部")
	l := w.laptop(b, "secretary")
	l.edit("pool", "p1", "name", "李伟", "approved1", "2026-01-01")
	l.sync()
	l.edit("pool", "p1", "approved1", "2026-02-02")
	l.edit("pool", "p1", "mobile", "13800138000")
	_, err := w.Write(context.Background(), b.ID, server.Edit{Kind: "pool", Record: "p1", Seal: true,
		Set: map[string]string{"approved1": "2026-11-18"}, By: "张江镇党委"})
	if err != nil {
		t.Fatal(err)
	}
	if out := l.sync(); out.Refused != 1 || out.Pushed != 1 || out.Pulled != 1 {
		t.Errorf("%+v", out)
	}
	if l.value("p1", "approved1") != "2026-11-18" || l.value("p1", "mobile") != "13800138000" {
		t.Errorf("p1: %v", l.Registers("p1"))
	}
	if !l.sealed("p1", "approved1") || l.sealed("p1", "mobile") {
		t.Error("the answer's seal does not hold, or another does")
	}
	w.wantEqual(b, l)
}

func snapshotStartsANewLaptop(t *testing.T, w world) {
	b := w.branch("一支部")
	l := w.laptop(b, "secretary")
	for i := range 50 {
		l.edit("member", fmt.Sprintf("m%d", i%30), "name", fmt.Sprintf("第%d次", i))
	}
	l.sync()
	fresh := w.laptop(b, "secretary")
	fresh.edit("member", "m3", "mobile", "110")
	if out := fresh.sync(); !out.Rebuilt || out.Pushed != 1 {
		t.Errorf("%+v", out)
	}
	l.sync()
	w.wantEqual(b, l, fresh)
	// Personal data in plain has no name that would outlive a killed server.
	if left, err := os.ReadDir(w.temp); err != nil || len(left) > 0 {
		t.Errorf("%v lie on the disk: %v", left, err)
	}
}

// Rows come page by page; own ops wait until everything before them is here.
func farBehindPullsFirst(t *testing.T, w world) {
	b := w.branch("一支部")
	l, late := w.laptop(b, "secretary"), w.laptop(b, "secretary")
	for i := range 40 {
		l.edit("member", "m1", "joined", fmt.Sprintf("20%02d-01-01", i))
		l.edit("member", "m1", "name", fmt.Sprintf("第%d次", i))
	}
	l.sync()
	late.edit("member", "m1", "joined", "1999-01-01", "name", "晚来的")
	late.sync()
	l.sync()
	w.wantEqual(b, l, late)
	if l.value("m1", "joined") != "2039-01-01" || len(l.conflicts()) != 2 {
		t.Errorf("joined %s, %d conflicts", l.value("m1", "joined"), len(l.conflicts()))
	}
}

func numbersGivenOffline(t *testing.T, w world) {
	b := w.branch("一支部")
	one, two := w.laptop(b, "secretary"), w.laptop(b, "committee")
	one.edit("meeting", "c1", "serial", "2026-大会-04·甲")
	two.edit("meeting", "c2", "serial", "2026-大会-04·乙")
	one.sync()
	two.sync()
	one.sync()
	two.sync()
	for rec, want := range map[string]string{"c1": "2026-大会-04", "c2": "2026-大会-05"} {
		if one.value(rec, "serial") != want {
			t.Errorf("%s is %s, want %s", rec, one.value(rec, "serial"), want)
		}
	}
	if one.value("c2", "serial_alias") != "2026-大会-04·乙" {
		t.Error("what was printed is lost")
	}
	w.wantEqual(b, one, two)
}

func samePersonTwice(t *testing.T, w world) {
	const no = "310115199001010010"
	a, b := w.branch("甲支部"), w.branch("乙支部")
	one, two, far := w.laptop(a, "secretary"), w.laptop(a, "secretary"), w.laptop(b, "secretary")
	one.edit("member", "m1", "name", "李伟", "id_no", no)
	two.edit("member", "m2", "name", "李伟", "id_no", no)
	for range 3 {
		one.sync()
		two.sync()
	}
	if items := one.conflicts(); len(items) != 1 || items[0].Registers[record.ConflictSame].Value != "branch" {
		t.Errorf("inside the branch: %+v", items)
	}
	far.edit("member", "m9", "name", "李伟", "id_no", no)
	far.sync()
	far.sync()
	items := far.conflicts()
	if len(items) != 1 || items[0].Registers[record.ConflictOther].Value != "甲支部" {
		t.Errorf("in another branch: %+v", items)
	}
	w.wantEqual(b, far)
}

func transferHappensOnce(t *testing.T, w world) {
	a, b := w.branch("甲支部"), w.branch("乙支部")
	from, to := w.laptop(a, "secretary"), w.laptop(b, "secretary")
	from.edit("member", "m1", "name", "李伟", "id_no", "310115199001010010")
	from.sync()
	ctx := context.Background()
	if err := w.Transfer(ctx, a.ID, "member", "m1", b.ID, "区里"); err != nil {
		t.Fatal(err)
	}
	if err := w.Transfer(ctx, a.ID, "member", "m1", b.ID, "区里"); record.CodeOf(err) != "TRANSFER_MISSING" {
		t.Errorf("second time: %v", err)
	}
	from.sync()
	to.sync()
	if from.value("m1", "deleted") != "1" || from.value("m1", "transferred_to") != "乙支部" {
		t.Errorf("left behind: %v", from.Registers("m1"))
	}
	if to.value("m1", "name") != "李伟" || to.value("m1", "transferred_from") != "甲支部" || to.value("m1", "deleted") != "" {
		t.Errorf("arrived: %v", to.Registers("m1"))
	}
	to.edit("member", "m1", "mobile", "13800138000")
	if out := to.sync(); out.Refused != 0 || len(to.conflicts()) != 0 {
		t.Errorf("editing the arrival: %+v, %d conflicts", out, len(to.conflicts()))
	}
	w.wantEqual(a, from)
	w.wantEqual(b, to)
	far := w.laptop(w.branch("丙支部"), "secretary")
	far.edit("member", "m9", "name", "李伟", "id_no", "310115199001010010")
	far.sync()
	far.sync()
	if items := far.conflicts(); len(items) != 1 || items[0].Registers[record.ConflictOther].Value != "乙支部" {
		t.Errorf("who has his number now: %+v", items)
	}
}

func noticesReachEveryBranchOnce(t *testing.T, w world) {
	one, two := w.laptop(w.branch("甲支部"), "secretary"), w.laptop(w.branch("乙支部"), "secretary")
	if _, err := w.AddBranch(context.Background(), server.Branch{Name: "丙支部", Street: "花木街道"}); err != nil {
		t.Fatal(err)
	}
	for channel, title := range map[string]string{"district": "全区通知", "street:张江镇": "镇里通知", "street:花木街道": "别处通知"} {
		if _, err := w.Publish(context.Background(), channel, server.Edit{Kind: "notice", Set: map[string]string{"title": title}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range []*near{one, two} {
		l.sync()
		l.sync()
		if len(l.Notices()) != 2 {
			t.Errorf("%d notices, want the district's and the street's", len(l.Notices()))
		}
	}
	for channel, code := range map[string]string{"branch:x": "CHANNEL_UNKNOWN", "street:": "CHANNEL_UNKNOWN", "street:没有的镇": "STREET_UNKNOWN"} {
		if _, err := w.Publish(context.Background(), channel, server.Edit{Kind: "notice"}); record.CodeOf(err) != code {
			t.Errorf("published to %q: %v", channel, err)
		}
	}
}

// A branch put right goes by its new name only, and its street writes to it.
func branchesArePutRight(t *testing.T, w world) {
	ctx := context.Background()
	a, b := w.branch("甲支部"), w.branch("乙支部")
	l := w.laptop(a, "secretary")
	if _, err := w.CorrectBranch(ctx, a.ID, "乙支部", "", ""); record.CodeOf(err) != "BRANCH_TWICE" {
		t.Errorf("the name of another: %v", err)
	}
	got, err := w.CorrectBranch(ctx, a.ID, "甲联合支部", "花木街道", "")
	if err != nil || got.Name != "甲联合支部" || got.Street != "花木街道" {
		t.Fatalf("%+v, %v", got, err)
	}
	if found, err := w.FindBranch(ctx, "甲联合支部"); err != nil || found.ID != a.ID {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := w.FindBranch(ctx, "甲支部"); record.CodeOf(err) != "BRANCH_UNKNOWN" {
		t.Errorf("by its old name: %v", err)
	}
	if _, err := w.CorrectBranch(ctx, b.ID, "甲支部", "", ""); err != nil {
		t.Errorf("the name that is free again: %v", err)
	}
	if _, err := w.CorrectBranch(ctx, "nobranch", "丁支部", "", ""); record.CodeOf(err) != "BRANCH_UNKNOWN" {
		t.Error(err)
	}
	if _, err := w.Publish(ctx, "street:花木街道", server.Edit{Kind: "notice", Set: map[string]string{"title": "新街道的"}}); err != nil {
		t.Fatal(err)
	}
	l.sync()
	if len(l.Notices()) != 1 {
		t.Errorf("%d notices", len(l.Notices()))
	}
}

// What is written while a branch is put right stays.
func aBranchIsPutRightWhileItWrites(t *testing.T, w world) {
	ctx := context.Background()
	b := w.branch("甲支部")
	stop, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				ended <- nil
				return
			default:
			}
			if _, err := w.CorrectBranch(ctx, b.ID, "", "花木街道", ""); err != nil {
				ended <- err
				return
			}
		}
	}()
	for i := range 40 {
		if _, err := w.Write(ctx, b.ID, server.Edit{Kind: "pool", Record: "p1", Set: map[string]string{"name": fmt.Sprint(i)}}); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	l := w.laptop(b, "secretary")
	l.sync()
	if seq := l.Position().Cursors["branch:"+b.ID]; seq != 40 {
		t.Errorf("the laptop is at row %d of 40", seq)
	}
}

// A channel longer than a page comes whole; a notice that is corrected replaces
// what it said, and nobody has to review that.
func noticesComeByPages(t *testing.T, w world) {
	l := w.laptop(w.branch("甲支部"), "secretary")
	for i := range 12 {
		e := server.Edit{Kind: "notice", Record: fmt.Sprintf("n%d", i%10), Set: map[string]string{"title": fmt.Sprintf("第%d号", i)}}
		if i < 10 {
			e.Set["due"] = "2026-12-01"
		}
		if _, err := w.Publish(context.Background(), "district", e); err != nil {
			t.Fatal(err)
		}
	}
	l.sync()
	regs := map[string]record.Register{}
	for _, row := range l.Notices() {
		if row.Change.Record == "n1" && len(record.Merge(regs, row, nil)) != 0 {
			t.Error("a correction clashes with what it corrects")
		}
	}
	if len(l.Notices()) != 12 || regs["title"].Value != "第11号" || regs["due"].Value != "" {
		t.Errorf("%d notices, the corrected one says %v", len(l.Notices()), regs)
	}
}

// The list of branches shows each as it is now, whichever table it came from.
func branchesShowWhereTheyAre(t *testing.T, w world) {
	b := w.branch("甲支部")
	w.branch("乙支部")
	l := w.laptop(b, "secretary")
	l.edit("member", "m1", "name", "李伟")
	l.sync()
	all, err := w.Branches(context.Background())
	if err != nil || len(all) != 2 {
		t.Fatalf("%d branches, %v", len(all), err)
	}
	for _, at := range all {
		if want := map[bool]uint64{true: 1, false: 0}[at.ID == b.ID]; at.Seq != want {
			t.Errorf("%s is at %d, want %d", at.Name, at.Seq, want)
		}
	}
	if found, err := w.FindBranch(context.Background(), "乙支部"); err != nil || found.ID == b.ID {
		t.Errorf("by name: %+v, %v", found, err)
	}
	if _, err := w.AddBranch(context.Background(), server.Branch{Name: "乙支部"}); record.CodeOf(err) != "BRANCH_TWICE" {
		t.Errorf("a second branch of one name: %v", err)
	}
}

func codeHoldsFiveTries(t *testing.T, w world) {
	b := w.branch("一支部")
	_, err := w.Invite(context.Background(), b.ID, "king")
	if record.CodeOf(err) != "ROLE_UNKNOWN" {
		t.Errorf("unknown role: %v", err)
	}
	if _, err := w.Invite(context.Background(), "nobody", ""); record.CodeOf(err) != "BRANCH_UNKNOWN" {
		t.Errorf("unknown branch: %v", err)
	}
	l := w.laptop(b, "")
	if e, _ := l.Enrolment(); e.Role != "secretary" || e.Branch != b.ID {
		t.Errorf("enrolled %+v", e)
	}
	if err := w.Revoke(context.Background(), l.Position().Device); err != nil {
		t.Fatal(err)
	}
	if _, err := l.exchange(); record.CodeOf(err) != "DEVICE_REVOKED" {
		t.Errorf("revoked: %v", err)
	}
	if err := w.Revoke(context.Background(), "nobody-nothing"); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("revoking nobody: %v", err)
	}
}
