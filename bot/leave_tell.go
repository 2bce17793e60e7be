package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// How much of what falls into a leave is written out.
const (
	leaveTasks   = 12 // lines
	leaveButtons = 5  // tasks that can be passed on with one press
)

// leaveDays writes the days of a leave in full: "Rabu, 3 Juni 2026 sampai
// Minggu, 7 Juni 2026 (5 hari)".
func (r *request) leaveDays(speak locale.Speaker, leave council.Leave) string {
	first := speak.Day(leave.First.At(0, 0, r.city.Zone))
	if leave.First == leave.Last {
		return first
	}
	return speak.Say("leave.days", "First", first, "Last", speak.Day(leave.Last.At(0, 0, r.city.Zone)), "N", leave.Days())
}

// shortDays writes the days of a leave briefly: "Rab 3/6 – Min 7/6".
func (r *request) shortDays(speak locale.Speaker, leave council.Leave) string {
	first := speak.ShortDay(leave.First.At(0, 0, r.city.Zone))
	if leave.First == leave.Last {
		return first
	}
	return first + " – " + speak.ShortDay(leave.Last.At(0, 0, r.city.Zone))
}

func (r *request) leavesOr(speak locale.Speaker, leaves []council.Leave) string {
	var days []string
	for _, leave := range leaves {
		days = append(days, r.leaveDays(speak, leave))
	}
	return listOr(days, speak.Say("leave.none_left"))
}

// answerLeave tells the person what came of it; in a group only that it was noted.
func (r *request) answerLeave(answer leaveAnswer) error {
	speak := r.speaker(r.actor.Member)
	var rows [][]store.Button
	if answer.version != 0 {
		rows = append(rows, []store.Button{button(speak, "undo", pressLeave, leaveUndo, answer.version)})
	}
	switch {
	case !r.private:
		return r.tellAside(answer.short, answer.full, rows...)
	case r.press != nil:
		return r.edit(answer.full, rows...)
	}
	return r.replyAbout("", aboutLeave, answer.full, rows...)
}

// sayKept writes what a leave means for the person who takes it.
func (r *request) sayKept(leave council.Leave, replaced []council.Leave) (leaveAnswer, error) {
	speak := r.speaker(r.actor.Member)
	lines := []string{speak.Say("leave.noted", "Days", r.leaveDays(speak, leave))}
	if len(replaced) > 0 {
		lines = append(lines, speak.Say("leave.instead", "Leaves", r.leavesOr(speak, replaced)))
	}
	all, err := r.tx.Leaves(r.actor.ID, r.todayThere())
	if err != nil {
		return leaveAnswer{}, err
	}
	back, _ := r.city.Timing.Back(all, leave.Last)
	lines = append(lines, speak.Say("leave.waits", "Moment", speak.Moment(back, r.city.Zone)))
	falling, _, err := r.fallingInto(speak, r.actor.ID, leave)
	if err != nil {
		return leaveAnswer{}, err
	}
	if len(falling) == 0 {
		lines = append(lines, speak.Say("leave.falls_none"))
	} else {
		lines = append(append(lines, speak.Say("leave.falls")), falling...)
	}
	return leaveAnswer{short: r.speak.Say("leave.noted_short", "Days", r.shortDays(r.speak, leave)), full: strings.Join(lines, "\n")}, nil
}

// saidToldOf tells the person which coordinators know.
func (r *request) saidToldOf(told []council.Member) string {
	speak := r.speaker(r.actor.Member)
	if len(told) == 0 {
		return speak.Say("leave.told_nobody")
	}
	var names []string
	for _, member := range told {
		names = append(names, namePerson(speak, member))
	}
	return speak.Say("leave.told", "Names", strings.Join(names, ", "))
}

// fallingInto lists the person's open tasks that are due on the days of a leave.
func (r *request) fallingInto(speak locale.Speaker, memberID int64, leave council.Leave) ([]string, []council.Task, error) {
	filter := store.TaskFilter{MemberID: memberID, OpenOnly: true,
		Due: store.Span{Since: leave.First.At(0, 0, r.city.Zone), Until: leave.Last.Add(1).At(0, 0, r.city.Zone)}}
	tasks, err := r.tx.Tasks(filter, 0, leaveTasks+1)
	if err != nil {
		return nil, nil, err
	}
	var lines []string
	var falling []council.Task
	for _, task := range tasks {
		own, _ := task.Assignee(memberID)
		if own.State == council.TaskSubmitted {
			continue
		}
		if len(lines) == leaveTasks {
			all, err := r.tx.CountMatching(filter)
			return append(lines, speak.Count("notice.more", all-leaveTasks)), falling, err
		}
		lines = append(lines, task.Reference().String()+" · "+shorten(task.Title, cardTitleLimit)+" · "+speak.Moment(task.Deadline.At, r.city.Zone))
		falling = append(falling, task)
	}
	return lines, falling, nil
}

// tellLeave tells every other coordinator at once who is away, and which tasks
// fall into it, with buttons to pass them on.
func (r *request) tellLeave(leave council.Leave) ([]council.Member, error) {
	return r.tellOtherCoordinators(func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		lines, tasks, err := r.fallingInto(speak, r.actor.ID, leave)
		if err != nil {
			return "", nil, err
		}
		details := []any{"Person", namePerson(speak, r.actor.Member), "Days", r.leaveDays(speak, leave)}
		if len(lines) == 0 {
			return speak.Say("leave.coordinator.noted_free", details...), nil, nil
		}
		var rows [][]store.Button
		for _, task := range tasks[:min(len(tasks), leaveButtons)] {
			reference := task.Reference().String()
			rows = append(rows, []store.Button{{Text: speak.Say("button.pass_on", "Reference", reference), Data: data(pressLeave, leavePass, task.Number)}})
		}
		return strings.Join(append([]string{speak.Say("leave.coordinator.noted", details...)}, lines...), "\n"), rows, nil
	})
}

// tellCoordinatorsOf tells every other coordinator that a leave has ended.
func (r *request) tellCoordinatorsOf(key string, leave council.Leave) ([]council.Member, error) {
	return r.tellOtherCoordinators(func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		return speak.Say(key, "Person", namePerson(speak, r.actor.Member), "Days", r.leaveDays(speak, leave)), nil, nil
	})
}

// tellOtherCoordinators writes to every coordinator but the person about a leave, and
// returns those who can be reached.
func (r *request) tellOtherCoordinators(write wording) ([]council.Member, error) {
	members, err := r.others(coordinators(r.tx))
	if err != nil {
		return nil, err
	}
	return r.tellEach(members, "", aboutLeave, write)
}

// tellLeaveUndone tells whoever was told of a change that it is undone.
func (r *request) tellLeaveUndone(told []int64, leaves []council.Leave) error {
	members, err := membersOf(r.tx, told)
	if err != nil {
		return err
	}
	_, err = r.tellEach(members, "", aboutLeave, func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		return speak.Say("leave.coordinator.undone", "Person", namePerson(speak, r.actor.Member), "Leaves", r.leavesOr(speak, leaves)), nil, nil
	})
	return err
}
