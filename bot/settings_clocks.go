package bot

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// cityClock is one clock among the settings.
type cityClock struct {
	word     string // behind store.SettingClock: it is never changed
	number   int64  // of what can be undone: it is never changed
	workdays bool   // it counts working days
	of       func(*council.Clocks) []*int
	usual    []string // on buttons
}

// cityClocksKnown are the clocks in the order in which they are listed.
var cityClocksKnown = []cityClock{
	{"question", 10, true, func(c *council.Clocks) []*int { return []*int{&c.Question} }, []string{"3", "5", "7", "10"}},
	{"promise", 11, true, func(c *council.Clocks) []*int { return []*int{&c.Promise} }, []string{"1", "2", "3", "5"}},
	{"silent", 12, false, func(c *council.Clocks) []*int { return []*int{&c.Silent} }, []string{"5", "7", "10", "14"}},
	{"overdue", 13, false, func(c *council.Clocks) []*int { return []*int{&c.Overdue[0], &c.Overdue[1], &c.Overdue[2]} }, []string{"1 3 7", "1 2 3", "2 5 10", "3 7 14"}},
	{"leader", 14, false, func(c *council.Clocks) []*int { return []*int{&c.LeaderFrom} }, []string{"1", "3", "7", "14"}},
	{"receipt", 15, true, func(c *council.Clocks) []*int { return []*int{&c.Receipt} }, []string{"1", "2", "3"}},
	{"review", 16, true, func(c *council.Clocks) []*int { return []*int{&c.Review} }, []string{"3", "5", "7", "10"}},
	{"decision", 17, true, func(c *council.Clocks) []*int { return []*int{&c.Decision} }, []string{"10", "15", "20", "30"}},
}

func (c cityClock) key() string { return store.SettingClock + c.word }

// with puts a clock as it is kept, "5" or "1 3 7", into clocks; the empty text is the usual.
func (c cityClock) with(clocks council.Clocks, kept string) (council.Clocks, error) {
	usual := council.UsualClocks
	for i, days := range c.of(&clocks) {
		*days = *c.of(&usual)[i]
	}
	if kept == "" {
		return clocks, nil
	}
	parts := strings.Fields(kept)
	if len(parts) != len(c.of(&clocks)) {
		return clocks, council.Refuse("clock_unread")
	}
	for i, days := range c.of(&clocks) {
		number, err := strconv.Atoi(parts[i])
		if err != nil {
			return clocks, council.Refuse("clock_unread")
		}
		if number < 1 || number > council.SlowestClock {
			return clocks, council.Refuse("clock_bounds", "Most", strconv.Itoa(council.SlowestClock))
		}
		*days = number
	}
	return clocks, nil
}

// kept is how clocks are kept of this one; empty for the usual.
func (c cityClock) kept(clocks council.Clocks) string {
	var parts []string
	usual, same := council.UsualClocks, true
	for i, days := range c.of(&clocks) {
		parts = append(parts, strconv.Itoa(*days))
		same = same && *days == *c.of(&usual)[i]
	}
	if same {
		return ""
	}
	return strings.Join(parts, " ")
}

// cityClocks reads the city's clocks.
func cityClocks(tx *store.Tx) (council.Clocks, error) {
	var clocks council.Clocks
	for _, clock := range cityClocksKnown {
		kept, err := tx.Setting(clock.key())
		if err != nil {
			return clocks, err
		}
		if clocks, err = clock.with(clocks, kept); err != nil {
			return clocks, fmt.Errorf("clock %s of the city: %w", clock.word, err)
		}
	}
	return clocks, nil
}

// clockSettings are the clocks, each with a page of its own.
func clockSettings() []setting {
	settings := []setting{{word: "clock", value: saidClocks}}
	for _, clock := range cityClocksKnown {
		settings = append(settings, setting{word: clock.key(), number: clock.number, key: clock.key(), parent: "clock",
			value: clock.said, choices: clock.choices, read: clock.read, fits: clock.fits})
	}
	return settings
}

// saidClocks says the two clocks that people ask about most, and how many others the
// city has changed.
func saidClocks(r *request, _ string) (string, error) {
	changed := 0
	for _, clock := range cityClocksKnown {
		if clock.word == "question" || clock.word == "silent" {
			continue
		}
		kept, err := r.tx.Setting(clock.key())
		if err != nil {
			return "", err
		}
		if kept != "" {
			changed++
		}
	}
	clocks := r.city.Timing.Clocks.OrUsual()
	said := r.speak.Say("settings.clocks", "Answer", r.speak.Count("settings.workdays", clocks.Question), "Silent", r.speak.Count("settings.days", clocks.Silent))
	if changed > 0 {
		said += ", " + r.speak.Count("settings.clocks_changed", changed)
	}
	return said, nil
}

// said writes a clock: "5 hari kerja", "hari ke-1, 3, 7, lalu tiap minggu".
func (c cityClock) said(r *request, kept string) (string, error) {
	clocks, err := c.with(council.UsualClocks, kept)
	if err != nil {
		return "", err
	}
	days := c.of(&clocks)
	switch {
	case len(days) > 1:
		parts := make([]string, len(days))
		for i, day := range days {
			parts[i] = strconv.Itoa(*day)
		}
		return r.speak.Say("settings.clock_overdue", "Days", strings.Join(parts, ", ")), nil
	case c.word == "leader":
		return r.speak.Say("settings.clock_from", "N", *days[0]), nil
	case c.workdays:
		return r.speak.Count("settings.workdays", *days[0]), nil
	}
	return r.speak.Count("settings.days", *days[0]), nil
}

// choices are the usual values that go with the city's other clocks.
func (c cityClock) choices(r *request, _ string) ([]settingChoice, error) {
	var choices []settingChoice
	for _, value := range c.usual {
		clocks, err := c.with(r.city.Timing.Clocks.OrUsual(), value)
		if err != nil {
			return nil, err
		}
		if c.fits(r, value) != nil {
			continue
		}
		label, err := c.said(r, value)
		if err != nil {
			return nil, err
		}
		choices = append(choices, settingChoice{label, c.kept(clocks)})
	}
	return choices, nil
}

// read takes the numbers of what somebody writes: "7", "7 hari kerja", "hari ke-2, 5, 10".
func (c cityClock) read(r *request, _, typed string) (string, error) {
	numbers := strings.FieldsFunc(typed, func(letter rune) bool { return !unicode.IsDigit(letter) })
	if len(numbers) == 0 || len(numbers[0]) > 4 {
		return "", council.Refuse("clock_unread")
	}
	clocks, err := c.with(r.city.Timing.Clocks.OrUsual(), strings.Join(numbers, " "))
	if err != nil {
		return "", err
	}
	return c.kept(clocks), council.CheckClocks(clocks)
}

// fits refuses a clock that does not go with the city's other ones.
func (c cityClock) fits(r *request, kept string) error {
	clocks, err := c.with(r.city.Timing.Clocks.OrUsual(), kept)
	if err != nil {
		return err
	}
	return council.CheckClocks(clocks)
}
