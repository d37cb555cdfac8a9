package print

import (
	"strconv"

	"zhibu/app/branch"
	"zhibu/app/print/page"
	"zhibu/storage/record"
)

// f13 is 组织关系介绍信: the three-part letter, and the slip for transfers inside
// the city. Source: the nation-wide letter and its filling rules [S26, S26b]; the
// slip of a Pudong committee [S28] (domain.md §3.7, §7.3 F13).
func f13() Form {
	return Form{Code: "F13", Name: "党员组织关系介绍信", Kinds: []string{"member"}, Blank: true, Overlay: true,
		Variants: []Variant{{"A", "三联介绍信"}, {"B", "系统内通知联"}},
		Asks:     []Ask{{"no", "介绍信编号"}, {"to", "收信党组织（抬头）"}, {"dest", "转往的党组织"}, {"paid", "党费交到（年月）"}},
		Source:   "党员组织关系介绍信（全国通用三联式样）及填写说明；上海市系统内转接通知联",
		draw: func(d *draft) {
			d.numbered = func(*draft) {}
			if d.variant == "B" {
				d.each(page.Sheet{W: 210, H: 297, Left: 28, Top: 30, Right: 26, Bottom: 25}, d.slip)
				return
			}
			d.each(page.Sheet{W: 210, H: 297, Left: 20, Top: 6, Right: 20, Bottom: 6}, d.letterOf)
		}}
}

// transfer is what the letter says about one member.
func (d *draft) transfer(m record.Record) (out map[string]string) {
	d.quietly(func() { out = d.transferFacts(m) })
	return out
}

func (d *draft) transferFacts(m record.Record) map[string]string {
	v := m.Values
	out := map[string]string{"name": d.text(m, "name"), "gender": v["gender"], "ethnicity": d.text(m, "ethnicity"), "id": d.text(m, "id_no"), "category": v["category"],
		"no": d.text(m, "letter_no"), "to": d.fill("to"), "dest": d.text(m, "out_to"), "phone": d.text(m, "mobile")}
	if out["no"] == "" {
		out["no"] = d.fill("no")
	}
	if out["dest"] == "" {
		out["dest"] = d.fill("dest")
	}
	if m.ID == "" {
		return out
	}
	out["from"] = d.branchName()
	if age, ok := branch.Age(record.ReadDate(v["birth"]), d.in.Today()); ok {
		out["age"] = strconv.Itoa(age)
	}
	if days := record.Int(v["letter_valid_days"]); days > 0 {
		out["days"] = capital(int64(days))
	}
	if paid := record.ReadDate(d.opt.Fill["paid"]); !paid.IsZero() {
		out["paid_year"], out["paid_month"] = capitalYear(paid.Year), capitalMonth(paid.Month)
	}
	today := d.in.Today()
	out["year"], out["month"], out["day"] = strconv.Itoa(today.Year), strconv.Itoa(today.Month), strconv.Itoa(today.Day)
	return out
}

// letterOf draws the three parts on one sheet: stub 70 mm, letter 140 mm, receipt
// 85 mm, with tear lines between.
func (d *draft) letterOf(m record.Record) {
	v := d.transfer(m)
	d.stub(v)
	d.tear(70, "（骑缝章）")
	d.introduction(v)
	d.tear(210, "")
	d.receipt(v)
}

func (d *draft) letterStyle() page.Style {
	s := d.song(size4s)
	s.Lead, s.Align, s.First = 9, page.Left, 2
	return s
}

// part writes the heading of one part: title, which part, number.
func (d *draft) part(y float64, title, which string, v map[string]string) {
	d.Y = y
	s := d.titleStyle(size2s)
	d.Text(page.Para{{Text: title, Style: s}})
	d.headline([]page.Span{d.say(which)}, []page.Span{d.say("第 "), d.blank(v["no"], 34), d.say(" 号")})
	d.Gap(2)
}

func (d *draft) stub(v map[string]string) {
	d.part(6, "中国共产党党员组织关系介绍信存根", "第一联", v)
	s := d.letterStyle()
	d.Text(append(append(d.sentence(s, "{name:34}同志系中共（", v), d.choice(s, v["category"], branch.Probationary, "预备", branch.Full, "正式")...),
		d.sentence(s, "）党员，组织关系由{from:60}转到{dest:60}。", v)...))
	d.dateRight(v)
	small := d.song(size5s)
	d.Text(page.Para{{Text: "（贴回执联处）", Style: small}})
}

