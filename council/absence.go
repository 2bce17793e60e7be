package council

import "time"

// Absences shorter than this are told to nobody; nor is one of which it is only
// heard after a week.
const (
	shortestAbsence = time.Hour
	absenceStale    = 7 * 24 * time.Hour
)

// KeptByTelegram is how long Telegram keeps messages for a bot that is away.
const KeptByTelegram = 24 * time.Hour

// Absence is a time in which the bot could not reach Telegram.
type Absence struct {
	ID          int64
	From, Until time.Time
}

// Reference of the absence.
func (a Absence) Reference() Reference { return Reference{AbsenceLetter, a.ID} }

// Tells tells whether it lasted long enough that people should know of it.
func (a Absence) Tells() bool { return a.Until.Sub(a.From) >= shortestAbsence }

// Lost tells whether it lasted so long that Telegram has dropped messages.
func (a Absence) Lost() bool { return a.Until.Sub(a.From) > KeptByTelegram }

// Plan lists to whom it is told: the secretariat's groups among those given;
// where there is none, the coordinators, if messages were lost.
func (a Absence) Plan(groups []Group) []Reminder {
	base := Reminder{Subject: a.Reference(), Step: StepAbsence, Anchor: a.Until, Due: a.Until}
	var planned []Reminder
	for _, group := range groups {
		if group.Kind == KindSecretariat && group.Reachable {
			told := base
			told.Audience, told.GroupID = ToGroup, group.ID
			planned = append(planned, told)
		}
	}
	if planned == nil && a.Lost() {
		base.Audience = ToCoordinator
		planned = []Reminder{base}
	}
	return planned
}

// DecideAbsence decides about telling an absence. Reason to drop: "lost_its_point".
func DecideAbsence(absence Absence, now time.Time, timing Timing) Decision {
	if now.Sub(absence.Until) > absenceStale {
		return Decision{Verdict: Drop, Reason: "lost_its_point"}
	}
	return unlessQuiet(Deadline{}, now, timing.Calendar)
}
