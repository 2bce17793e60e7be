package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

type speaker = locale.Speaker

// dueRows offers dates that are often meant. A number of 0 means the draft of
// the person who presses.
func (r *request) dueRows(speak speaker, number int64) [][]store.Button {
	var rows [][]store.Button
	for _, moment := range r.usualDeadlines() {
		rows = append(rows, []store.Button{r.dateButton(speak, number, moment)})
	}
	none := data(pressDueChoice, number, 0)
	if number == stepDraft {
		none = data(pressDraft, stepDue, 0)
	}
	return append(rows, []store.Button{{Text: speak.Say("button.no_deadline"), Data: none}})
}

// usualDeadlines are the usual moments at the hour of deadlines.
func (r *request) usualDeadlines() []time.Time { return r.usualMoments(deadlineHour) }

// usualMoments are tomorrow, the end of the week and the beginning of the next,
// each moved to a working day, at the given hour.
func (r *request) usualMoments(hour int) []time.Time {
	calendar := r.city.Timing.Calendar
	today := council.DayOf(r.now, r.city.Zone)
	at := func(day council.Day) time.Time { return day.At(hour, 0, r.city.Zone) }
	friday := at(today.Add((int(time.Friday) - int(today.Weekday()) + 7) % 7))
	if !calendar.Workday(friday) {
		friday = calendar.PreviousWorkday(friday)
	}
	var moments []time.Time
	for _, moment := range []time.Time{calendar.NextWorkday(at(today)), friday, calendar.NextWorkday(at(today.Add(6)))} {
		if moment.After(r.now) && (len(moments) == 0 || moment.After(moments[len(moments)-1])) {
			moments = append(moments, moment)
		}
	}
	return moments
}

func (r *request) dateButton(speak speaker, number int64, moment time.Time) store.Button {
	local := moment.In(r.city.Zone)
	choice := data(pressDueChoice, number, moment.Unix())
	if number == stepDraft {
		choice = data(pressDraft, stepDue, moment.Unix())
	}
	return store.Button{Text: speak.Day(local) + " " + speak.Hour(local), Data: choice}
}

// due changes a deadline: /tenggat T-12 Jumat 16.00, /tenggat E-1 …
func (r *request) due() error {
	references, rest := r.references()
	if len(references) == 0 {
		return council.Refuse("which_task")
	}
	if references[0].Letter == council.EvaluationLetter {
		return r.dueEvaluation(references[0], rest)
	}
	numbers, _ := r.tasksNamed()
	if len(numbers) == 0 {
		return council.Refuse("which_task")
	}
	task, err := r.task(numbers[0], council.ActionReschedule)
	if err != nil {
		return err
	}
	due := reading.ReadDue(rest, r.readingContext())
	if rest == "" || due.Outcome != reading.Found && !due.NoDeadline {
		return r.askDue(task, due, rest)
	}
	return r.setDue(numbers, due)
}

// askDue asks for the date only; the rest is known.
func (r *request) askDue(task council.Task, due reading.Due, phrase string) error {
	if _, err := task.Reschedule(task.Deadline); err != nil {
		return r.explain(err, task)
	}
	text, rows := r.dueQuestion(r.speak, task.Number, due, phrase)
	if text == "" {
		text = r.speak.Say("task.card.new_deadline")
	}
	if len(rows) == 0 {
		rows = r.dueRows(r.speak, task.Number)
	}
	text = task.Reference().String() + " · " + shorten(task.Title, cardTitleLimit) + "\n" + text
	dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogDue, Data: task.Reference().String()}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	return r.replyAbout(task.Reference().String(), cardTask, text, rows...)
}

// setDue sets the deadline that was read. A reply to the card in a group gets no
// message: the card shows the date.
func (r *request) setDue(numbers []int64, due reading.Due) error {
	deadline := council.Deadline{}
	if !due.NoDeadline {
		deadline = r.deadlineOf(due)
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	tasks, err := r.changeTasks(numbers, dueChange(deadline))
	if err != nil || !r.private && !r.about.IsZero() {
		return err
	}
	if deadline.IsZero() {
		return r.confirm(tasks, r.speak.Say("task.reply.deadline_none", "Reference", referenceList(tasks)))
	}
	return r.confirm(tasks, r.speak.Say("task.reply.deadline", "Reference", referenceList(tasks), "Deadline", r.deadlineIn(r.speak, deadline)))
}

func dueChange(deadline council.Deadline) taskChange {
	change := taskChange{action: council.ActionReschedule, event: council.EventDeadline,
		apply: func(task council.Task, _ int64) (council.Task, error) { return task.Reschedule(deadline) }}
	if !deadline.IsZero() {
		change.detail = []string{"deadline", deadline.At.Format(time.RFC3339)}
	}
	return change
}

// answerDue takes a date that was asked for.
func (r *request) answerDue(dialog store.Dialog) error {
	reference, ok := council.ParseReference(dialog.Data)
	if !ok {
		return r.cancel()
	}
	task, err := r.task(reference.Number, council.ActionReschedule)
	if err != nil {
		return err
	}
	due := reading.ReadDue(r.text, r.readingContext())
	if due.Outcome != reading.Found && !due.NoDeadline {
		return r.askDue(task, due, strings.TrimSpace(r.text))
	}
	return r.setDue([]int64{reference.Number}, due)
}

// pressDue turns the card into a choice of dates.
func (r *request) pressDue(arguments pressArguments) error {
	task, err := r.task(arguments.number(0), council.ActionReschedule)
	if err != nil {
		return err
	}
	if _, err := task.Reschedule(task.Deadline); err != nil {
		return r.explain(err, task)
	}
	dialog := store.Dialog{ChatID: r.chatID, MemberID: r.actor.ID, Kind: dialogDue, Data: task.Reference().String()}
	if err := r.tx.SetDialog(dialog, r.now); err != nil {
		return err
	}
	rows := append(r.dueRows(r.speak, task.Number), []store.Button{button(r.speak, "back", pressCard, task.Number)})
	extra := cardExtra{question: r.speak.Say("task.card.new_deadline"), rows: rows, only: true}
	if err := r.showPressed(task, extra); err != nil {
		return err
	}
	return r.toast(r.speak.Say("task.toast.choose"))
}

// pressDueChoice sets a date that was offered.
func (r *request) pressDueChoice(arguments pressArguments) error {
	deadline, ok := r.dateOffered(arguments.text(1))
	if !ok {
		return r.stale()
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	return r.pressTask(arguments, dueChange(deadline), "deadline")
}

// offeredWithin is how far ahead a date on a button may lie; none that the bot
// offers is later.
const offeredWithin = 5 * 366 * 24 * time.Hour

// dateOffered reads the date of a button: 0 is "no deadline". A date that has
// passed since it was offered is not meant any more.
func (r *request) dateOffered(text string) (deadline council.Deadline, ok bool) {
	if text == "0" {
		return deadline, true
	}
	seconds := pressArguments{text}.number(0)
	if seconds <= r.now.Unix() || seconds > r.now.Add(offeredWithin).Unix() {
		return deadline, false
	}
	return r.deadlineAt(time.Unix(seconds, 0)), true
}
