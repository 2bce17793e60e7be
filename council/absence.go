package council

import "time"

// Absences shorter than this are told to nobody; nor is one of which it is only
// heard after a week. A part that stands still is a fault, and told sooner.
const (
	shortestAbsence    = time.Hour
	shortestStandstill = 10 * time.Minute
	absenceStale       = 7 * 24 * time.Hour
)

// CutOffToldEvery is how often at most it is told that messages were given up, while the
// program goes on: a line that breaks all day is not to be spoken of all day.
const CutOffToldEvery = time.Hour

// KeptByTelegram is how long Telegram keeps messages for a bot that is away.
const KeptByTelegram = 24 * time.Hour

// Cause says why the bot was away.
type Cause string

// Causes of an absence; empty where it is not known. The last four are those of a
// standstill: Telegram was reached, and a part of the program did nothing, or not all.
const (
	CauseLine     Cause = "line"     // the network, or Telegram itself
	CauseConflict Cause = "conflict" // another program polled with the same token
	CauseStopped  Cause = "stopped"  // the program was told to end
	CauseKilled   Cause = "killed"   // the program or its machine ended without a word
	CauseAsleep   Cause = "asleep"   // the machine slept
	CauseDatabase Cause = "database" // what arrived could not be written down
	CauseLoop     Cause = "loop"     // what was due was not decided
	CauseSender   Cause = "sender"   // what was to be sent did not leave
	CauseUpdates  Cause = "updates"  // what had arrived was not handled
	CauseCutOff   Cause = "cut_off"  // messages were cut off twice while they were sent, and given up
)

// Absence is a time in which the bot got nothing from Telegram, or in which a part
// of it stood still.
type Absence struct {
	ID          int64
	From, Until time.Time
	Cause       Cause
	Missed      Missed
}

// Missed is what fell into an absence, and what waited at its end.
type Missed struct {
	Reminders int         // that fell due
	Subjects  []Reference // of these, each once, as far as people name them and did not ask for it themselves; at most MissedNamed
	Updates   int         // that waited at Telegram, or were received and not handled
	Messages  int         // that waited to be sent; of CauseCutOff, that may not have arrived
}

// MissedNamed is how many things are named that reminders of an absence were about.
const MissedNamed = 12

// Nothing tells whether nobody had to wait for anything.
func (m Missed) Nothing() bool { return m.Reminders == 0 && m.Updates == 0 && m.Messages == 0 }

// Reference of the absence.
func (a Absence) Reference() Reference { return Reference{AbsenceLetter, a.ID} }

// Standstill tells whether it was a part of the program, and messages were received meanwhile.
func (a Absence) Standstill() bool {
	switch a.Cause {
	case CauseLoop, CauseSender, CauseUpdates, CauseCutOff:
		return true
	}
	return false
}

// Tells tells whether it lasted long enough that people should know of it.
func (a Absence) Tells() bool {
	if a.Standstill() {
		return a.Until.Sub(a.From) >= shortestStandstill
	}
	return a.Until.Sub(a.From) >= shortestAbsence
}

// Lost tells whether it lasted so long that Telegram has dropped messages.
func (a Absence) Lost() bool { return !a.Standstill() && a.Until.Sub(a.From) > KeptByTelegram }

// Plan lists to whom it is told: the secretariat's groups among those given;
// where there is none, the coordinators, if messages were lost or a part stood still.
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
	if planned == nil && (a.Lost() || a.Standstill()) {
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
