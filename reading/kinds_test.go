package reading

// everyKind lists the named kinds of phrase, in the order in which the sources treat
// them.
func everyKind() []string {
	return []string{
		kindToday, kindTomorrow, kindDayAfterTomorrow, kindTomorrowOrAfter, kindBygone, kindPartOfDay,
		kindWeekday, kindNextWeekday, kindWeekdayInWeek, kindWeekdayAndDate, kindNightBefore, kindOrdinalWeekday,
		kindWeek, kindWeekOfMonth, kindMonth, kindYear,
		kindDayMonth, kindDayMonthYear, kindMonthDay, kindNumbers, kindNumbersYear, kindYearFirst,
		kindDayOfMonth, kindDayOfOtherMonth,
		kindMinutes, kindHours, kindTimesDay, kindDays, kindWorkdays, kindNextWorkday, kindWeeks, kindMonths, kindYears,
		kindMonthBoundary, kindYearBoundary, kindQuarterBoundary, kindWeekBoundary, kindWeekend,
		kindBeforeEvent, kindAfterEvent, kindEventDay, kindHoliday, kindAroundHoliday, kindFridayPrayers,
		kindClock, kindHalfHour, kindQuarterHour, kindNoon, kindEndOfDay,
		kindRange, kindAlternatives, kindBareNumber, kindSoon, kindUnknown, kindNoDeadline, kindUnreadable,
	}
}
