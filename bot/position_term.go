package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// takeTerm takes out from when to when somebody is in a position: "mulai 1
// Juni", "sampai 30 Juni", "3–7 Juni". A day alone is a deputy's only day; of
// others it is asked.
func (r *request) takeTerm(text string, wish *positionWish) (rest string, err error) {
	if from, to, ok := reading.FindRange(text, r.readingContext()); ok {
		wish.First, wish.Last = r.dayOf(from), r.dayOf(to)
		return text[:from.Start] + " " + text[to.End:], r.checkTerm(*wish)
	}
	dues := reading.FindAll(text, r.readingContext())
	slices.Reverse(dues)
	for _, due := range dues {
		lead, cut := termLead(text, due)
		switch known := due.Outcome == reading.Found || due.Outcome == reading.Past && !due.Time.IsZero(); {
		case !known:
			err = council.Refuse("position_term")
		case lead == "until":
			wish.Last = r.dayOf(due)
		case lead == "since":
			wish.First = r.lately(r.dayOf(due), due)
		case lead == "from":
			wish.First = r.dayOf(due)
		case wish.Release || beginsAsDeputy(text):
			wish.First, wish.Last = r.dayOf(due), r.dayOf(due)
		default:
			err = council.Refuse("position_term")
		}
		text = text[:cut] + " " + text[due.End:]
	}
	if err != nil {
		return text, err
	}
	return text, r.checkTerm(*wish)
}

// termLead tells what leads into a date, the first word of its phrase or what
// stands before it, and where that begins.
func termLead(text string, due reading.Due) (lead string, cut int) {
	if words := strings.Fields(text[due.Start:due.End]); len(words) > 0 {
		lead, _ = locale.Meaning("term", words[0])
	}
	for cut = due.Start; ; {
		before := strings.TrimRight(text[:cut], " ")
		at := strings.LastIndex(before, " ") + 1
		word, leads := locale.Meaning("term", before[at:])
		if !leads {
			return lead, cut
		}
		if cut = at; lead == "" {
			lead = word
		}
	}
}

func beginsAsDeputy(text string) bool {
	_, count := leading("deputy", strings.Fields(text))
	return count > 0
}

// sinceLimit is from when on a day without a year, since which something has
// been, is one of the year before.
const sinceLimit = 180

// lately is the day since which something has been, which is not far ahead.
func (r *request) lately(day council.Day, due reading.Due) council.Day {
	if due.Kind == "day_month" && day.Sub(r.day()) > sinceLimit {
		day.Year--
	}
	return day
}

func (r *request) checkTerm(wish positionWish) error {
	ends := wish.Last != council.Day{}
	switch {
	case ends && wish.Last.Before(wish.First):
		return council.Refuse("position_term")
	case ends && wish.Last.Before(r.day()):
		return council.Refuse("position_term_past", "Day", r.speak.Day(wish.Last.At(0, 0, r.city.Zone)))
	}
	return nil
}

func (r *request) dayOf(due reading.Due) council.Day { return council.DayOf(due.Time, r.city.Zone) }

// day is the local day of the rules' clock.
func (r *request) day() council.Day { return council.DayOf(r.now, r.city.Zone) }
