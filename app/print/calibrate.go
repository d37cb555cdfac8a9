package print

import (
	"fmt"
	"strings"

	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// crossAt is where the calibration cross stands, in mm from the left and the top
// edge of the paper.
const crossAt = 50.0

// CalibrationSheet returns a page with one cross 50 mm from the left and from the
// top edge. A person measures where it really stands; Calibrate turns the two
// numbers into what overlay printing on this printer needs.
func CalibrationSheet(in record.Around, faces *Faces) (*Document, error) {
	d, err := newDraft(Form{Name: "套打校准页"}, in, Options{Faces: faces})
	if err != nil {
		return nil, err
	}
	d.paper(page.Portrait)
	for _, l := range []page.Line{{X1: crossAt - 20, Y1: crossAt, X2: crossAt + 20, Y2: crossAt}, {X1: crossAt, Y1: crossAt - 20, X2: crossAt, Y2: crossAt + 20}} {
		l.Width, l.Color, l.Stroke = 0.2, page.Black, page.Deco
		d.Page().Add(l)
	}
	for i := 1; i <= 15; i++ {
		tick := 1.5
		if i%5 == 0 {
			tick = 3
		}
		for _, at := range []float64{crossAt - float64(i), crossAt + float64(i)} {
			d.Page().Add(page.Line{X1: at, Y1: crossAt, X2: at, Y2: crossAt + tick, Width: 0.1, Color: page.Black, Stroke: page.Deco},
				page.Line{X1: crossAt, Y1: at, X2: crossAt + tick, Y2: at, Width: 0.1, Color: page.Black, Stroke: page.Deco})
		}
	}
	d.Y = 85
	s := d.song(size4s)
	s.Lead, s.Align = 9, page.Justify
	for _, text := range []string{
		"1. 用要套打的纸和同一台打印机，按“实际大小”（不缩放）打印本页。",
		fmt.Sprintf("2. 用尺量十字中心到纸的左边和上边的距离，应各为 %.0f 毫米。", crossAt),
		"3. 把量得的两个数填进“套打校准”，程序会把套打的文字移到该在的位置。",
		"4. 换了打印机、纸盒或表格，再做一次。",
	} {
		d.Text(page.Para{{Text: text, Style: s}})
	}
	d.numbered = func(*draft) {}
	d.finish()
	return &Document{page: page.Document{Pages: d.Pages, Title: "套打校准页", Author: d.branchName(), Date: in.Today().Time()}}, nil
}

// Calibrate returns the correction for a printer that put the cross left mm from
// the left edge and top mm from the top edge. Differences over 30 mm are a wrong
// measurement, or a print that was scaled.
func Calibrate(left, top float64) (Calibration, error) {
	c := Calibration{Right: crossAt - left, Down: crossAt - top}
	if c.Right > 30 || c.Right < -30 || c.Down > 30 || c.Down < -30 {
		return Calibration{}, refuse("CALIBRATION_RANGE", "量得的数和 50 毫米相差太多。请确认按实际大小打印，再从纸边量到十字中心。")
	}
	return c, nil
}

// RecoverySheet returns the page that a recovery code is kept on in the safe.
func RecoverySheet(branch string, groups []string, in record.Around) (*Document, error) {
	d, err := newDraft(Form{Name: "恢复码"}, in, Options{})
	if err != nil {
		return nil, err
	}
	d.paper(page.Portrait)
	say := func(text string, s page.Style, gap float64) {
		d.Text(page.Para{{Text: text, Style: s}})
		d.Gap(gap)
	}
	say("支部台账恢复码", d.titleStyle(22), 8)
	middle, code, body := d.song(size4s), d.hei(26), d.song(size4s)
	middle.Align, code.Align, body.Align, body.Lead = page.Center, page.Center, page.Justify, 9
	say(branch, middle, 10)
	for i := 0; i < len(groups); i += 3 {
		say(strings.Join(groups[i:min(i+3, len(groups))], "  -  "), code, 6)
	}
	for _, text := range []string{
		"1. 忘了密码时，只有这个恢复码能打开支部的台账。",
		"2. 请把本页放进支部的保险柜，不要拍照，不要发到群里，不要和电脑放在一起。",
		"3. 密码和恢复码都丢了，台账打不开，区里也没有办法。",
		"4. 换了恢复码或移交给下一任书记后，本页作废，请销毁。",
	} {
		say(text, body, 0)
	}
	d.Gap(8)
	say("打印日期："+cnDate(in.Today().String()), body, 0)
	d.numbered = func(*draft) {}
	d.finish()
	return &Document{page: page.Document{Pages: d.Pages, Title: "支部台账恢复码", Author: branch, Date: in.Today().Time()}}, nil
}
