package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// auditReader takes out of a line what it understands, in whatever order that stands.
type auditReader struct {
	*request
	filter auditFilter
	words  []string // what is left to be understood; an empty word stands where something was
	unread []string
}

// readAuditFilter reads what follows /jejak: a thing, a person, a kind of what happened
// and a period, in any order. Words that mean nothing come back.
func (r *request) readAuditFilter() (auditFilter, []string, error) {
	reader := auditReader{request: r}
	text, err := reader.people()
	if err != nil {
		return reader.filter, nil, err
	}
	reader.words = strings.FieldsFunc(text, func(letter rune) bool {
		return letter == ' ' || letter == '\n' || letter == ',' || letter == ';' || letter == '\t'
	})
	if len(reader.words) == 0 && isNamed(r.about) && reader.filter == (auditFilter{}) {
		reader.filter.Subject = r.about // the message that is replied to
	}
	reader.things()
	reader.phrases()
	reader.dates()
	err = reader.names()
	return reader.filter, reader.unread, err
}

// people takes mentions out of the line. Somebody of whom nothing is known is not kept for that.
func (a *auditReader) people() (rest string, err error) {
	rest, entities := body(a.message)
	for _, entity := range slices.Backward(entities) {
		start, end, ok := entitySpan(rest, entity)
		if !ok {
			continue
		}
		if command := entity.Type == models.MessageEntityTypeBotCommand && start == 0; !command {
			called, err := a.mentioned(entity, rest[start:end])
			if err != nil {
				return rest, err
			}
			if !called {
				continue
			}
		}
		rest = rest[:start] + " , " + rest[end:]
	}
	return rest, nil
}

// mentioned takes a mention; false for what is none.
func (a *auditReader) mentioned(entity models.MessageEntity, name string) (called bool, err error) {
	var member council.Member
	switch {
	case entity.Type == models.MessageEntityTypeMention && council.FoldUsername(name) == council.FoldUsername(a.Username()):
		a.filter.Bot = true
		return true, nil
	case entity.Type == models.MessageEntityTypeMention:
		member, err = a.tx.MemberByUsername(name)
	case entity.Type == models.MessageEntityTypeTextMention && entity.User != nil:
		member, err = a.tx.MemberByTelegramID(entity.User.ID)
	default:
		return false, nil
	}
	if err != nil || a.filter.Member != 0 && a.filter.Member != member.ID {
		a.unread = append(a.unread, name)
		return true, notFoundIsNil(err)
	}
	a.filter.Member = member.ID
	return true, nil
}

// things takes out the first thing that is named: "T-12", "t12".
func (a *auditReader) things() {
	for i, word := range a.words {
		reference, is := council.ParseReference(word)
		if !is {
			continue
		}
		if !a.filter.Subject.IsZero() && a.filter.Subject != reference {
			a.unread = append(a.unread, word)
		} else {
			a.filter.Subject = reference
		}
		a.words[i] = ""
	}
}

// auditPhrase is how many words the longest phrase has.
const auditPhrase = 3

// phrases takes out kinds of things and of what happened, days, and words that only join.
func (a *auditReader) phrases() {
	for i := 0; i < len(a.words); i++ {
		for length := min(auditPhrase, len(a.words)-i); length > 0; length-- {
			together := a.words[i : i+length]
			if slices.Contains(together, "") || !a.phrase(strings.Join(together, " ")) {
				continue
			}
			for j := range together {
				together[j] = ""
			}
		}
	}
}

func (a *auditReader) phrase(text string) bool {
	if _, joins := locale.Meaning("audit_filler", text); joins {
		return true
	}
	if period, known := locale.Meaning("audit_period", text); known && a.filter.always() {
		a.filter.From, a.filter.To = a.auditPeriod(period)
		return true
	}
	who, known := locale.Meaning("audit_who", text)
	switch {
	case known && who == auditBot:
		a.filter.Bot = true
		return true
	case known && a.filter.Member == 0:
		a.filter.Member = a.actor.ID
		return true
	}
	matter, known := locale.Meaning("audit_matter", text)
	if known && a.filter.Matter == "" {
		a.filter.Matter = council.Matter(matter)
		return true
	}
	return false
}

// dates takes out a period, a day or a month. What can be read as a day of this year or
// of the last one is the day that has come.
func (a *auditReader) dates() {
	if !a.filter.always() {
		return
	}
	text := strings.Join(a.words, " ")
	today := a.now.In(a.city.Zone)
	context := reading.Context{Now: time.Date(today.Year()-1, today.Month(), today.Day()+1, 0, 0, 0, 0, a.city.Zone)}
	if from, to, found := reading.FindRange(text, context); found {
		a.take(text, from.Start, to.End, council.DayOf(from.Time, a.city.Zone), council.DayOf(to.Time, a.city.Zone))
		return
	}
	for _, due := range reading.FindAll(text, context) {
		if !isDate(due.Kind) || due.Outcome != reading.Found && due.Outcome != reading.Past {
			continue
		}
		day := council.DayOf(due.Time, a.city.Zone)
		a.take(text, due.Start, due.End, day, day)
		return
	}
	a.month()
}

// isDate tells whether a kind of phrase names a day by its date.
func isDate(kind string) bool {
	return strings.HasPrefix(kind, "day_month") || strings.HasPrefix(kind, "month_day") || strings.HasPrefix(kind, "year_month_day")
}

func (a *auditReader) take(text string, start, end int, from, to council.Day) {
	a.filter.From, a.filter.To = from, to
	a.words = strings.Fields(text[:start] + " " + text[end:])
}

// month takes out "Juni" or "Juni 2026".
func (a *auditReader) month() {
	for i, word := range a.words {
		number, known := locale.Meaning("month", word)
		if !known {
			continue
		}
		present := council.MonthOf(a.now, a.city.Zone)
		month := council.Month{Year: present.Year, Month: time.Month(pressArguments{number}.number(0))}
		a.words[i] = ""
		if i+1 < len(a.words) && len(a.words[i+1]) == 4 {
			if year, err := strconv.Atoi(a.words[i+1]); err == nil {
				month.Year, a.words[i+1] = year, ""
				a.filter.From, a.filter.To = monthDays(month)
				return
			}
		}
		if month.After(present) {
			month = month.Add(-12)
		}
		a.filter.From, a.filter.To = monthDays(month)
		return
	}
}

// names takes what is left as the name of the one person who is called so, and keeps it
// as not understood otherwise.
func (a *auditReader) names() error {
	left := slices.DeleteFunc(slices.Clone(a.words), func(word string) bool { return strings.Trim(word, ".:–-?!()") == "" })
	if len(left) == 0 {
		return nil
	}
	if a.filter.Member == 0 && !a.filter.Bot {
		found, err := a.calledSo(strings.Join(left, " "))
		if err != nil {
			return err
		}
		if found != 0 {
			a.filter.Member = found
			return nil
		}
	}
	a.unread = append(a.unread, strings.Join(left, " "))
	return nil
}

// calledSo finds the one person who is called so, or holds the position, among all of whom
// something is kept; 0 for nobody, and for several.
func (r *request) calledSo(name string) (int64, error) {
	ids, err := r.membersCalled(name)
	if err != nil || len(ids) == 1 {
		return append(ids, 0)[0], err
	}
	words := strings.Fields(name)
	if len(words) > 0 {
		if _, polite := locale.Meaning("honorific", words[0]); polite {
			words = words[1:]
		}
	}
	members, err := r.tx.EverybodyKept()
	return oneNamed(members, strings.Join(words, " ")), err
}
