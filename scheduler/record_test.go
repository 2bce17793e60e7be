package scheduler

import (
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// record is what was expected, what was heard and what became of reminders.
type record struct {
	expected
	happened int            // how many things have happened
	waits    map[key]row    // as they waited when last looked at
	now      []row          // what waits, and what has ended at this moment
	gone     map[int64]bool // by id
	keys     map[key]bool   // of what has ended
	followed map[int64]bool // overdue steps on which the next one has followed
	told     map[int64]int  // how many heard a reminder, by id
	hearings map[hearing]bool
	latest   map[hearing]int // days of the latest step heard of a ladder, whose key has no step
	messages map[personDay]int
	last     map[recipient]message
}

type hearing struct {
	key
	recipient
}

// ladderOf is the key of a ladder, whatever the step.
func ladderOf(r council.Reminder) key {
	k := keyOf(r).common()
	k.step = ""
	return k
}

// outrun tells whether somebody has heard a later step of a reminder's ladder.
func (w *world) outrun(r council.Reminder, to recipient) bool {
	days, ladder := r.Step.Days()
	latest, heard := w.latest[hearing{ladderOf(r), to}]
	return ladder && heard && latest > days
}

type personDay struct {
	member int64
	day    council.Day
}

// message is when somebody was last told something of a morning.
type message struct {
	day      council.Day
	happened int
}

// row is a row of the table of reminders.
type row struct {
	council.Reminder
	state string
}

func newRecord() record {
	return record{expected: make(expected), waits: make(map[key]row), gone: make(map[int64]bool), keys: make(map[key]bool),
		followed: make(map[int64]bool), told: make(map[int64]int), hearings: make(map[hearing]bool), messages: make(map[personDay]int), latest: make(map[hearing]int),
		last: make(map[recipient]message)}
}

// hear takes a message that was really said, and holds it against the manners.
func (w *world) hear(notice council.Notice) {
	to, day := recipient{notice.MemberID, notice.GroupID}, today(notice.At)
	unasked, morning := false, true
	rungs := make(map[key]bool) // of one ladder
	for _, item := range notice.Items {
		if _, ladder := item.Reminder.Step.Days(); ladder {
			rung := ladderOf(item.Reminder)
			if rungs[rung] {
				w.rapid.Fatalf("%s: two steps of one ladder at once to %v: %v\n%s", w.local(), to, item.Reminder, w.history(item.Reminder.Subject))
			}
			rungs[rung] = true
			days, _ := item.Reminder.Step.Days()
			w.latest[hearing{rung, to}] = days
		}
		once := hearing{keyOf(item.Reminder).common(), to}
		if w.hearings[once] {
			w.rapid.Fatalf("%s: said twice to %v: %v\n%s", w.local(), to, once.key, w.history(once.subject))
		}
		w.hearings[once] = true
		w.told[item.Reminder.ID]++
		if item.Reminder.Step == council.StepOwn {
			continue
		}
		unasked = true
		_, foreseen := w.waits[keyOf(item.Reminder)] // it was there before this turn
		morning = morning && foreseen && item.Reminder.Waited == "" && ofAMorning(item)
		w.mannerly(to, item)
	}
	if !unasked {
		return
	}
	w.messages[personDay{to.memberID, day}]++
	if to.memberID != 0 && w.messages[personDay{to.memberID, day}] > council.Budget {
		w.rapid.Fatalf("%s: %d was told something for the %d. time", w.local(), to.memberID, w.messages[personDay{to.memberID, day}])
	}
	if last, told := w.last[to]; told && morning && last == (message{day, w.happened}) {
		w.rapid.Fatalf("%s: a second morning for %v, though nothing has happened since:\n%s", w.local(), to, w.history(notice.Items[0].Reminder.Subject))
	}
	if told := slices.ContainsFunc(notice.Items, ofAMorning); told && !w.off.quiet(notice.At) {
		w.last[to] = message{day, w.happened}
	}
}

// ofAMorning tells whether an item has no hour of its own.
func ofAMorning(item council.Item) bool {
	return !slices.Contains([]council.Step{council.StepOwn, council.StepSoon, council.StepAbsence}, item.Reminder.Step)
}

// mannerly tells whether one item may be said to somebody now.
func (w *world) mannerly(to recipient, item council.Item) {
	now, deadline := w.clock.now, item.Task.Deadline.At
	if item.Reminder.MilestoneID != 0 {
		deadline = item.Milestone.Deadline.At
	}
	near := func(moment time.Time) bool { return deadline.After(moment) && deadline.Sub(moment) <= 24*time.Hour }
	if w.off.quiet(now) && !near(now) {
		w.rapid.Fatalf("%s: said in quiet hours to %v: %v", w.local(), to, item.Reminder)
	}
	if w.onLeave(to.memberID, today(now)) {
		w.rapid.Fatalf("%s: said on leave to %v: %v", w.local(), to, item.Reminder)
	}
	of := store.Hearer{MemberID: to.memberID, GroupID: to.groupID}
	if !w.inQuiet(of, now) {
		return
	}
	end := now
	for w.inQuiet(of, end) || w.off.quiet(end) && !(near(end) && !w.off.rested(end).Before(deadline)) {
		end = end.Add(time.Minute).Truncate(time.Minute)
	}
	if !deadline.After(now) || deadline.Sub(end) > 2*time.Hour {
		w.rapid.Fatalf("%s: said in a quiet time of %v until %s: %v", w.local(), to, end.In(wita), item.Reminder)
	}
}

// look holds the table of reminders against the model.
func (w *world) look() {
	now := w.clock.now
	waiting := make(map[key]bool)
	waits := make(map[key]row)
	w.now = w.rows()
	for _, row := range w.now {
		k := keyOf(row.Reminder)
		switch {
		case k.subject.Letter == council.WeekLetter, k.subject.Letter == council.PackLetter: // see TestTheWeekIsSummedUpOnce, TestThePackIsOfferedOnce
		case row.state == "waiting":
			waiting[k], waits[k] = true, row
			w.goOn(row)
		case !w.gone[row.ID]:
			w.gone[row.ID], w.keys[k] = true, true
			w.done(row)
		}
	}
	for k, row := range waits {
		w.waiting(row, k)
	}
	w.waits = waits
	for k, moment := range w.expected {
		switch {
		case w.keys[k]:
			delete(w.expected, k)
		case !moment.After(now) && !waiting[k]:
			w.rapid.Fatalf("%s: due since %s, and not there: %v\n%s", w.local(), moment.In(wita), k, w.history(k.subject))
		}
	}
}

// waiting looks at a row that waits: for its own moment, or for a named reason.
func (w *world) waiting(row row, k key) {
	now := w.clock.now
	if !row.Due.After(now) {
		w.rapid.Fatalf("%s: due and left waiting: %v", w.local(), row.Reminder)
	}
	if row.Waited == "" {
		if moment, known := w.expected[k]; !known || !moment.Equal(row.Due) {
			w.rapid.Fatalf("%s: waits for %s without a reason, expected is %s: %v", w.local(), row.Due.In(wita), moment.In(wita), k)
		}
		return
	}
	if earlier, known := w.waits[k]; known && earlier.Due.Equal(row.Due) && earlier.Waited == row.Waited {
		return
	}
	if !w.mayWait(row) {
		w.rapid.Fatalf("%s: waits for %s, which is not true: %v", w.local(), row.Waited, row.Reminder)
	}
}

// goOn expects what follows on a row that was put off.
func (w *world) goOn(row row) {
	if row.Waited != "" && row.Waited != "quiet_time" {
		w.follow(row)
	}
	if row.Waited != "" && row.Subject.Letter == council.HolidayYearLetter {
		w.expectYear()
	}
}

// mayWait tells whether a row that was put off just now has the reason that it names.
func (w *world) mayWait(row row) bool {
	now, of := w.clock.now, store.Hearer{MemberID: row.MemberID, GroupID: row.GroupID}
	switch row.Waited {
	case "quiet_time":
		return w.off.quiet(now)
	case "on_leave":
		return w.onLeave(row.MemberID, today(now))
	case "own_quiet_time":
		return w.inQuiet(of, now)
	case "budget":
		return w.messages[personDay{row.MemberID, today(now)}] == council.Budget
	}
	return row.Waited == council.WaitedFailed && w.killed
}

// follow expects what follows on a step that was said to somebody.
func (w *world) follow(row row) {
	if days, _ := row.Step.Days(); days > 0 && row.Subject.Letter == council.TaskLetter && !w.followed[row.ID] {
		w.followed[row.ID] = true
		if task := w.read(row.Subject.Number); !task.State.Ended() {
			w.expected.overdue(w.off, task, days, w.clock.now)
		}
	}
}

// done looks at a row that has ended.
func (w *world) done(row row) {
	if (row.Waited == "due") != (w.told[row.ID] > 0) || (row.state == "said") != (row.Waited == "due" || row.Waited == "unreachable") {
		w.rapid.Fatalf("%s: %d have heard what ended as %s, %s: %v", w.local(), w.told[row.ID], row.state, row.Waited, row.Reminder)
	}
	if !w.mayEnd(row) {
		w.rapid.Fatalf("%s: ended for a reason that is not true: %s: %v", w.local(), row.Waited, row.Reminder)
	}
	switch row.Waited {
	case "due", "unreachable", "copied", "nobody":
		w.follow(row)
		w.reached(row)
	case "superseded": // somebody heard a later step, which followed on this one
		w.follow(row)
	}
	switch row.Subject.Letter {
	case council.HolidayYearLetter:
		w.expectYear()
	case council.OwnReminderLetter:
		w.askedAgain(row)
	}
}

// reached tells whether everybody heard a common reminder, or has one alone.
func (w *world) reached(row row) {
	people := coordinators
	switch {
	case row.MemberID != 0 || row.Audience != council.ToCoordinator && row.Audience != council.ToLeader:
		return
	case row.Audience == council.ToLeader:
		people = w.leaders()
	}
	for _, id := range people {
		alone := row.Reminder
		alone.MemberID = id
		to := recipient{memberID: id}
		if !w.hearings[hearing{keyOf(row.Reminder), to}] && !w.kept(alone) && !w.outrun(row.Reminder, to) {
			w.rapid.Fatalf("%s: %d does not hear of %v", w.local(), id, row.Reminder)
		}
	}
}

// askedAgain expects what somebody asked for at its next time.
func (w *world) askedAgain(row row) {
	after := w.clock.now
	if row.state == "dropped" {
		after = row.Anchor
	}
	w.view(func(tx *store.Tx) error {
		own, err := tx.OwnReminder(row.Subject.Number)
		if err != nil || own.Ended() {
			return err
		}
		if next := w.nextAsked(own, after); next.After(w.clock.now) && !own.Next.Equal(next) {
			w.rapid.Fatalf("%s: %v comes next at %s and not at %s", w.local(), row.Subject, own.Next.In(wita), next.In(wita))
		}
		w.expectAsked(own)
		return nil
	})
}

// history tells what became of everything about a thing, for whoever reads a failure.
func (w *world) history(subject council.Reference) string {
	return strings.Join(w.strings(`SELECT step || ' ' || audience || ' ' || member_id || ' ' || group_id || ' ' || state || ' ' || reason || ', hangs on '
		|| datetime(deadline_at / 1000, 'unixepoch', '8 hours') || ', due ' || datetime(due_at / 1000, 'unixepoch', '8 hours') || ', ended '
		|| coalesce(datetime(ended_at / 1000, 'unixepoch', '8 hours'), 'not') FROM reminder WHERE subject = ? ORDER BY due_at, id`, subject.String()), "\n")
}
