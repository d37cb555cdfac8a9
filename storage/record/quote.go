package record

import "strings"

// Quoted puts words into quotation marks; marks inside become single ones, as in
// “‘党员示范岗’申报表”.
func Quoted(words string) string {
	return "“" + strings.NewReplacer("“", "‘", "”", "’").Replace(words) + "”"
}
