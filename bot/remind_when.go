package bot

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// reminderDate is a date as it was read for a reminder.
type reminderDate struct {
	reading.Due
	phrase string // as it was written
}

// takeWhen takes out when a reminder is said: what comes again, else the date
// with which the text begins, else the one that a due date would be.
func (r *request) takeWhen(text string, draft *reminderDraft) string {
	found, repeats := reading.FindRecurrence(text)
	dates, due := reading.FindAllAndDue(text, r.readingContext())
	begins := slices.IndexFunc(dates, func(due reading.Due) bool { return due.Start == 0 })
	switch {
	case repeats && (begins < 0 || isGap(text[min(dates[begins].End, found.Start):found.Start])):
		return r.takeRule(text, found, dates, draft)
	case begins >= 0:
		return r.takeDate(text, dates[begins], draft)
	}
	if due.Outcome == reading.None || due.Reason == reading.ReasonNoDate {
		return text // "tanpa tenggat" and "tenggat laporan" are what it is about
	}
	return r.takeDate(text, due, draft)
}

// takeRule takes out a repetition, with a date beside it from which it counts:
// "setiap Senin mulai 1 Juni", "besok 09.00 setiap hari".
func (r *request) takeRule(text string, found reading.Recurrence, dates []reading.Due, draft *reminderDraft) string {
	draft.Recurrence, draft.Hours = r.ruleOf(found, reminderHour), found.Offered
	if slices.Contains(found.Offered, reminderHour*60) {
		draft.Hours = nil // "setiap pagi" is at the usual hour
	}
	for _, due := range dates {
		leads := due.Start == 0 && due.End < found.End
		behind := max(due.Start, found.End)
		follows := due.End > behind && countsFrom(text[found.End:behind], text[behind:due.End])
		if due.Outcome != reading.Found || !leads && !follows {
			continue
		}
		local := due.Time.In(r.city.Zone)
		draft.Begins = council.DayOf(local, r.city.Zone).At(0, 0, r.city.Zone)
		if due.HasHour && !found.HasHour {
			draft.Recurrence.Hour, draft.Recurrence.Minute, draft.Hours = local.Hour(), local.Minute(), nil
		}
		if leads {
			return text[found.End:]
		}
		found.End = due.End
		break
	}
	return withoutRecurrence(text, found)
}

// countsFrom tells whether a date behind a repetition says from when it counts.
func countsFrom(gap, phrase string) bool {
	word, _ := firstWord(strings.TrimSpace(phrase))
	if _, leads := locale.Meaning("reminder_begins", word); leads && isGap(gap) {
		return true
	}
	_, leads := locale.Meaning("reminder_begins", gap)
	return leads
}

// isGap tells whether nothing but blanks and marks stands between two phrases.
func isGap(between string) bool { return strings.Trim(between, " ,;:\n") == "" }

func (r *request) takeDate(text string, due reading.Due, draft *reminderDraft) string {
	phrase := withoutMarker(strings.Trim(text[due.Start:due.End], " ,."))
	r.settleDate(reminderDate{due, phrase}, draft)
	return strings.TrimRight(text[:due.Start], " ") + " " + strings.TrimLeft(text[due.End:], " ")
}

// settleDate makes the date of a draft the one that was read, or keeps what is
// to be asked about it. Without an hour a reminder comes at 08.00.
func (r *request) settleDate(date reminderDate, draft *reminderDraft) {
	if !date.HasHour {
		date.Time = r.atReminderHour(date.Time)
		for i, candidate := range date.Candidates {
			if date.Reason != reading.ReasonHourMissing && date.Reason != reading.ReasonBareNumber {
				date.Candidates[i] = r.atReminderHour(candidate)
			}
		}
	}
	if date.Outcome == reading.Found && !date.Time.After(r.now) {
		if date.Kind == weekdayKind && !date.HasHour {
			date.Time = council.DayOf(date.Time, r.city.Zone).Add(7).At(reminderHour, 0, r.city.Zone)
		} else {
			date.Outcome, date.Candidates = reading.Past, r.laterMoments()
		}
	}
	date.Candidates = slices.DeleteFunc(date.Candidates, func(at time.Time) bool { return !at.After(r.now) })
	draft.unread = date
	if date.Outcome == reading.Found {
		draft.At, draft.Zone = date.Time.UTC(), r.deadlineOf(date.Due).Zone
	}
}

// weekdayKind is the kind of a date that is only a day of the week, which is the
// next one to come whose hour is still ahead.
const weekdayKind = "weekday"

func (r *request) atReminderHour(moment time.Time) time.Time {
	if moment.IsZero() {
		return moment
	}
	return council.DayOf(moment, r.city.Zone).At(reminderHour, 0, r.city.Zone)
}

// laterMoments are what may be meant by a day whose usual hour has passed: the
// next full hour but one, the end of the working day, and the next working morning.
func (r *request) laterMoments() []time.Time {
	local := r.now.In(r.city.Zone)
	today := council.DayOf(r.now, r.city.Zone)
	soon, end := today.At(local.Hour()+2, 0, r.city.Zone), today.At(deadlineHour, 0, r.city.Zone)
	var moments []time.Time
	if council.DayOf(soon, r.city.Zone) == today {
		moments = append(moments, soon)
	}
	if end.After(soon) {
		moments = append(moments, end)
	}
	morning := r.city.Timing.Calendar.NextWorkday(today.At(reminderHour, 0, r.city.Zone))
	return append(moments, morning)
}
