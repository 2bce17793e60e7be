package report

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// notShown stands on paper for what the built-in letters do not have: other
// scripts, and the little pictures that people write.
const notShown = '□'

// builtIn are the letters that paper has.
var builtIn = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(liberationsansregular.TTF) })

// onPaper makes one line of what people wrote, in letters that paper has. Where a
// letter with its mark is missing, the letter stays; a run of anything else that is
// missing becomes one notShown.
func onPaper(text string) string {
	font, err := builtIn()
	if err != nil {
		return text
	}
	var buffer sfnt.Buffer
	has := func(r rune) bool {
		index, err := font.GlyphIndex(&buffer, r)
		return err == nil && index != 0
	}
	var line strings.Builder
	missing := false
	for _, r := range norm.NFC.String(strings.Join(strings.Fields(text), " ")) {
		if unicode.In(r, unicode.Cf, unicode.Cc, unicode.Mn, unicode.Me) {
			continue // changes how others are shown, and is nothing by itself
		}
		if !has(r) {
			r, _ = utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		}
		switch {
		case has(r):
			line.WriteRune(r)
			missing = false
		case !missing:
			line.WriteRune(notShown)
			missing = true
		}
	}
	return line.String()
}
