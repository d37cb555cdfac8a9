package sync

// Paths that the district writes into records besides the registers' own: where
// a transferred record went and came from, and, with AliasSuffix behind a
// number's path, what was printed before the district confirmed the number.
const (
	ForwardPath = "transferred_to"
	OriginPath  = "transferred_from"
	AliasSuffix = "_alias"
)
