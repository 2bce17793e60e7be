package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// meetingsLooked is how many of the last meetings are looked through for the one that
// was held last.
const meetingsLooked = 50

// followUps are the tasks that stand in the newest edition of a meeting's minutes; those
// that were taken back or called off follow from it no more.
func (r *request) followUps(m council.Meeting) ([]council.Task, error) {
	lines, err := r.standingMinutes(m)
	if err != nil {
		return nil, err
	}
	var tasks []council.Task
	for _, line := range lines {
		if line.Kind != council.MinuteTask || line.Subject.Letter != council.TaskLetter {
			continue
		}
		task, err := r.tx.Task(line.Subject.Number)
		if notFoundIsNil(err) != nil {
			return nil, err
		}
		if err == nil && task.State != council.TaskCancelled {
			tasks = append(tasks, task)
		}
	}
	return tasks, nil
}

// followUpHead counts how follow-ups stand, in one line.
func (r *request) followUpHead(reference string, tasks []council.Task) string {
	var counts council.FollowUps
	for _, task := range tasks {
		counts.Add(task, r.now)
	}
	return r.speak.Say("follow_up.head", "Reference", reference, "Counts", r.agendaFollowUpWords(r.speak, counts))
}

// listFollowUps is /tindak_lanjut M-4; without a number, of the meeting that was held
// last and that the person may see.
func (r *request) listFollowUps() error {
	if !r.private && !r.linked() && !r.actor.IsStranger() {
		return council.Refuse("not_linked")
	}
	m, err := r.meetingOfFollowUps()
	if err != nil {
		return err
	}
	if err := r.maySeeMeetingHere(m); err != nil {
		return err
	}
	tasks, err := r.followUps(m)
	if err != nil {
		return err
	}
	reference := m.Reference().String()
	if len(tasks) == 0 {
		return r.replyAbout(reference, aboutMeeting, r.speak.Say("follow_up.none", "Reference", reference))
	}
	head := r.followUpHead(reference, tasks)
	if !r.private {
		return r.replyAbout(reference, aboutMeeting, head)
	}
	lines, rows, err := r.followUpLines(tasks)
	if err != nil {
		return err
	}
	title := reference + " · " + shorten(plainLine(m.Title), cardTitleLimit)
	return r.replyAbout(reference, aboutMeeting, shorten(strings.Join(append([]string{title, head}, lines...), "\n"), textLimit), rows...)
}

// maySeeMeetingHere refuses a meeting that the person may not see, and a community's
// group that is not invited to it.
func (r *request) maySeeMeetingHere(m council.Meeting) error {
	if err := r.mayMeeting(council.ActionSeeMeeting, m); err != nil {
		return err
	}
	if !r.private && r.group.Kind == council.KindCommunity && !m.To.Include(r.group) {
		return council.Refuse("only_in_private", "Reference", m.Reference().String())
	}
	return nil
}

// meetingOfFollowUps is the meeting that is named or replied to, otherwise the last one.
func (r *request) meetingOfFollowUps() (council.Meeting, error) {
	if number, _ := r.meetingNamed(); number != 0 {
		return r.findMeeting(number)
	}
	past, err := r.tx.PastMeetings(r.now, meetingsLooked)
	if err != nil {
		return council.Meeting{}, err
	}
	near, err := r.tx.MeetingsBetween(r.now, r.now.Add(notesBefore))
	if err != nil {
		return council.Meeting{}, err
	}
	for _, m := range append(near, past...) {
		took := m.State == council.MeetingHeld || m.State == council.MeetingPlanned && m.Minutes.Edition > 0
		if took && r.maySeeMeetingHere(m) == nil {
			return m, nil
		}
	}
	return council.Meeting{}, council.Refuse("no_meeting_held")
}

// followUpsShown is how many follow-ups a list names.
const followUpsShown = 12

// followUpLines are the follow-ups one by one: state, who, until when. Those that are
// not for this person are counted only.
func (r *request) followUpLines(tasks []council.Task) (lines []string, rows [][]store.Button, err error) {
	hidden := 0
	for _, task := range tasks {
		if may, _ := council.May(r.actor, council.ActionSeeTask, r.scope(task)); !may || len(lines) == followUpsShown {
			hidden++
			continue
		}
		where := r.here()
		people, err := r.cardPeople(task, where)
		if err != nil {
			return nil, nil, err
		}
		due := ""
		if !task.State.Ended() && task.State != council.TaskSubmitted { // what was handed in is not late
			due = r.cardDeadline(task, where)
		}
		reference := task.Reference().String()
		lines = append(lines, joinParts(reference, shorten(plainLine(task.Title), phraseLimit*2), r.speak.Say("task.state."+string(task.State)), people, due))
		if (len(lines)-1)%3 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: reference, Data: data(pressCard, task.Number)})
	}
	if hidden > 0 {
		lines = append(lines, r.speak.Count("notice.more", hidden))
	}
	return lines, rows, nil
}

// discussedIn says at which meetings a thing was spoken of, of those the person may see;
// "" for none.
func (r *request) discussedIn(speak locale.Speaker, subject council.Reference) (string, error) {
	meetings, err := r.tx.MeetingsAbout(subject)
	if err != nil {
		return "", err
	}
	var names []string
	for _, m := range slices.Backward(meetings) {
		lines, err := r.standingMinutes(m)
		if err != nil {
			return "", err
		}
		stands := slices.ContainsFunc(lines, func(line council.Minute) bool { return line.Subject == subject })
		if stands && r.mayMeeting(council.ActionSeeMeeting, m) == nil {
			names = append(names, m.Reference().String())
		}
	}
	if len(names) == 0 {
		return "", nil
	}
	return speak.Say("meeting_note.discussed", "References", strings.Join(names, ", ")), nil
}

// meetingsOnCard says on a private card at which meetings its thing was spoken of, as far
// as the person may see them.
func (r *request) meetingsOnCard(subject council.Reference, where place) (string, error) {
	if !where.private || where.person.ID == 0 {
		return "", nil
	}
	meetings, err := r.tx.MeetingsAbout(subject)
	if err != nil || len(meetings) == 0 {
		return "", err
	}
	reader := *r
	if reader.actor, err = r.tx.Actor(where.person); err != nil {
		return "", err
	}
	return reader.discussedIn(where.speak, subject)
}

// pressFollowUp makes a task a follow-up of a meeting.
func (r *request) pressFollowUp(m council.Meeting, number int64) error {
	task, err := r.task(number, council.ActionSeeTask)
	if err != nil {
		return err
	}
	text, rows, err := r.keepFollowUp(m, task)
	if err != nil {
		return err
	}
	return errors.Join(r.editIndicators(m.Reference().String(), aboutMeeting, text, rows...), r.toast(""))
}
