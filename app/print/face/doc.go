// Package face reads TrueType fonts for paper: which characters they have, how
// wide and of what shape each is, and a tiny font cut to what one document uses.
// A Font is parsed once and immutable, so documents may share it freely. A Face
// is a chain of fonts: the first that has a character draws it.
package face
