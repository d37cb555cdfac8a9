package screen

import "strings"

// Way is how this laptop comes to its branch.
type Way int

// The ways, in the order offered.
const (
	JoinDistrict  Way = iota // 用区里的邀请码加入
	StartAlone               // 先单机使用
	RestoreBackup            // 从备份或 U 盘恢复
)

// WizardStep is one step of the first run.
type WizardStep int

// The steps.
const (
	StepWay WizardStep = iota
	StepBranch
	StepSecret
	StepDone
)

// WizardSteps are the names of the steps as shown at the side.
func (w *Wizard) WizardSteps() []string {
	if w.Way == RestoreBackup {
		return []string{"选择用法", "备份文件", "密码", "完成"}
	}
	return []string{"选择用法", "支部信息", "密码与恢复码", "完成"}
}

// Wizard is the first run: one decision a step, nothing lost on going back.
type Wizard struct {
	Step         WizardStep
	Way          Way
	Server, Code string // for joining
	Branch, By   string // name of the branch, name of the secretary
	Pass, Repeat string
	AutoLock     int // minutes, 0 never
	File, Secret string
	Recovery     []string // groups of the recovery code, once there is one
	Noted        bool     // printed or written down
	Proof        string   // the group typed back
	Busy         bool
	Problem      error  // why the last try to go on was refused
	Joined       string // branch name at the district, once joined
	JoinLater    bool   // joining failed for now and is tried again later

	session *Session
	store   Store
}

func newWizard(s *Session) *Wizard { return &Wizard{session: s, AutoLock: 10} }

// CodeSay judges an invitation code by its form alone, so that it can be filled
// in without a network.
func (w *Wizard) CodeSay() (ok bool, say string) {
	n := len(normalCode(w.Code))
	switch {
	case n == 0:
		return false, "没有网络也能填：先核对码的格式，联网后再向区里确认。"
	case n < 10:
		return false, "还差几位：邀请码至少 10 位字母和数字。"
	}
	return true, "格式对，设好密码后向区里确认。"
}

// ProofGroup is the number, from 1, of the recovery group asked for. It follows
// from the code, so that going back and forth asks the same one.
func (w *Wizard) ProofGroup() int {
	sum := 0
	for _, group := range w.Recovery {
		for _, r := range group {
			sum += int(r)
		}
	}
	if len(w.Recovery) == 0 {
		return 1
	}
	return sum%len(w.Recovery) + 1
}

// Proven reports whether the group asked for was typed back rightly.
func (w *Wizard) Proven() bool {
	return len(w.Recovery) > 0 && w.Noted && normalCode(w.Proof) == w.Recovery[w.ProofGroup()-1]
}

// PassOK reports whether passphrase and repetition will do.
func (w *Wizard) PassOK() bool {
	ok, _ := JudgePassphrase(w.Pass)
	return ok && w.Pass == w.Repeat
}

// Ready reports whether 「下一步」 can be pressed.
func (w *Wizard) Ready() bool {
	if w.Busy {
		return false
	}
	switch w.Step {
	case StepWay:
		ok, _ := w.CodeSay()
		return w.Way != JoinDistrict || ok && strings.TrimSpace(w.Server) != ""
	case StepBranch:
		if w.Way == RestoreBackup {
			return strings.TrimSpace(w.File) != ""
		}
		return strings.TrimSpace(w.By) != "" && (w.Way == JoinDistrict || strings.TrimSpace(w.Branch) != "")
	case StepSecret:
		if w.Way == RestoreBackup {
			return w.Secret != ""
		}
		return w.Proven() || len(w.Recovery) == 0 && w.PassOK()
	}
	return true
}

// NextLabel is the word on the button that goes on.
func (w *Wizard) NextLabel() string {
	switch {
	case w.Step == StepDone:
		return "开始使用"
	case w.Step == StepSecret && w.Way == RestoreBackup:
		return "恢复"
	case w.Step == StepSecret && len(w.Recovery) == 0:
		return "生成恢复码"
	}
	return "下一步"
}

// Back goes one step back; what was filled in stays.
func (w *Wizard) Back() {
	if w.CanGoBack() {
		w.Step--
		w.Problem = nil
	}
	w.session.changed()
}

// CanGoBack reports whether there is a step to go back to: once the book is made
// its passphrase can only be changed in the settings.
func (w *Wizard) CanGoBack() bool {
	return w.Step > StepWay && !w.Busy && w.store == nil
}

// Next goes on from the present step when it is ready.
func (w *Wizard) Next() {
	if !w.Ready() {
		return
	}
	w.Problem = nil
	switch {
	case w.Step == StepDone:
		w.session.enter(w.store)
		return
	case w.Step < StepSecret:
		w.Step++
	case w.Way == RestoreBackup:
		w.restore()
		return
	case w.store == nil:
		w.create()
		return
	default:
		w.finish()
		return
	}
	w.session.changed()
}
