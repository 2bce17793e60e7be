package bot

import (
	"fmt"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// Hours on buttons, in minutes after midnight. A break of no length is none.
var (
	usualWorks  = []reading.Hours{{From: 7*60 + 30, Until: 16*60 + 30}, {From: 7 * 60, Until: 15 * 60}, {From: 8 * 60, Until: 16 * 60}, {From: 7*60 + 30, Until: 15*60 + 30}}
	usualBreaks = []reading.Hours{{From: 11*60 + 30, Until: 13*60 + 30}, {From: 11 * 60, Until: 13 * 60}, {From: 11*60 + 30, Until: 14 * 60}, {}}
)

// hoursSettings are the city's hours of reminders and the break on Fridays. A person's
// own quiet times are a tap away.
func hoursSettings() []setting {
	return []setting{
		{word: "hours", value: saidHours},
		{word: store.SettingHoursWork, number: 2, key: store.SettingHoursWork, parent: "hours", value: saidSpan(store.SettingHoursWork),
			choices: spanChoices(store.SettingHoursWork, usualWorks), read: readSpan(store.SettingHoursWork), fits: spanFits(store.SettingHoursWork)},
		{word: store.SettingHoursFriday, number: 3, key: store.SettingHoursFriday, parent: "hours", value: saidSpan(store.SettingHoursFriday),
			choices: spanChoices(store.SettingHoursFriday, usualBreaks), read: readSpan(store.SettingHoursFriday), fits: spanFits(store.SettingHoursFriday)},
		{word: "hours_own", parent: "hours", value: saidOwnQuiet, open: (*request).quiet},
	}
}

// cityHours reads the city's hours; the zero ones are the usual.
func cityHours(tx *store.Tx) (council.Hours, error) {
	hours := council.UsualHours
	for _, key := range []string{store.SettingHoursWork, store.SettingHoursFriday} {
		kept, err := tx.Setting(key)
		if err != nil {
			return hours, err
		}
		if hours, err = withSpan(hours, key, kept); err != nil {
			return hours, fmt.Errorf("hours of the city: %w", err)
		}
	}
	if hours == council.UsualHours {
		return council.Hours{}, nil
	}
	return hours, nil
}

// withSpan puts a span as it is kept, "450-990", into hours; the empty text is the usual.
func withSpan(hours council.Hours, key, kept string) (council.Hours, error) {
	from, until := &hours.Starts, &hours.Ends
	usual := [2]int{council.UsualHours.Starts, council.UsualHours.Ends}
	if key == store.SettingHoursFriday {
		from, until = &hours.FridayStarts, &hours.FridayEnds
		usual = [2]int{council.UsualHours.FridayStarts, council.UsualHours.FridayEnds}
	}
	if *from, *until = usual[0], usual[1]; kept == "" {
		return hours, nil
	}
	_, err := fmt.Sscanf(kept, "%d-%d", from, until)
	return hours, err
}

// keptSpan is how a span is kept; empty for the usual one.
func keptSpan(key string, span reading.Hours) string {
	kept := fmt.Sprintf("%d-%d", span.From, span.Until)
	if hours, err := withSpan(council.UsualHours, key, kept); err == nil && hours == council.UsualHours {
		return ""
	}
	return kept
}

func saidHours(r *request, _ string) (string, error) {
	hours := r.city.Timing.Calendar.WorkingHours()
	said := r.span(hours.Starts, hours.Ends)
	if hours.FridayStarts == hours.FridayEnds {
		return said, nil
	}
	return r.speak.Say("settings.hours_both", "Hours", said, "Break", r.span(hours.FridayStarts, hours.FridayEnds)), nil
}

// saidOwnQuiet says the reader's own quiet times.
func saidOwnQuiet(r *request, _ string) (string, error) {
	times, err := r.tx.QuietTimes(store.Hearer{MemberID: r.actor.ID})
	if len(times) == 0 {
		return r.speak.Say("settings.none"), err
	}
	return r.spans(times), err
}

// span writes two minutes after midnight: "07.30–16.30"; a span of no length is none.
func (r *request) span(from, until int) string {
	if from == until {
		return r.speak.Say("settings.no_break")
	}
	return r.speak.Clock(from) + "–" + r.speak.Clock(until)
}

func saidSpan(key string) func(*request, string) (string, error) {
	return func(r *request, kept string) (string, error) {
		hours, err := withSpan(council.UsualHours, key, kept)
		if key == store.SettingHoursFriday {
			return r.span(hours.FridayStarts, hours.FridayEnds), err
		}
		return r.span(hours.Starts, hours.Ends), err
	}
}

// spanChoices are the usual spans that go with what else the city has set.
func spanChoices(key string, spans []reading.Hours) func(*request, string) ([]settingChoice, error) {
	return func(r *request, _ string) ([]settingChoice, error) {
		var choices []settingChoice
		for _, span := range spans {
			kept := keptSpan(key, span)
			if spanFits(key)(r, kept) == nil {
				choices = append(choices, settingChoice{r.span(span.From, span.Until), kept})
			}
		}
		return choices, nil
	}
}

// readSpan reads hours as somebody writes them: "08.00–16.00", or for the break that
// there is none.
func readSpan(key string) func(*request, string, string) (string, error) {
	return func(r *request, _, typed string) (string, error) {
		spans, ok := reading.ReadHours(typed)
		if meaning, known := locale.Meaning("taking_back", typed); known && meaning == "release" && key == store.SettingHoursFriday {
			spans, ok = []reading.Hours{{}}, true
		}
		if !ok || len(spans) != 1 {
			return "", council.Refuse("hours_unread")
		}
		kept := keptSpan(key, spans[0])
		return kept, spanFits(key)(r, kept)
	}
}

// spanFits refuses hours or a break that do not go with the other.
func spanFits(key string) func(*request, string) error {
	return func(r *request, kept string) error {
		hours, err := withSpan(r.city.Timing.Calendar.WorkingHours(), key, kept)
		if err != nil {
			return err
		}
		return council.CheckHours(hours)
	}
}
