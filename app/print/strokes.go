package print

import (
	"fmt"
	"strings"
	"sync"

	"zhibu/assets"
)

// strokes maps the characters of 通用规范汉字表 to their stroke count and place:
// those of equal count stand in the order of their strokes' kinds (横竖撇点折).
var strokes = sync.OnceValue(func() map[rune]string {
	out := map[rune]string{}
	place := 0
	for _, line := range strings.Split(assets.Tongyong(), "\n") {
		count, characters, _ := strings.Cut(line, " ")
		for _, r := range characters {
			place++
			out[r] = fmt.Sprintf("%02s%05d", count, place)
		}
	}
	return out
})

// strokeKey orders names by 姓氏笔画: character by character, fewer strokes
// first, equal counts in the order of the table. Characters outside of the table
// come after those inside.
func strokeKey(name string) string {
	var b strings.Builder
	for _, r := range name {
		if key, ok := strokes()[r]; ok {
			b.WriteString(key)
			continue
		}
		fmt.Fprintf(&b, "99%06x", r)
	}
	return b.String()
}
