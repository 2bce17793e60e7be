package reading

// The named kinds of phrase. Every Due that is not None carries one of them.
const (
	kindToday            = "today"
	kindTomorrow         = "tomorrow"
	kindDayAfterTomorrow = "day_after_tomorrow"
	kindTomorrowOrAfter  = "tomorrow_or_the_day_after"
	kindBygone           = "bygone_day"
	kindPartOfDay        = "part_of_day"
	kindWeekday          = "weekday"
	kindNextWeekday      = "weekday_of_next_week"
	kindWeekdayInWeek    = "weekday_within_a_week"
	kindWeekdayAndDate   = "weekday_with_date"
	kindNightBefore      = "night_before_weekday"
	kindOrdinalWeekday   = "ordinal_weekday_of_month"
	kindWeek             = "week_without_day"
	kindWeekOfMonth      = "week_of_month"
	kindMonth            = "month_without_day"
	kindYear             = "year_without_day"
	kindDayMonth         = "day_month"
	kindDayMonthYear     = "day_month_year"
	kindMonthDay         = "month_day"
	kindNumbers          = "day_month_in_numbers"
	kindNumbersYear      = "day_month_year_in_numbers"
	kindYearFirst        = "year_month_day_in_numbers"
	kindDayOfMonth       = "day_of_month"
	kindDayOfOtherMonth  = "day_of_named_month"
	kindMinutes          = "in_minutes"
	kindHours            = "in_hours"
	kindTimesDay         = "in_times_24_hours"
	kindDays             = "in_days"
	kindWorkdays         = "in_workdays"
	kindNextWorkday      = "next_workday"
	kindWeeks            = "in_weeks"
	kindMonths           = "in_months"
	kindYears            = "in_years"
	kindMonthBoundary    = "boundary_of_month"
	kindYearBoundary     = "boundary_of_year"
	kindQuarterBoundary  = "boundary_of_quarter"
	kindWeekBoundary     = "boundary_of_week"
	kindWeekend          = "weekend"
	kindBeforeEvent      = "days_before_event"
	kindAfterEvent       = "days_after_event"
	kindEventDay         = "day_of_event"
	kindHoliday          = "holiday"
	kindAroundHoliday    = "days_around_holiday"
	kindFridayPrayers    = "friday_prayers"
	kindClock            = "clock"
	kindHalfHour         = "half_hour_clock"
	kindQuarterHour      = "quarter_and_minutes_clock"
	kindNoon             = "noon_or_midnight"
	kindEndOfDay         = "end_of_day"
	kindRange            = "range"
	kindAlternatives     = "alternatives"
	kindBareNumber       = "bare_number"
	kindSoon             = "as_soon_as_possible"
	kindUnknown          = "not_known_yet"
	kindNoDeadline       = "no_deadline"
	kindUnreadable       = "unreadable"
)

// The reasons a Due gives for an outcome other than Found and None.
const (
	ReasonPast            = "past"              // the moment lies before the message
	ReasonWeekWithoutDay  = "week_without_day"  // "minggu depan": which day?
	ReasonWeekend         = "weekend"           // "akhir pekan": Friday, Saturday or Sunday?
	ReasonMonthWithoutDay = "month_without_day" // "bulan depan": which day?
	ReasonYearWithoutDay  = "year_without_day"  // "tahun depan": which day?
	ReasonWeekdayMismatch = "weekday_mismatch"  // "Kamis 27 November 2026" is a Friday
	ReasonDaysDiffer      = "days_differ"       // "besok tanggal 30": two different days
	ReasonAlternatives    = "alternatives"      // "besok atau lusa"
	ReasonRange           = "range"             // "3–7 Juni"
	ReasonHourMissing     = "hour_missing"      // "nanti malam": the day is known, the hour is not
	ReasonNightHour       = "night_hour"        // "Jumat jam 1 malam": the night before or the night after?
	ReasonHourMismatch    = "hour_mismatch"     // "jam 4 pagi sore", "16.00 pagi"
	ReasonHourNotInDay    = "hour_not_in_day"   // "jam 25"
	ReasonDayNotInMonth   = "day_not_in_month"  // "31 November"
	ReasonMonthNotInYear  = "month_not_in_year" // "13/14"
	ReasonMonthFirst      = "month_first"       // "12/25": only the American order makes a date of it
	ReasonTooFar          = "too_far"           // more than twenty years away
	ReasonEventMissing    = "event_missing"     // "H-7" without an event
	ReasonHolidayUnknown  = "holiday_unknown"   // a moving holiday that the context does not list
	ReasonBareNumber      = "bare_number"       // "5" as an answer: a day or an hour?
	ReasonNoDate          = "no_date"           // "secepatnya", or words after "tenggat" that are no date
)

// HasDay tells whether a day was said, and not an hour alone.
func (d Due) HasDay() bool {
	switch d.Kind {
	case "", kindClock, kindHalfHour, kindQuarterHour, kindNoon, kindEndOfDay, kindBareNumber, kindUnreadable:
		return false
	}
	return d.Outcome != None
}
