package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// defaultZone holds until the first coordinator has said where the city is.
const defaultZone = "Asia/Makassar"

// city is what the rules need to know of the city. It is read anew whenever a
// setting changes.
type city struct {
	edition  int64  // of the settings, see store.Tx.Edition
	Name     string // empty until it is known
	Zone     *time.Location
	Timing   council.Timing
	Groups   locale.OwnGroups  // by the city's own names of dimensions
	Language string            // in which new people and groups are spoken to
	Holidays *reading.Holidays // by their names, as people write them
}

// days counts the local days from one moment to another.
func (c *city) days(from, to time.Time) int { return c.Timing.Calendar.DaysBetween(from, to) }

// cityNow gives the city, read from the database if a setting has changed.
func (b *Bot) cityNow(tx *store.Tx) (*city, error) {
	edition, settled := tx.Edition()
	if known := b.city.Load(); known != nil && settled && known.edition == edition {
		return known, nil
	}
	name, err := settingOr(tx, store.SettingCity, b.City)
	if err != nil {
		return nil, err
	}
	zoneName, err := settingOr(tx, store.SettingZone, b.Zone)
	if err != nil {
		return nil, err
	}
	if zoneName == "" {
		zoneName = defaultZone
	}
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		return nil, fmt.Errorf("zone of the city: %w", err)
	}
	days, err := tx.Holidays()
	if err != nil {
		return nil, err
	}
	hours, err := cityHours(tx)
	if err != nil {
		return nil, err
	}
	fresh := &city{edition: edition, Name: name, Zone: zone}
	fresh.Holidays = readingHolidays(councilHolidays(days), zone)
	fresh.Timing.Calendar = council.NewCalendar(zone, councilHolidays(days))
	fresh.Timing.Calendar.Hours = hours
	language, err := tx.Setting(store.SettingLanguage)
	if err != nil {
		return nil, err
	}
	fresh.Language = cityLanguage(language)
	if _, fresh.Groups, err = cityDimensions(tx); err != nil {
		return nil, err
	}
	if fresh.Timing.Clocks, err = cityClocks(tx); err != nil {
		return nil, err
	}
	fresh.Timing.Next = remembered(func(after time.Time) time.Time { return b.Next(after.In(zone)) })
	fresh.Timing.Expressions = b.Expressions
	if b.Weekly != nil {
		fresh.Timing.Weekly = remembered(func(after time.Time) time.Time { return b.Weekly(after.In(zone)) })
	}
	if fresh.Timing.Rhythm, err = cityRhythm(tx); err != nil {
		return nil, err
	}
	if settled {
		if err := AdoptSentences(tx, b.book, edition); err != nil {
			return nil, err
		}
		b.city.Store(fresh)
	}
	return fresh, nil
}

// cityRhythm reads what the city changed of the usual ladders and hour.
func cityRhythm(tx *store.Tx) (council.Rhythm, error) {
	kept, err := tx.Setting(store.SettingRhythm)
	if err != nil {
		return council.Rhythm{}, err
	}
	return readKeptRhythm(kept)
}

// readKeptRhythm reads a rhythm as it is kept; the empty text is the usual one.
func readKeptRhythm(kept string) (rhythm council.Rhythm, err error) {
	if kept == "" {
		return rhythm, nil
	}
	if err := json.Unmarshal([]byte(kept), &rhythm); err != nil {
		return rhythm, fmt.Errorf("rhythm of the city: %w", err)
	}
	return rhythm, nil
}

// firingsKept bounds how many firings of an expression are remembered.
const firingsKept = 1024

// remembered asks for the next firing after a moment once: every plan asks for
// the same few midnights.
func remembered(next func(time.Time) time.Time) func(time.Time) time.Time {
	var mutex sync.Mutex
	known := make(map[int64]time.Time)
	return func(after time.Time) time.Time {
		mutex.Lock()
		defer mutex.Unlock()
		firing, found := known[after.UnixNano()]
		if !found {
			if len(known) == firingsKept {
				clear(known)
			}
			firing = next(after)
			known[after.UnixNano()] = firing
		}
		return firing
	}
}

func settingOr(tx *store.Tx, key, configured string) (string, error) {
	if configured != "" {
		return configured, nil
	}
	return tx.Setting(key)
}

func councilHolidays(days []store.Holiday) []council.Holiday {
	holidays := make([]council.Holiday, 0, len(days))
	for _, day := range days {
		date, err := council.ParseDay(day.Date)
		if err != nil {
			continue // the table takes nothing else
		}
		holidays = append(holidays, council.Holiday{Date: date, Name: day.Name, JointLeave: day.JointLeave})
	}
	return holidays
}

// readingHolidays prepares the days off for being read by name.
func readingHolidays(days []council.Holiday, zone *time.Location) *reading.Holidays {
	list := make([]reading.Holiday, len(days))
	for i, day := range days {
		list[i] = reading.Holiday{Date: day.Date.At(0, 0, zone), Name: day.Name}
	}
	return reading.NewHolidays(list)
}

// ownGroups are the city's own names of dimensions as far as they have been read.
func (b *Bot) ownGroups() locale.OwnGroups {
	if known := b.city.Load(); known != nil {
		return known.Groups
	}
	return nil
}

// Timing gives the city's calendar and the hour of its mornings.
func (b *Bot) Timing(tx *store.Tx) (council.Timing, error) {
	known, err := b.cityNow(tx)
	if err != nil {
		return council.Timing{}, err
	}
	return known.Timing, nil
}

// settle brings the database in line with the configuration and what is built
// in: owners, menus, the claim link, holidays, the city's name in calendars.
func (b *Bot) settle(tx *store.Tx) error {
	if err := b.builtInHolidays(tx); err != nil {
		return err
	}
	for _, telegramID := range b.Owners {
		member, _, err := tx.Appeared(telegramID, "", locale.Indonesian, b.Now())
		if err != nil {
			return err
		}
		if err := b.makeOwner(tx, member); err != nil {
			return err
		}
	}
	if err := b.offerMenus(tx); err != nil {
		return err
	}
	if err := takeUpEvidence(tx); err != nil {
		return err
	}
	if err := nameCalendar(tx); err != nil {
		return err
	}
	if err := b.settleOfficer(tx); err != nil {
		return err
	}
	return b.offerClaim(tx)
}

// builtInHolidays adds the years that the database does not have yet. What the
// coordinator has changed in a year stays, and so do single days that were added
// before their year came.
func (b *Bot) builtInHolidays(tx *store.Tx) error {
	years, err := locale.HolidayYears()
	if err != nil {
		return err
	}
	days, err := tx.Holidays()
	if err != nil {
		return err
	}
	for _, year := range years {
		key := holidaysKey(year.Year)
		known, err := tx.Setting(key)
		if err != nil {
			return err
		}
		if known != "" {
			continue
		}
		for _, day := range year.Days {
			if slices.ContainsFunc(days, func(there store.Holiday) bool { return there.Date == day.Date }) {
				continue
			}
			if err := tx.SetHoliday(store.Holiday{Date: day.Date, Name: day.Name, JointLeave: day.JointLeave}); err != nil {
				return err
			}
		}
		if err := tx.SetSetting(key, year.Decree); err != nil {
			return err
		}
	}
	return nil
}

// notFoundIsNil turns "there is none" into no error.
func notFoundIsNil(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}
