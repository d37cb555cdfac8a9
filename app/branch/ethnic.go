package branch

import (
	"fmt"
	"strings"

	"zhibu/storage/record"
)

// The 56 peoples in the order of GB/T 3304, codes 01–56.
const peoples = "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 " +
	"柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 " +
	"鄂伦春 赫哲 门巴 珞巴 基诺"

// ethnicities returns the peoples with the aliases found in real files
// (domain.md §3.4).
func ethnicities() record.Choice {
	older := map[string][]string{"德昂": {"崩龙族"}, "毛南": {"毛难族"}, "傈僳": {"傈傈族", "栗粟族"}, "柯尔克孜": {"柯尔族", "柯族"},
		"蒙古": {"蒙族"}, "维吾尔": {"维族"}, "朝鲜": {"朝族", "鲜族"}, "哈萨克": {"哈族"}, "布依": {"布衣族"}, "俄罗斯": {"俄族"}}
	var list []record.Code
	for i, name := range strings.Fields(peoples) {
		list = append(list, record.Code{ID: fmt.Sprintf("%02d", i+1), Label: name + "族", Also: append(older[name], name)})
	}
	return record.Choice{Codes: append(list, codes("97", "其他", "98", "外国血统中国籍人士")...)}
}
