package screen

import "zhibu/app/branch"

// SettleNumbers confirms the numbers given offline. It is called after an
// exchange with the district: then the books hold every number given elsewhere.
// It reports whether a number was confirmed or moved, which the next exchange
// carries (decisions.md 7).
func (b *Book) SettleNumbers() (bool, error) {
	edits := branch.SettleSerials(b)
	if len(edits) == 0 {
		return false, nil
	}
	_, err := b.Apply(edits...)
	return err == nil, err
}
