package council

import "time"

// Unit is what a Recurrence counts in.
type Unit string

// Units of repetition.
const (
	EveryDay     Unit = "day"
	EveryWorkday Unit = "workday"
	EveryWeek    Unit = "week"
	EveryMonth   Unit = "month"
)

// Recurrence is a rule of repetition in the city's local time, such as "every
// month on the 5th". Cron knows neither holidays nor short months, so this rule is ours.
type Recurrence struct {
	Unit    Unit
	Every   int            // 1 and more: every n-th unit
	Weekday time.Weekday   // for weeks
	Others  []time.Weekday // further days of the same week, Monday to Sunday
	Day     int            // for months: 1 to 31, -1 for the last day; a short month uses its last day
	Hour    int
	Minute  int
}
