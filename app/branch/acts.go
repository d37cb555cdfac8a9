package branch

import (
	"maps"
	"slices"
)

// Acts lists the codes of what can be done with a record of a kind: the events of a
// member and ADOPT, the exits of a person of the pool, the acts of a post, a zone or
// a demand; none for other kinds.
func Acts(kind string) []string {
	switch kind {
	case "member":
		return append(slices.Sorted(maps.Keys(changes)), "ADOPT")
	case "pool":
		var out []string
		for _, exit := range exits().Codes {
			out = append(out, exit.ID)
		}
		return out
	case "post", "zone":
		return slices.Sorted(maps.Keys(signActs))
	case "demand":
		return slices.Sorted(maps.Keys(demandActs))
	}
	return nil
}
