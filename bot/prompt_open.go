package bot

import (
	"strconv"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// makePrompt keeps a prompt; what is asked once is asked at once.
func (r *request) makePrompt(draft promptDraft) (council.Prompt, error) {
	prompt, err := r.tx.CreatePrompt(r.draftedPrompt(draft))
	if err != nil {
		return prompt, err
	}
	if err := r.record(prompt.Reference(), council.EventCreated, ""); err != nil {
		return prompt, err
	}
	if prompt.Recurrence == nil {
		prompt, err = r.openRound(prompt, draft.deadline())
	} else {
		err = r.tx.PlanReminders(prompt.Reference(), council.PlanPrompt(prompt, r.city.Timing), nil)
	}
	if err != nil {
		return prompt, err
	}
	withdrawn, err := prompt.Withdraw(r.now)
	if err != nil {
		return prompt, err
	}
	if err := r.keepPromptUndo(prompt, withdrawn); err != nil {
		return prompt, err
	}
	creator, err := r.tx.Member(prompt.CreatedBy)
	if err != nil || prompt.Round.Number == 0 {
		return prompt, err
	}
	return prompt, r.showResult(prompt, creator, true)
}

// openRound asks a prompt: once, or for one more round.
func (r *request) openRound(prompt council.Prompt, deadline council.Deadline) (council.Prompt, error) {
	asked, err := r.askedNow(prompt)
	if err != nil {
		return prompt, err
	}
	prompt = prompt.Open(asked, deadline, r.now, r.city.Timing.Calendar)
	if err := r.savePrompt(prompt); err != nil {
		return prompt, err
	}
	return prompt, r.deliver(prompt)
}

// savePrompt keeps a prompt and what is due of it.
func (r *request) savePrompt(prompt council.Prompt) error {
	if err := r.tx.SavePrompt(prompt); err != nil {
		return err
	}
	stay := func(reminder council.Reminder) bool { return council.StaysPrompt(reminder, prompt) }
	return r.tx.PlanReminders(prompt.Reference(), council.PlanPrompt(prompt, r.city.Timing), stay)
}

// deliver shows the question to everybody who is asked in the present round, and
// records to whom it was put.
func (r *request) deliver(prompt council.Prompt) error {
	shown := make(map[int64]bool)
	for _, asked := range prompt.Round.Asked {
		if asked.GroupID != 0 && !shown[asked.GroupID] {
			shown[asked.GroupID] = true
			if err := r.deliverToGroup(prompt, asked.GroupID); err != nil {
				return err
			}
		}
		if asked.MemberID == 0 {
			if err := r.recordGroupAsked(prompt, asked.GroupID); err != nil {
				return err
			}
			continue
		}
		if err := r.deliverToPerson(prompt, asked); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) deliverToGroup(prompt council.Prompt, groupID int64) error {
	group, err := r.tx.Group(groupID)
	if err != nil {
		return notFoundIsNil(err) // it was unlinked since; the coordinator's table says so
	}
	where := place{speak: r.book.In(group.Language), group: group}
	return r.showPromptCard(prompt, promptKind(cardPrompt, prompt.Round.Number), group.ChatID, group.ThreadID, where, store.PriorityBroadcast)
}

func (r *request) deliverToPerson(prompt council.Prompt, asked council.Asked) error {
	member, err := r.tx.Member(asked.MemberID)
	if err != nil {
		return err
	}
	person, err := r.tx.Actor(member)
	if err != nil || person.IsStranger() {
		return err
	}
	if err := r.recordAsked(prompt, person.CountsFor(0), strconv.FormatInt(member.ID, 10)); err != nil {
		return err
	}
	if member.Reach != council.ReachOpen || member.TelegramID == 0 {
		return nil
	}
	where := place{speak: r.speaker(member), private: true, person: member}
	return r.showPromptCard(prompt, promptKind(cardPrompt, prompt.Round.Number), member.TelegramID, 0, where, store.PriorityBroadcast)
}

// recordGroupAsked records the people whom the bot knows in a group that is asked.
func (r *request) recordGroupAsked(prompt council.Prompt, groupID int64) error {
	group, err := r.tx.Group(groupID)
	if err != nil {
		return notFoundIsNil(err)
	}
	members, err := r.tx.MembersOf(group.ChatID)
	if err != nil {
		return err
	}
	reached := ""
	for _, member := range members {
		if member.ID != prompt.CreatedBy {
			reached += "," + idText(member.ID)
		}
	}
	if reached == "" {
		return nil
	}
	return r.recordAsked(prompt, idText(group.ID), reached[1:])
}

// recordAsked records to whom a question was put, in the bot's own name: who made
// the prompt does nothing in that group by it.
func (r *request) recordAsked(prompt council.Prompt, in, reached string) error {
	return r.tx.Record(council.Event{At: r.now, Subject: prompt.Reference(), Kind: council.EventAsked, Detail: map[string]string{
		"round": strconv.Itoa(prompt.Round.Number), council.DetailIn: in, council.DetailReached: reached}}, "")
}

// bringPrompts brings a person who can be reached, or is known, at last the
// questions that wait for an answer.
func (r *request) bringPrompts(person council.Actor) error {
	if person.IsStranger() || person.Reach != council.ReachOpen {
		return nil
	}
	prompts, err := r.tx.PromptsWaitingFor(person.ID)
	if err != nil {
		return err
	}
	for _, prompt := range prompts {
		where := place{speak: r.speaker(person.Member), private: true, person: person.Member}
		if err := r.showPromptCard(prompt, promptKind(cardPrompt, prompt.Round.Number), person.TelegramID, 0, where, store.PriorityReminder); err != nil {
			return err
		}
	}
	return nil
}

// actPrompt closes a round, or opens the next one, at its moment.
func (r *request) actPrompt(due council.Reminder) error {
	prompt, err := r.tx.Prompt(due.Subject.Number)
	if err != nil {
		return notFoundIsNil(err)
	}
	switch {
	case due.Step == council.StepCloseRound && prompt.Round.Number == int(due.MilestoneID) && prompt.Takes(prompt.Round.Number, r.now) != nil:
		_, err = r.closeRound(prompt)
	case due.Step == council.StepOpenRound && !prompt.Ended() && prompt.Repeats() && prompt.Opens(r.city.Timing.Calendar).Equal(due.Anchor):
		err = r.nextRound(prompt)
	}
	return err
}

// closeRound ends the present round, if it is open, and shows what came of it.
func (r *request) closeRound(prompt council.Prompt) (council.Prompt, error) {
	if prompt.State != council.PromptOpen {
		return prompt, nil
	}
	closed, err := prompt.Close(r.now)
	if err != nil {
		return prompt, err
	}
	return closed, r.keepClosed(closed, council.EventClosed)
}

// keepClosed keeps a prompt whose round has ended, and shows it as such; every
// coordinator gets what came of it.
func (r *request) keepClosed(prompt council.Prompt, kind council.EventKind) error {
	if err := r.savePrompt(prompt); err != nil {
		return err
	}
	if err := r.record(prompt.Reference(), kind, "", "round", strconv.Itoa(prompt.Round.Number)); err != nil {
		return err
	}
	if err := r.refreshPrompt(prompt, everybodysCards); err != nil || prompt.Round.Number == 0 {
		return err
	}
	return r.showResults(prompt)
}

// nextRound opens the round that is due, unless its day has become a day off in
// the meantime, or the task it asks about has ended.
func (r *request) nextRound(prompt council.Prompt) error {
	calendar := r.city.Timing.Calendar
	if prompt.TaskNumber != 0 {
		task, err := r.tx.Task(prompt.TaskNumber)
		if notFoundIsNil(err) != nil {
			return err
		}
		if err != nil || task.State.Ended() {
			return r.endCheckIn(prompt)
		}
	}
	if prompt.Recurrence.Unit != council.EveryMonth && !calendar.Workday(prompt.Next) {
		return r.passOver(prompt)
	}
	prompt, err := r.closeRound(prompt)
	if err != nil {
		return err
	}
	if prompt, err = r.openRound(prompt, council.Deadline{}); err != nil {
		return err
	}
	creator, err := r.tx.Member(prompt.CreatedBy)
	if err != nil {
		return err
	}
	return r.showResult(prompt, creator, true)
}

// passOver leaves out a round whose day is a day off now. The present one, if it
// lasts until the next, goes on.
func (r *request) passOver(prompt council.Prompt) error {
	calendar := r.city.Timing.Calendar
	before := prompt.Opens(calendar)
	prompt = prompt.Following(r.now, calendar)
	if prompt.State == council.PromptOpen && before.Equal(prompt.Round.Deadline.At) {
		prompt.Round.Deadline.At = prompt.Opens(calendar).UTC()
	}
	if err := r.savePrompt(prompt); err != nil || prompt.Round.Number == 0 {
		return err
	}
	return r.refreshPrompt(prompt, everybodysCards)
}

// endCheckIn ends the check-ins on a task that has ended.
func (r *request) endCheckIn(prompt council.Prompt) error {
	prompt, err := prompt.Stop()
	if err != nil {
		return err
	}
	if prompt.State == council.PromptOpen {
		if prompt, err = prompt.Close(r.now); err != nil {
			return err
		}
	}
	return r.keepClosed(prompt, council.EventEnded)
}
