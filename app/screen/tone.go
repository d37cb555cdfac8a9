package screen

// Tone is the state something is shown in. The face gives each tone a shape
// and a colour; the word always stands beside them (design.md §1.3).
type Tone int

// The tones, in the order of urgency a list sorts by.
const (
	Plain   Tone = iota // nothing to say
	Neutral             // 草稿, 已定稿, 略过
	Late                // 逾期, 缺, an error
	Soon                // 今天到期, 待开, a warning
	Coming              // 已排期, N 天后
	Fine                // 已完成, 到会, 已缴
	Clash               // 两边都改过
	Offline             // 离线, 待同步
)

// Mark is a state in one or two words, as a pill shows it.
type Mark struct {
	Tone Tone
	Say  string
}
