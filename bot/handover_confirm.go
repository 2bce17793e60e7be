package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// confirmHandover moves everything as it stands now, tells whom it concerns, and says
// what was moved, with the way back.
func (r *request) confirmHandover(handover council.Handover) error {
	if handover.To == 0 {
		return store.ErrNotFound // it is asked to whom
	}
	members, err := membersOf(r.tx, []int64{handover.From, handover.To})
	if err != nil {
		return err
	}
	plan, err := r.planHandover(members[0], members[1])
	if err != nil {
		return err
	}
	if plan.empty() {
		return r.refuseEmpty(plan)
	}
	lines := r.handoverLines(r.speak, plan)
	moved, err := r.moveHandover(handover.Number, plan)
	if err != nil {
		return err
	}
	shown := handover.Things
	handover.State, handover.By, handover.At, handover.Things = council.HandoverDone, r.actor.ID, r.now, plan.things()
	if err := errors.Join(r.tx.SaveHandover(handover), r.tx.KeepHandedOver(handover.Number, moved)); err != nil {
		return err
	}
	if err := r.record(council.Reference{}, council.EventHandedOver, "", "from", idText(plan.from.ID), "to", idText(plan.to.ID), "handover", idText(handover.Number)); err != nil {
		return err
	}
	told, err := r.tellHandover(handover, plan)
	if err != nil {
		return err
	}
	undo := store.Undo{Subject: handoverSubject(handover.Number), MemberID: r.actor.ID, Version: handover.Number, Told: told, ChangedAt: r.now}
	if err := errors.Join(r.tx.KeepUndo(undo, handover.Number), r.settleOthers(handover)); err != nil {
		return err
	}
	return r.showHandedOver(handover, plan, lines, shown)
}

const handoverPrefix = "handover-"

// handoverSubject is under what it is kept that a handover can be undone.
func handoverSubject(number int64) string { return handoverPrefix + idText(number) }

// showHandedOver says in the place of the preview what was moved.
func (r *request) showHandedOver(handover council.Handover, plan handoverPlan, lines, shown []string) error {
	head := []string{r.speak.Say("handover.done", "Person", namePerson(r.speak, plan.from), "To", namePerson(r.speak, plan.to))}
	if note := r.changedSince(shown, handover.Things); note != "" {
		head = append(head, note)
	}
	if note := r.unreachedNote(plan.to); note != "" {
		lines = append(lines, note)
	}
	lines = append(lines, r.roleNotes(plan)...)
	text := shorten(strings.Join(append(head, lines...), "\n"), textLimit)
	return r.edit(text, []store.Button{button(r.speak, "undo", pressHandover, handoverBack, handover.Number)})
}

// changedSince says what has come and gone since the preview; empty for nothing.
func (r *request) changedSince(shown, moved []string) string {
	come, gone := r.thingsWithout(moved, shown), r.thingsWithout(shown, moved)
	if come == "" && gone == "" {
		return ""
	}
	return r.speak.Say("handover.changed", "Come", come, "Gone", gone)
}

// thingsWithout names the things of one list that are not in another.
func (r *request) thingsWithout(list, others []string) string {
	var names []string
	for _, thing := range list {
		if !slices.Contains(others, thing) {
			names = append(names, r.thingName(r.speak, thing))
		}
	}
	return strings.Join(names, ", ")
}

// thingName names a thing of a handover: by its reference, and positions and roles by
// their names.
func (r *request) thingName(speak locale.Speaker, thing string) string {
	if role, is := strings.CutPrefix(thing, roleThing); is {
		return speak.Say("role.name." + role)
	}
	reference, _ := council.ParseReference(thing)
	if reference.Letter != council.PositionLetter {
		return thing
	}
	position, err := r.tx.PositionByID(reference.Number)
	if err != nil {
		return thing
	}
	return r.officeName(r.tx, speak, position, council.Holding{})
}

