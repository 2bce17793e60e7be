package report

import "unicode/utf8"

// packOverhead is what a file takes in a ZIP and in both indexes beside its content
// and three times its name, in bytes, compressed.
const packOverhead = 600

// CutPack finds where a pack has to be cut so that each part stays below a limit in
// bytes, as far as no single file is larger. What is the same in every part, such as
// the index, has its room left.
func CutPack(contents PackContents, limit int64) (cuts []PackKey) {
	room := limit - int64(contents.Files()+len(contents.Indicators))*packOverhead
	for _, file := range contents.Statistics {
		room -= int64(len(file.Content)) // which only the first part has
	}
	var taken int64
	for _, indicator := range contents.Indicators {
		for _, evidence := range indicator.Evidence {
			size := evidence.Size + int64(4*utf8.RuneCountInString(evidence.Name+indicator.Name))
			if taken > 0 && taken+size > room {
				cuts = append(cuts, PackKey{indicator.Code, evidence.Number})
				taken = 0
			}
			taken += size
		}
	}
	return cuts
}
