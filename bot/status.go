package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// shownTasks is how many tasks a state of things lists; the rest is counted.
const shownTasks = 10

// status is /status: how things stand this second, for the one who asks and the
// place of asking. It may name a group, a task or an evaluation.
func (r *request) status() error {
	if number, _ := r.questionNamed(); number != 0 {
		return r.showQuestionNamed(number)
	}
	references, rest := r.references()
	if named := r.pollNamed(); named != 0 {
		return r.findPoll(council.Reference{Letter: council.PollLetter, Number: named})
	}
	if named, _ := r.ideaNamed(); named != 0 {
		return r.showIdeaHere(named)
	}
	switch {
	case len(references) > 0 && references[0].Letter == council.TaskLetter:
		return r.showTask(references[0].Number)
	case !r.private && !r.linked():
		return r.mayInPlace(council.ActionStatusOwn)
	case len(references) > 0:
		return r.showEvaluation(references[0])
	case rest != "":
		return r.statusOf(rest)
	}
	return r.statusHere()
}

// statusHere chooses by who asks and where: the city for coordinators, the group
// in a group, and what is the person's own.
func (r *request) statusHere() error {
	cityWide, _ := council.May(r.actor, council.ActionStatusCity, council.Scope{})
	inGroup, _ := council.May(r.actor, council.ActionStatusGroup, council.Scope{GroupID: r.group.ID})
	var lines []string
	var err error
	switch {
	case cityWide && r.private:
		lines, err = r.cityStatus()
	case r.private || !inGroup:
		lines, err = r.ownStatus()
	case r.group.Kind == council.KindSecretariat:
		lines, err = r.parts(cityParts()...)
		lines = append([]string{r.statusHead()}, lines...)
	case r.group.Kind == council.KindCouncil:
		lines, err = r.countsStatus("status.tasks", store.TaskFilter{})
	default:
		lines, err = r.countsStatus("status.tasks", store.TaskFilter{GroupID: r.group.ID})
	}
	if err != nil {
		return err
	}
	return r.reply(strings.Join(lines, "\n"))
}

func (r *request) statusHead() string {
	return r.speak.Say("status.head", "Moment", r.speak.Moment(r.now, r.city.Zone))
}

// counts writes the tasks that a filter lets through in numbers.
func (r *request) counts(key string, filter store.TaskFilter, details ...any) (string, error) {
	counts, err := r.tx.CountTasks(filter, r.now, r.monthStart())
	if err != nil {
		return "", err
	}
	return r.countsText(key, counts, details...), nil
}

// countsText writes tasks in numbers.
func (r *request) countsText(key string, counts council.Counts, details ...any) string {
	text := r.speak.Say("status.counts", "Running", counts.Running, "Blocked", counts.Blocked, "Overdue", counts.Overdue, "Done", counts.Done)
	return r.speak.Say(key, append(details, "Counts", text)...)
}

// monthStart is the beginning of the month in the city's zone.
func (r *request) monthStart() time.Time {
	today := council.DayOf(r.now, r.city.Zone)
	today.Day = 1
	return today.At(0, 0, r.city.Zone)
}

// countsStatus is for groups: numbers, and no names.
func (r *request) countsStatus(key string, filter store.TaskFilter) ([]string, error) {
	counts, err := r.counts(key, filter)
	if err != nil {
		return nil, err
	}
	meeting := (*request).nextMeetingHere
	if r.group.Kind == council.KindCouncil {
		meeting = (*request).nextMeetingOfCity
	}
	things, err := r.parts((*request).ideasHere, (*request).questionsHere, meeting)
	if err != nil {
		return nil, err
	}
	lines := append([]string{r.statusHead(), counts}, things...)
	if r.group.Kind == council.KindCommunity {
		return lines, nil
	}
	evaluations, err := r.parts((*request).readinessHere, (*request).evaluationLines)
	return append(lines, evaluations...), err
}

// cityStatus is for coordinators, in private: numbers, dates, and names where
// somebody has to be helped or reached.
func (r *request) cityStatus() ([]string, error) {
	city, err := r.parts(cityParts()...)
	if err != nil {
		return nil, err
	}
	lines := append([]string{r.statusHead()}, city...)
	for _, section := range []func() ([]string, error){r.officialLines, r.overdueLines, r.unreachableGroups, r.unreachablePeople} {
		more, err := section()
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

// overdueLines list what is overdue, with who and since when.
func (r *request) overdueLines() ([]string, error) {
	filter := store.TaskFilter{OverdueAt: r.now}
	tasks, err := r.tx.Tasks(filter, 0, shownTasks)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	lines := []string{"", r.speak.Say("status.overdue")}
	for _, task := range tasks {
		persons, err := r.personsOf(r.tx, r.speak, task)
		if err != nil {
			return nil, err
		}
		since := task.Deadline.At.In(r.city.Zone)
		lines = append(lines, r.speak.Say("status.overdue_line", "Reference", task.Reference().String(), "Title", shorten(task.Title, cardTitleLimit),
			"Persons", persons, "Left", r.speak.Left(r.city.days(r.now, task.Deadline.At)), "Since", r.speak.ShortDay(since)+" "+r.speak.Hour(since)))
	}
	return r.withRest(lines, filter, len(tasks))
}

// withRest counts what a list does not show.
func (r *request) withRest(lines []string, filter store.TaskFilter, shown int) ([]string, error) {
	all, err := r.tx.CountMatching(filter)
	return r.andMore(lines, all-shown), err
}

// andMore adds how many there are that a list does not show, if any.
func (r *request) andMore(lines []string, rest int) []string {
	if rest > 0 {
		lines = append(lines, r.speak.Count("status.more", rest))
	}
	return lines
}

// personsOf names those who have promised a task.
func (b *Bot) personsOf(tx *store.Tx, speak speaker, task council.Task) (string, error) {
	var names []string
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 {
			continue
		}
		member, err := tx.Member(assignee.MemberID)
		if err != nil {
			return "", err
		}
		names = append(names, namePerson(speak, member))
	}
	if len(names) == 0 {
		return speak.Say("status.anyone"), nil
	}
	return strings.Join(names, ", "), nil
}

// unreachableGroups list the groups the bot was thrown out of, with the cure.
func (r *request) unreachableGroups() ([]string, error) {
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, group := range groups {
		if !group.Reachable {
			lines = append(lines, r.speak.Say("status.group_cure", "Group", r.groupName(group)))
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	return append([]string{"", r.speak.Say("status.groups")}, lines...), nil
}

// unreachablePeople list who cannot be written to in private, with the cure.
func (r *request) unreachablePeople() ([]string, error) {
	members, err := r.tx.Unreachable(council.DayOf(r.now, r.city.Zone), 2*shownTasks)
	if err != nil || len(members) == 0 {
		return nil, err
	}
	lines := []string{"", r.speak.Say("status.people")}
	for _, member := range members {
		lines = append(lines, r.speak.Say("status.cure."+string(member.Reach), "Person", namePerson(r.speak, member), "Link", "https://t.me/"+r.Username()))
	}
	return lines, nil
}
