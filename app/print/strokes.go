package print

import (
	"fmt"
	"strings"
	"sync"

	"zhibu/assets"
)

// strokes maps the characters of 通用规范汉字表 to their stroke count and place;
// the table orders characters of equal count by their strokes' kinds (横竖撇点折).
var strokes = sync.OnceValue(func() map[rune]string {
	out := map[rune]string{}
	place := 0
	for _, line := range strings.Split(assets.Tongyong(), "\n") {
		parts := strings.SplitN(line, " ", 3)
		if len(parts) < 3 {
			continue
		}
		for _, r := range parts[2] {
			place++
			out[r] = fmt.Sprintf("%02s%05d", parts[1], place)
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
