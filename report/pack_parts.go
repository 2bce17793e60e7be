package report

import "unicode/utf8"

// What a pack takes beside the contents, in bytes and compressed: an index of
// nothing, and what a file takes there and in the ZIP beside its name.
const (
	packBase     = 16 << 10
	packOverhead = 600
)

// CutPack finds where a pack has to be cut so that each part stays below a limit in
// bytes; fits is false where a single file is too large for one. What is the same in
// every part, such as the index, has its room left.
func CutPack(contents PackContents, limit int64) (cuts []PackKey, fits bool) {
	room := limit - packBase - int64(contents.Files()+len(contents.Indicators))*packOverhead
	for _, file := range contents.Statistics {
		room -= int64(len(file.Content)) // which only the first part has
	}
	var taken int64
	fits = true
	for _, indicator := range contents.Indicators {
		for _, evidence := range indicator.Evidence {
			size := evidence.Size + int64(4*utf8.RuneCountInString(evidence.Name+indicator.Name))
			if taken > 0 && taken+size > room {
				cuts = append(cuts, PackKey{indicator.Code, evidence.Number})
				taken = 0
			}
			taken += size
			fits = fits && size <= room
		}
	}
	return cuts, fits
}
