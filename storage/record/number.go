package record

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Money is an amount in fen; the canonical value is the integer of fen.
type Money struct{}

// Name implements Type.
func (Money) Name() string { return "money" }

var moneyForm = regexp.MustCompile(`^(\d{1,12})(?:\.(\d{1,2}))?$`)

// Parse reads yuan with at most two decimals, with or without 元, ¥ and commas.
func (Money) Parse(typed string) (string, error) {
	s := strings.NewReplacer(",", "", " ", "", "¥", "", "￥", "", "元", "", "人民币", "").Replace(Halfwidth(clean(typed)))
	m := moneyForm.FindStringSubmatch(s)
	if m == nil {
		return "", Refuse("MONEY_FORMAT", "金额看不懂。请写成元和分，例如 13.40。")
	}
	fen, _ := strconv.ParseInt(m[1]+(m[2] + "00")[:2], 10, 64) // at most 14 digits
	return strconv.FormatInt(fen, 10), nil
}

// Format shows yuan with two decimals.
func (Money) Format(value string) string {
	fen, err := strconv.ParseInt(value, 10, 64)
	if err != nil || fen < 0 {
		return value
	}
	return fmt.Sprintf("%d.%02d", fen/100, fen%100)
}

// Samples implements Type.
func (Money) Samples() []string { return []string{"13.40", "1,240.5元", "￥5000", "0"} }

// Fen returns the integer of a canonical money value, 0 for anything else.
func Fen(value string) int64 {
	fen, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0
	}
	return fen
}

// Number is a number between Min and Max with at most Decimals decimals. With
// both bounds zero, 0 to 1,000,000,000 is allowed. Unit is shown behind the box.
type Number struct {
	Min, Max float64
	Decimals int
	Unit     string
}

// Name implements Type.
func (Number) Name() string { return "number" }

// Parse implements Type.
func (n Number) Parse(typed string) (string, error) {
	s := strings.NewReplacer(",", "", " ", "").Replace(Halfwidth(clean(typed)))
	if n.Unit != "" {
		s = strings.TrimSuffix(s, n.Unit)
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || strings.ContainsAny(s, "xXpP_") {
		return "", Refuse("NUMBER_FORMAT", "应为数字。请只写数字，不写单位。")
	}
	low, high := n.Min, n.Max
	if low == 0 && high == 0 {
		high = 1e9
	}
	if x < low || x > high {
		return "", Refuse("NUMBER_RANGE", fmt.Sprintf("应在 %v 到 %v 之间。请核对这个数。", low, high))
	}
	scale := math.Pow10(n.Decimals)
	if math.Round(x*scale)/scale != x {
		return "", Refuse("NUMBER_DECIMALS", fmt.Sprintf("最多 %d 位小数。请核对这个数。", n.Decimals))
	}
	return strconv.FormatFloat(x+0, 'f', -1, 64), nil
}

// Format implements Type.
func (Number) Format(value string) string { return value }

// Samples implements Type.
func (n Number) Samples() []string {
	low := strconv.FormatFloat(n.Min, 'f', -1, 64)
	return []string{low, low + n.Unit, strconv.FormatFloat(max(n.Min, min(n.Max, 12)), 'f', -1, 64)}
}

// Rate is a percentage with at most two decimals; the canonical value is the
// integer of ten-thousandths.
type Rate struct{}

// Name implements Type.
func (Rate) Name() string { return "rate" }

var rateForm = regexp.MustCompile(`^(\d{1,3}(?:\.\d{1,4})?)(%?)$`)

// Parse reads 1.5%, or 1.5. A number under 0.1 without the sign is a fraction, as
// spreadsheets keep percentages: 0.015 is 1.5%.
func (Rate) Parse(typed string) (string, error) {
	m := rateForm.FindStringSubmatch(strings.ReplaceAll(Halfwidth(clean(typed)), " ", ""))
	if m == nil {
		return "", Refuse("RATE_FORMAT", "比例看不懂。请写成百分数，例如 1.5%。")
	}
	x, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return "", Wrap(err, "RATE_FORMAT", "比例看不懂。请写成百分数，例如 1.5%。")
	}
	if m[2] == "" && x < 0.1 {
		x *= 100
	}
	bp := math.Round(x * 100)
	if math.Abs(x*100-bp) > 1e-6 {
		return "", Refuse("RATE_DECIMALS", "比例最多两位小数，例如 1.25%。请核对这个数。")
	}
	if bp > 10000 {
		return "", Refuse("RATE_RANGE", "比例应在 0 到 100% 之间。请写成百分数，例如 1.5%。")
	}
	return strconv.Itoa(int(bp)), nil
}

// Format shows a percentage: 1.5%.
func (Rate) Format(value string) string {
	bp, err := strconv.ParseUint(value, 10, 16)
	if err != nil {
		return value
	}
	return strconv.FormatFloat(float64(bp)/100, 'f', -1, 64) + "%"
}

// Samples implements Type.
func (Rate) Samples() []string { return []string{"1.5%", "0.5", "0.015", "2 ％", "0%"} }

// Int returns the integer part of a canonical number, 0 for anything else.
func Int(value string) int {
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || math.Abs(x) > 1e9 {
		return 0
	}
	return int(x)
}