// tellHandover thanks the one who leaves, once, and brings the other everything in one
// message. It gives those who were told.
func (r *request) tellHandover(handover council.Handover, plan handoverPlan) ([]int64, error) {
	var told []int64
	from, to := r.speaker(plan.from), r.speaker(plan.to)
	thanks := from.Say("handover.thanks", "Person", greetPerson(from, plan.from), "To", namePerson(from, plan.to), "Rests", plan.rests())
	reached, err := r.tell(plan.from, "", aboutHandover, thanks)
	if err != nil {
		return nil, err
	}
	if reached {
		told = append(told, plan.from.ID)
	}
	member, err := r.tx.Member(plan.to.ID)
	if err != nil {
		return told, err
	}
	lines := append([]string{to.Say("handover.taken", "Person", greetPerson(to, member), "From", namePerson(to, plan.from))}, r.handoverLines(to, plan)...)
	if reached, err = r.tell(member, "", aboutHandover, shorten(strings.Join(lines, "\n"), textLimit), r.takenRows(to, handover, plan)...); err != nil {
		return told, err
	}
	if reached {
		told = append(told, member.ID)
	}
	return told, r.menusAfter(plan)
}

// takenRows promise all the tasks at once, and open each thing.
func (r *request) takenRows(speak locale.Speaker, handover council.Handover, plan handoverPlan) [][]store.Button {
	var rows [][]store.Button
	if slices.ContainsFunc(plan.tasks, func(task council.Task) bool {
		own, _ := task.Assignee(plan.from.ID)
		return own.State != council.TaskSubmitted
	}) {
		rows = append(rows, []store.Button{button(speak, "acknowledge", pressHandover, handoverReady, handover.Number)})
	}
	var opens []store.Button
	open := func(reference council.Reference, meaning string, arguments ...any) {
		opens = append(opens, store.Button{Text: reference.String(), Data: data(meaning, arguments...)})
	}
	for _, task := range plan.tasks {
		open(task.Reference(), pressCard, task.Number)
	}
	for _, q := range append(slices.Clone(plan.questions), plan.official...) {
		open(q.Reference(), pressQuestion, questionCard, q.Number)
	}
	for _, prompt := range plan.prompts {
		open(prompt.Reference(), pressHandover, handoverPrompt, prompt.Number)
	}
	for _, m := range plan.meetings {
		open(m.Reference(), pressHandover, handoverMeeting, m.Number)
	}
	for row := range slices.Chunk(opens[:min(len(opens), takenOpened)], takenInRow) {
		rows = append(rows, row)
	}
	return rows
}

// How many things the message about a handover opens.
const (
	takenOpened = 24
	takenInRow  = 4
)

// menusAfter shows both people the menus that go with what they are now.
func (r *request) menusAfter(plan handoverPlan) error {
	if len(plan.roles) == 0 && len(plan.positions) == 0 {
		return nil
	}
	for _, member := range []council.Member{plan.from, plan.to} {
		if member.Reach != council.ReachOpen || member.TelegramID == 0 {
			continue
		}
		actor, err := r.tx.Actor(member)
		if err != nil {
			return err
		}
		if err := queueChatMenu(r.tx, member.TelegramID, member.Language, menuOf(actor)); err != nil {
			return err
		}
	}
	return nil
}

// pressHandoverReady is [Siap] for everything that was taken.
func (r *request) pressHandoverReady(number int64) error {
	handover, err := r.tx.Handover(number)
	if err != nil {
		return errorsOr(err, r.stale())
	}
	if handover.State != council.HandoverDone || handover.To != r.actor.ID {
		return r.stale()
	}
	var tasks []council.Task
	for _, thing := range handover.Things {
		reference, _ := council.ParseReference(thing)
		if reference.Letter != council.TaskLetter {
			continue
		}
		task, err := r.tx.Task(reference.Number)
		if err != nil {
			return err
		}
		tasks = append(tasks, task)
	}
	ready, err := r.acknowledgeAll(tasks)
	if err != nil {
		return err
	}
	if len(ready) == 0 {
		return r.stale()
	}
	return r.toast(shorten(r.speak.Say("task.toast.acknowledged", "Reference", referenceList(ready)), toastLimit))
}

// openMeeting opens a meeting that was taken.
func (r *request) openMeeting(number int64) error {
	m, err := r.tx.Meeting(number)
	if err != nil {
		return errorsOr(err, r.stale())
	}
	return r.pressMeetingPage(m, nil)
}
