// Package printtest makes invented branches for tests of printing: nothing,
// something typical, everything as long as it may be, rare names, thousands of
// rows. No person in it exists.
package printtest

import (
	"fmt"
	"slices"

	"zhibu/storage/record"
)

// World is a branch in memory; it implements record.Around.
type World struct {
	today record.Date
	kinds map[string][]record.Record
}

// Size says what a world is like.
type Size int

// The worlds.
const (
	Empty   Size = iota // a branch with a name and nothing else
	Typical             // 20 members, a year of work
	Longest             // every text as long as people write
	Rare                // names with characters from everywhere
	Crowd               // 2,000 members
)

// Sizes returns every size.
func Sizes() []Size { return []Size{Empty, Typical, Longest, Rare, Crowd} }

// String names the size.
func (s Size) String() string { return [...]string{"empty", "typical", "longest", "rare", "crowd"}[s] }

// Today implements record.Around.
func (w *World) Today() record.Date { return w.today }

// Get implements record.Around.
func (w *World) Get(kind, id string) (record.Record, bool) {
	for _, r := range w.kinds[kind] {
		if r.ID == id {
			return r, true
		}
	}
	return record.Record{}, false
}

// All implements record.Around.
func (w *World) All(kind string) []record.Record { return slices.Clone(w.kinds[kind]) }

// Add puts a record into the world and returns its id.
func (w *World) Add(kind string, values record.Values) string {
	id := fmt.Sprintf("%s-%04d", kind, len(w.kinds[kind])+1)
	w.kinds[kind] = append(w.kinds[kind], record.Record{Kind: kind, ID: id, Values: values})
	return id
}

// First returns the id of the first record of a kind, "" if there is none.
func (w *World) First(kind string) string {
	if len(w.kinds[kind]) == 0 {
		return ""
	}
	return w.kinds[kind][0].ID
}

// Names are the twelve sample names of domain.md §9 and those people forget.
func Names() []string {
	return []string{"王䶮", "欧阳㛃", "李㬎", "赵鿏", "周𠅤", "吴𤩽", "郑𥖨", "冯𪣻", "徐𫖯", "陈𫞩", "张𬀩", "沈𬱖",
		"阿卜杜热合曼·买买提明", "买买提艾力·阿不都克里木·吐尔逊江", "John Smith", "龘靐齉"}
}

var typicalNames = []string{"陈立群", "陆婉清", "顾明川", "唐映雪", "丁一舟", "方书禾", "邱景行", "侯佳音", "石远航", "曾令仪",
	"范语桐", "韩知远", "薛望舒", "俞文清", "许清如", "梁思齐", "白雨桐", "姚启明", "龚子墨", "葛明远"}

// New makes a world.
func New(size Size) *World {
	w := &World{today: record.Date{Year: 2026, Month: 11, Day: 20}, kinds: map[string][]record.Record{}}
	w.Add("branch", record.Values{"name": "中共青梧街道云栈科技园第三联合党支部", "has_committee": "1", "short_name": "云栈第三联合党支部",
		"line_superior": "中共浦江新区软件行业综合委员会", "territorial_superior": "中共青梧街道工作委员会", "address": "云栈路88号一号楼203室", "secretary_phone": "021-58001234"})
	if size == Empty {
		return w
	}
	w.members(size)
	w.people(size)
	w.signs(size)
	w.dues(size)
	w.meetings(size)
	return w
}

func (w *World) members(size Size) {
	n := 20
	if size == Crowd {
		n = 2000
	}
	for i := range n {
		w.Add("member", member(size, i))
	}
	for i, post := range []string{"SECRETARY", "ORGANISATION", "PUBLICITY"} {
		b := w.kinds["branch"][0].Values
		b[fmt.Sprintf("committee/r%d/member", i)] = fmt.Sprintf("member-%04d", i+1)
		b[fmt.Sprintf("committee/r%d/post", i)] = post
		b[fmt.Sprintf("committee/r%d/from", i)] = "2024-03-01"
	}
}

func member(size Size, i int) record.Values {
	v := record.Values{
		"name": name(size, i), "gender": fmt.Sprint(1 + i%2), "ethnicity": fmt.Sprintf("%02d", 1+i%3),
		"birth": fmt.Sprintf("%d-%02d-%02d", 1960+i%40, 1+i%12, 1+i%28), "id_no": idNo(i), "education": []string{"21", "22", "12"}[i%3],
		"joined": fmt.Sprintf("%d-06-20", 2004+i%18), "converted": fmt.Sprintf("%d-06-20", 2005+i%18), "category": "FULL", "status": "NORMAL",
		"mobile": fmt.Sprintf("139%08d", 11112222+i*37), "employer": []string{"禾木检测", "云帆智控", "街区物业", "澄光软件"}[i%4],
		"title": []string{"工程师", "主管", "客服", "测试员"}[(i/4)%4], "group": fmt.Sprintf("第%d党小组", 1+i%3), "native_place": "江苏昆山",
		"home_address": fmt.Sprintf("青梧街道云栈路%d弄%d号502室", 100+i, 1+i%30), "base_fen": fmt.Sprint(650000 + i*12345), "rate_bp": "150",
		"monthly_fen": fmt.Sprint(9750 + i*185), "start_work_date": fmt.Sprintf("%d-07", 1985+i%30),
	}
	if i%9 == 8 {
		v["category"], v["converted"], v["joined"] = "PROBATIONARY", "", "2026-06-18"
	}
	if i%7 == 3 {
		v["is_floating"], v["float_since"], v["float_out_to"], v["float_reason"], v["float_state"] = "1", "2026-02-01", "浙江省宁波市", "WORK", "ENROLLED"
		v["contact/c1/date"], v["contact/c1/channel"], v["contact/c1/person"], v["contact/c1/content"] = "2026-08-03", "电话", "陈立群", "了解近况，通知参加线上党课"
	}
	if size == Longest {
		v["employer"], v["title"] = "上海浦江新区云栈智能网联汽车零部件检测认证技术服务有限责任公司", "电子电气与电磁兼容实验室副主任兼质量负责人"
		v["native_place"], v["note"] = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县", "预备期满后因外派延长考察，材料正在补齐；原档案在人才中心"
		v["home_address"] = "上海市浦江新区青梧街道云栈科技园人才公寓三期十二号楼二单元一千五百零二室"
	}
	return v
}

func name(size Size, i int) string {
	switch size {
	case Rare:
		return Names()[i%len(Names())]
	case Longest:
		return []string{"买买提艾力·阿不都克里木·吐尔逊江", "欧阳㛃", "阿卜杜热合曼·买买提明", "诸葛司马青云"}[i%4]
	case Crowd:
		return typicalNames[i%len(typicalNames)][:3] + typicalNames[(i/20)%20][3:]
	}
	return typicalNames[i%len(typicalNames)]
}

// idNo makes a number with a right check digit and an area that is in no list.
func idNo(i int) string {
	body := fmt.Sprintf("310115%d%02d%02d%03d", 1960+i%40, 1+i%12, 1+i%28, i%1000)
	sum := 0
	for k, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[k]-'0') * w
	}
	return body + string("10X98765432"[sum%11])
}
