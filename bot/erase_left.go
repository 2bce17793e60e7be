package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// leftBehind is what somebody has begun or is to do.
type leftBehind struct {
	tasks           []council.Task // to be done, and not handed in
	questions       []council.Question
	meetings        []council.Meeting // to be led, or written down
	recommendations []council.Recommendation

	ideas []council.Idea     // own, not decided
	asked []council.Question // own, not closed
}

// references names what others will have to take over.
func (l leftBehind) references() []string {
	var names []string
	for _, task := range l.tasks {
		names = append(names, task.Reference().String())
	}
	for _, question := range l.questions {
		names = append(names, question.Reference().String())
	}
	for _, meeting := range l.meetings {
		names = append(names, meeting.Reference().String())
	}
	for _, recommendation := range l.recommendations {
		names = append(names, recommendation.Reference().String())
	}
	return names
}

// leavesBehind finds what a member has begun or is to do.
func (r *request) leavesBehind(memberID int64) (left leftBehind, err error) {
	tasks, err := r.tx.Tasks(store.TaskFilter{MemberID: memberID, OpenOnly: true}, 0, council.IndicatorsLimit)
	if err != nil {
		return left, err
	}
	for _, task := range tasks {
		if _, own := task.Assignee(memberID); own {
			left.tasks = append(left.tasks, task)
		}
	}
	if left.questions, err = r.tx.Questions(store.QuestionFilter{OpenOnly: true, ToMember: memberID}, 0, -1); err != nil {
		return left, err
	}
	if left.asked, err = r.tx.Questions(store.QuestionFilter{AskerID: memberID}, 0, -1); err != nil {
		return left, err
	}
	meetings, err := r.tx.ComingMeetings(r.now, -1)
	if err != nil {
		return left, err
	}
	for _, meeting := range meetings {
		if meeting.Leads(memberID) || meeting.Writes(memberID) {
			left.meetings = append(left.meetings, meeting)
		}
	}
	recommendations, err := r.tx.Recommendations(true)
	if err != nil {
		return left, err
	}
	for _, recommendation := range recommendations {
		if recommendation.OwnerID == memberID {
			left.recommendations = append(left.recommendations, recommendation)
		}
	}
	ideas, err := r.tx.IdeasBy(memberID, time.Time{})
	for _, idea := range ideas {
		if idea.State.Undecided() || idea.State == council.IdeaMerged && idea.MergedFrom.Undecided() {
			left.ideas = append(left.ideas, idea)
		}
	}
	return left, err
}

// endBegun takes back what a member who is forgotten had begun, and takes the member out
// of what is to be done.
func (r *request) endBegun(left leftBehind, memberID int64) error {
	for _, before := range left.ideas {
		if err := r.endIdeaOf(before.Number); err != nil {
			return err
		}
	}
	for _, before := range left.asked {
		if err := r.endQuestionOf(before.Number); err != nil {
			return err
		}
	}
	for _, before := range left.tasks {
		if err := r.letGo(before, memberID); err != nil {
			return err
		}
	}
	for _, before := range left.meetings {
		if err := r.emptySeats(before, memberID); err != nil {
			return err
		}
	}
	for _, before := range left.recommendations {
		after, err := before.Give(0, before.Office)
		if err != nil {
			return err
		}
		if err := r.keepRecommendation(after, council.EventReassigned, ""); err != nil {
			return err
		}
	}
	return nil
}

// endIdeaOf takes back an idea whose giver is forgotten. One that others decided with
// another stays part of that.
func (r *request) endIdeaOf(number int64) error {
	idea, err := r.tx.Idea(number)
	if err != nil {
		return err
	}
	if idea.State == council.IdeaMerged {
		family, err := r.tx.IdeaFamily(number)
		if err != nil || !family.Root.State.Undecided() {
			return err
		}
		if idea, err = idea.StandAlone(r.now); err != nil {
			return err
		}
	}
	withdrawn, err := idea.Withdraw(r.now)
	if err != nil {
		return err
	}
	return r.keepIdeaAs(withdrawn, council.EventWithdrawn, "")
}

// endQuestionOf closes a question whose asker is forgotten.
func (r *request) endQuestionOf(number int64) error {
	question, err := r.tx.Question(number)
	if err != nil || question.State == council.QuestionClosed {
		return err
	}
	if closed, err := question.Withdraw(); err == nil {
		return r.keepQuestion(closed, council.EventWithdrawn, "")
	}
	closed, err := question.Close()
	if err != nil {
		return err
	}
	return r.keepQuestion(closed, council.EventClosed, "")
}

// letGo opens a task to its group, or leaves it to the others who are to do it.
func (r *request) letGo(task council.Task, memberID int64) error {
	before, err := r.tx.Task(task.Number)
	if err != nil {
		return err
	}
	after, err := before.LetGo(memberID)
	if err != nil {
		return err
	}
	if err := r.keepTask(before, after, taskChange{event: council.EventReassigned, detail: []string{"members", assigneesText(after)}}); err != nil {
		return err
	}
	return r.refreshCards(after, cardExtra{})
}

// assigneesText are the ids of the members who are to do a task.
func assigneesText(task council.Task) string {
	text := ""
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 {
			continue
		}
		if text != "" {
			text += ","
		}
		text += idText(assignee.MemberID)
	}
	return text
}

// emptySeats lets somebody else be named who leads a meeting or takes its minutes.
func (r *request) emptySeats(meeting council.Meeting, memberID int64) error {
	before, err := r.tx.Meeting(meeting.Number)
	if err != nil {
		return err
	}
	chair, scribe := before.Chair, before.Scribe
	if before.Leads(memberID) {
		chair = council.Seat{}
	}
	if before.Writes(memberID) {
		scribe = council.Seat{}
	}
	after, err := before.Appoint(chair, scribe)
	if err != nil {
		return err
	}
	if err := errors.Join(r.tx.SaveMeeting(after), r.record(after.Reference(), council.EventAppointed, "")); err != nil {
		return err
	}
	return r.showMeeting(after)
}

// tellOfLeftBehind tells the coordinators what has nobody to do it now, without saying
// who that was.
func (r *request) tellOfLeftBehind(left leftBehind, about string) error {
	references := left.references()
	if len(references) == 0 {
		return nil
	}
	return r.tellCoordinators(about, "", func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		shown := joinShortly(speak, references)
		text := speak.Say("erase.left_behind", "References", shown)
		if len(left.tasks) > 0 {
			text += "\n" + speak.Say("erase.left_tasks", "Command", commandNames(left.tasks[:min(len(left.tasks), assignedListed)]))
		}
		if len(left.questions) > 0 {
			text += "\n" + speak.Say("erase.left_questions", "Reference", left.questions[0].Reference().String())
		}
		return text, nil, nil
	})
}

// commandNames writes references as a command takes them.
func commandNames(tasks []council.Task) string {
	text := ""
	for _, task := range tasks {
		text += task.Reference().String() + " "
	}
	return text
}

// joinShortly names so many things, and how many more there are.
func joinShortly(speak locale.Speaker, names []string) string {
	text := ""
	for i, name := range names[:min(len(names), assignedListed)] {
		if i > 0 {
			text += ", "
		}
		text += name
	}
	if more := len(names) - assignedListed; more > 0 {
		text += " " + speak.Count("notice.more", more)
	}
	return text
}