func (d *draft) introduction(v map[string]string) {
	d.part(75, "中国共产党党员组织关系介绍信", "第二联", v)
	s := d.letterStyle()
	to := s
	to.First, to.Align = 0, page.Left
	d.Text(d.sentence(to, "{to:60}：", v))
	p := d.sentence(s, "{name:34}同志（", v)
	p = append(p, d.choice(s, v["gender"], branch.Male, "男", branch.Female, "女")...)
	p = append(p, d.sentence(s, "），{age:14}岁，{ethnicity:20}，系中共（", v)...)
	p = append(p, d.choice(s, v["category"], branch.Probationary, "预备", branch.Full, "正式")...)
	p = append(p, d.sentence(s, "）党员，身份证号码{id:60}，由{from:60}去{dest:60}，请接转组织关系。该同志党费已交到{paid_year:26}年{paid_month:16}月。", v)...)
	d.Text(p)
	d.Text(d.sentence(s, "（有效期{days:20}天）", v))
	d.seal("（盖章）", v)
	d.Gap(2)
	small := d.song(size5)
	small.Lead = 7.4
	d.Text(d.sentence(small, "党员联系电话或其他联系方式：{phone:70}", v),
		d.sentence(small, "党员原所在基层党委通讯地址：{:90}", nil),
		d.sentence(small, "联系电话：{:40}　传真：{:34}　邮编：{:24}", nil))
}

func (d *draft) receipt(v map[string]string) {
	d.part(214, "中国共产党党员组织关系介绍信回执联", "第三联", v)
	s := d.letterStyle()
	to := s
	to.First, to.Align = 0, page.Left
	d.Text(d.sentence(to, "{from:80}：", v), d.sentence(s, "{name:34}同志的党员组织关系已转达我处，特此回复。", v))
	d.seal("（盖章）", nil)
	small := d.song(size5)
	d.Text(d.sentence(small, "经办人：{:40}　　联系电话：{:50}", nil), page.Para{{Text: "（本回执请于接收后一个月内由接收党员的基层党委寄回）", Style: d.song(size5s)}})
}

// choice writes two alternatives and strikes out the wrong one; with neither
// chosen both stand.
func (d *draft) choice(s page.Style, value, first, firstText, second, secondText string) page.Para {
	slash := page.Span{Text: "/", Style: s}
	a, b := page.Span{Text: firstText, Style: s}, page.Span{Text: secondText, Style: s}
	a.Wrong, b.Wrong = value == second && value != "", value == first && value != ""
	return page.Para{a, slash, b}
}

// seal leaves the place of a seal over the date.
func (d *draft) seal(text string, v map[string]string) {
	s := d.song(size4s)
	s.Align = page.Right
	d.Text(page.Para{{Text: text + "　　　　　", Style: s}})
	d.dateRight(v)
}

func (d *draft) dateRight(v map[string]string) {
	s := d.song(size4s)
	s.Align, s.Lead = page.Right, 9
	d.Text(d.sentence(s, "{year:16}年{month:10}月{day:10}日", v))
}

// tear draws a dashed line across the sheet.
func (d *draft) tear(y float64, note string) {
	p := d.Page()
	p.Add(page.Line{X1: 0, Y1: y, X2: p.W, Y2: y, Width: 0.2, Dash: 1.5, Color: page.Black, Stroke: page.Deco})
	if note != "" {
		s := d.song(size5s)
		s.Color = page.Grey
		lines := page.Lines([]page.Para{{{Text: note, Style: s}}}, 40)
		page.DrawLines(p, lines, p.Area.Right()-24, y+0.6)
	}
}

// slip is the notice for transfers inside the city system, 16 points or more.
func (d *draft) slip(m record.Record) {
	v := d.transfer(m)
	issuer := d.superior()
	if issuer == "" {
		issuer = "×××综合党委"
	}
	top := d.titleStyle(size2)
	d.Text(page.Para{{Text: issuer, Style: top}})
	d.Gap(6)
	title := d.titleStyle(size3)
	d.Text(page.Para{{Text: "党员组织关系介绍信（系统内）　通知联", Style: title}})
	d.Gap(4)
	s := d.song(size3)
	s.Lead, s.Align = 13, page.Left
	right := s
	right.Align = page.Right
	d.Text(d.sentence(right, "第 {no:40} 号", v))
	d.Text(d.sentence(s, "收件组织：{dest:90}", v))
	s.First = 2
	p := d.sentence(s, "现介绍{name:34}同志（", v)
	p = append(p, d.choice(s, v["gender"], branch.Male, "男", branch.Female, "女")...)
	p = append(p, d.sentence(s, "）系中共（", nil)...)
	p = append(p, d.choice(s, v["category"], branch.Probationary, "预备", branch.Full, "正式")...)
	p = append(p, d.sentence(s, "）党员，身份证号{id:70}，由{from:60}去{dest:60}处，请转接组织关系。党费交至{paid_month:20}月份。", v)...)
	d.Text(p)
	s.First = 0
	d.Text(d.sentence(s, "党员电话与紧急联系人电话：{phone:80}", v), d.sentence(s, "对方党组织联系人和联系电话：{:70}", nil),
		d.sentence(s, "抬头：{to:100}", v), d.sentence(s, "去处：{dest:100}", v))
	d.Gap(10)
	right.First = 0
	d.Text(d.sentence(right, "{year:20}年{month:12}月{day:12}日", v), page.Para{{Text: "（支部签章）　　　　", Style: right}})
}
