package bot

import (
	"strings"
	"time"
	"unicode/utf16"

	"github.com/rembuk/rembuk/council"
)

// Sizes of a page, in the units that Telegram counts in, of which it takes 4,096.
// Weeks stand together on a page as long as they are short.
const (
	planShortPage = 1800
	planLongPage  = 3000
)

// planPage is one page: some moments of one week, or of a few short ones.
type planPage struct {
	first time.Time
	text  string
}

// planPages parts moments into pages. A page begins with a week, unless the week
// is longer than a page.
func planPages(blocks []planMoment, write func(planMoment) string, zone *time.Location) []planPage {
	var pages []planPage
	var week council.Day
	for i := 0; i < len(blocks); {
		week = mondayOf(council.DayOf(blocks[i].at, zone))
		var texts []string
		length := 0
		first := i
		for ; i < len(blocks) && mondayOf(council.DayOf(blocks[i].at, zone)) == week; i++ {
			text := write(blocks[i])
			if length > 0 && length+units(text) > planLongPage {
				break
			}
			texts, length = append(texts, text), length+units(text)+1
		}
		text := strings.Join(texts, "\n")
		if last := len(pages) - 1; last >= 0 && units(pages[last].text)+length < planShortPage {
			pages[last].text += "\n" + text
			continue
		}
		pages = append(pages, planPage{blocks[first].at, text})
	}
	return pages
}

// mondayOf is the first day of a day's week.
func mondayOf(day council.Day) council.Day { return day.Add(-(int(day.Weekday()) + 6) % 7) }

// units is the length of a text as Telegram counts it.
func units(text string) (count int) {
	for _, letter := range text {
		count += utf16.RuneLen(letter)
	}
	return count
}
