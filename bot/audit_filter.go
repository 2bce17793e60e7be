package bot

import (
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// auditFilter is what somebody wants to see of the record.
type auditFilter struct {
	Subject  council.Reference
	Member   int64
	Bot      bool
	Matter   council.Matter
	From, To council.Day // both zero: all days
}

// always tells whether it is about all days.
func (f auditFilter) always() bool { return f.From == council.Day{} }

// auditBot stands in buttons in the place of a member for the bot itself.
const auditBot = "bot"

// auditDay is how the first day of a period stands in buttons; how many days follow on it
// stands behind.
const auditDay = "060102"

// data is what a button carries that does something with what the filter lets through.
func (f auditFilter) data(what string, event int64) string {
	who, from, to := "", "", ""
	switch {
	case f.Bot:
		who = auditBot
	case f.Member != 0:
		who = idText(f.Member)
	}
	if !f.always() {
		from, to = f.From.At(12, 0, time.UTC).Format(auditDay), strconv.Itoa(f.To.Sub(f.From))
	}
	return data(pressAudit, what, event, f.Subject.String(), who, string(f.Matter), from, to)
}

// auditFilterOf reads what a button carries; false where nothing such is written.
func auditFilterOf(arguments pressArguments) (filter auditFilter, read bool) {
	if word := arguments.text(0); word != "" {
		if filter.Subject, read = council.ParseReference(word); !read {
			return filter, false
		}
	}
	filter.Bot, filter.Member = arguments.text(1) == auditBot, arguments.number(1)
	if filter.Matter = council.Matter(arguments.text(2)); filter.Matter != "" && !filter.Matter.IsKnown() {
		return filter, false
	}
	if arguments.text(3) == "" {
		return filter, true
	}
	from, err := time.Parse(auditDay, arguments.text(3))
	if err != nil {
		return filter, false
	}
	days, err := strconv.Atoi(arguments.text(4))
	filter.From = council.DayOf(from, time.UTC)
	filter.To = filter.From.Add(days)
	return filter, err == nil && days >= 0
}

// eventFilter is the filter as the record is searched by it, in the city's days.
func (r *request) eventFilter(filter auditFilter) store.EventFilter {
	found := store.EventFilter{Subject: filter.Subject, Member: filter.Member, Bot: filter.Bot, Matter: filter.Matter}
	if !filter.always() {
		found.Since, found.Until = filter.From.At(0, 0, r.city.Zone), filter.To.Add(1).At(0, 0, r.city.Zone)
	}
	return found
}

// auditFilterText says in words what a filter lets through.
func (r *request) auditFilterText(filter auditFilter) (string, error) {
	var parts []string
	if !filter.Subject.IsZero() {
		parts = append(parts, filter.Subject.String())
	}
	switch {
	case filter.Bot:
		parts = append(parts, r.speak.Say("audit.bot"))
	case filter.Member != 0:
		who, err := r.eventTeller().person(filter.Member)
		if err != nil {
			return "", err
		}
		parts = append(parts, who)
	}
	if filter.Matter != "" {
		parts = append(parts, r.speak.Say("audit.matter."+string(filter.Matter)))
	}
	if !filter.always() {
		parts = append(parts, r.auditDays(filter.From, filter.To))
	}
	if len(parts) == 0 {
		return r.speak.Say("audit.everything"), nil
	}
	return strings.Join(parts, " · "), nil
}

// auditDays names a period: "1 Juni 2026 – 7 Juni 2026".
func (r *request) auditDays(from, to council.Day) string {
	first := r.speak.Date(from.At(12, 0, time.UTC))
	if from == to {
		return first
	}
	return first + " – " + r.speak.Date(to.At(12, 0, time.UTC))
}

// auditPeriod is what a word for days means today: "today", "last_week", …
func (r *request) auditPeriod(period string) (from, to council.Day) {
	today := r.day()
	monday := today.Add(-(int(today.Weekday()) + 6) % 7)
	month := council.Month{Year: today.Year, Month: today.Month}
	switch period {
	case "yesterday":
		return today.Add(-1), today.Add(-1)
	case "this_week":
		return monday, monday.Add(6)
	case "last_week":
		return monday.Add(-7), monday.Add(-1)
	case "this_month":
		return monthDays(month)
	case "last_month":
		return monthDays(month.Add(-1))
	case "this_year":
		return council.Day{Year: today.Year, Month: time.January, Day: 1}, council.Day{Year: today.Year, Month: time.December, Day: 31}
	case "last_year":
		return council.Day{Year: today.Year - 1, Month: time.January, Day: 1}, council.Day{Year: today.Year - 1, Month: time.December, Day: 31}
	}
	return today, today
}

func monthDays(month council.Month) (first, last council.Day) {
	next := month.Add(1)
	return council.Day{Year: month.Year, Month: month.Month, Day: 1}, council.Day{Year: next.Year, Month: next.Month, Day: 1}.Add(-1)
}
