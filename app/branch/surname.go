package branch

import (
	"strings"
	"sync"
)

// surnames lists surnames that are read differently from the usual reading of
// their character, and compound surnames, each followed by its reading.
const surnames = `单 shan|曾 zeng|仇 qiu|解 xie|区 ou|查 zha|覃 qin|朴 piao|任 ren|华 hua|盖 ge|缪 miao|种 chong|重 chong|冼 xian|洗 xian|纪 ji|
尉 wei|员 yun|郇 xun|卜 bu|召 shao|秘 bi|乜 nie|燕 yan|晟 cheng|折 she|黑 he|适 kuo|句 gou|哈 ha|那 na|宓 mi|葛 ge|翟 zhai|宁 ning|甯 ning|
乐 yue|瞿 qu|藏 zang|臧 zang|石 shi|车 che|牟 mu|眭 sui|佟 tong|殷 yin|应 ying|於 yu|郗 xi|逄 pang|撒 sa|隗 wei|祭 zhai|妫 gui|
柏 bai|薄 bo|贲 ben|晁 chao|谌 chen|褚 chu|都 du|洪 hong|阚 kan|亢 kang|匡 kuang|厉 li|娄 lou|芈 mi|能 nai|逯 lu|麦 mai|万 wan|欧 ou|
戚 qi|强 qiang|曲 qu|阙 que|冉 ran|芮 rui|沙 sha|莘 shen|盛 sheng|苫 shan|帅 shuai|粟 su|祝 zhu|禤 xuan|相 xiang|行 xing|幸 xing|要 yao|
叶 ye|尹 yin|尤 you|俞 yu|虞 yu|庾 yu|郁 yu|恽 yun|詹 zhan|仉 zhang|占 zhan|长 chang|郑 zheng|钟 zhong|訾 zi|宗 zong|大 dai|过 guo|教 jiao|
尉迟 yu chi|万俟 mo qi|单于 chan yu|长孙 zhang sun|澹台 tan tai|令狐 ling hu|夏侯 xia hou|欧阳 ou yang|上官 shang guan|诸葛 zhu ge|
司马 si ma|司徒 si tu|司空 si kong|皇甫 huang fu|宇文 yu wen|慕容 mu rong|公孙 gong sun|公冶 gong ye|太史 tai shi|申屠 shen tu|轩辕 xuan yuan|
钟离 zhong li|濮阳 pu yang|淳于 chun yu|东方 dong fang|赫连 he lian|呼延 hu yan|独孤 du gu|南宫 nan gong|西门 xi men|闻人 wen ren|
乐正 yue zheng|宰父 zai fu|谷梁 gu liang|拓跋 tuo ba|夹谷 jia gu|亓官 qi guan|仉督 zhang du|漆雕 qi diao|壤驷 rang si|微生 wei sheng|左丘 zuo qiu`

var surnameReadings = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	for _, entry := range strings.Split(strings.ReplaceAll(surnames, "\n", ""), "|") {
		name, reading, _ := strings.Cut(entry, " ")
		out[name] = strings.Fields(reading)
	}
	return out
})

// surnameOf splits a name after a surname of the table and returns the
// surname's reading; the name itself and nothing when it has none.
func surnameOf(name string) (reading []string, rest string) {
	runes := []rune(name)
	for n := min(2, len(runes)-1); n > 0; n-- { // a name is longer than its surname
		if syllables, ok := surnameReadings()[string(runes[:n])]; ok {
			return syllables, string(runes[n:])
		}
	}
	return nil, name
}
