package bot

import (
	"errors"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// leftBehind is what somebody has begun, and what is to be done by that member alone.
type leftBehind struct {
	handoverPlan
	shared []council.Task     // to be done by others as well
	ideas  []council.Idea     // own, not decided
	asked  []council.Question // own, not closed
}

// leavesBehind finds what a member has begun or is to do.
func (r *request) leavesBehind(member council.Member) (left leftBehind, err error) {
	if left.handoverPlan, err = r.planHandover(member, council.Member{}); err != nil {
		return left, err
	}
	tasks := left.tasks
	left.tasks = nil
	for _, task := range tasks {
		if slices.ContainsFunc(task.Assignees, func(a council.Assignee) bool { return a.MemberID != 0 && a.MemberID != member.ID }) {
			left.shared = append(left.shared, task)
		} else {
			left.tasks = append(left.tasks, task)
		}
	}
	left.roles = nil // what a role does others do as well, or mayBeErased refuses
	left.meetings = slices.DeleteFunc(left.meetings, func(m council.Meeting) bool { return !m.Leads(member.ID) && !m.Writes(member.ID) })
	left.prompts = slices.DeleteFunc(left.prompts, func(prompt council.Prompt) bool {
		return slices.ContainsFunc(prompt.Targets, func(target council.Target) bool { return target.MemberID != member.ID })
	})
	left.positions = slices.DeleteFunc(left.positions, func(held heldPosition) bool {
		return slices.ContainsFunc(held.holdings, func(holding council.Holding) bool { return holding.MemberID != member.ID })
	})
	if left.asked, err = r.tx.Questions(store.QuestionFilter{AskerID: member.ID}, 0, -1); err != nil {
		return left, err
	}
	ideas, err := r.tx.IdeasBy(member.ID, time.Time{})
	for _, idea := range ideas {
		if idea.State.Undecided() || idea.State == council.IdeaMerged && idea.MergedFrom.Undecided() {
			left.ideas = append(left.ideas, idea)
		}
	}
	return left, err
}

// leftNames name what others will have to take over.
func (r *request) leftNames(speak locale.Speaker, left leftBehind) (names []string) {
	for _, thing := range left.things() {
		names = append(names, r.thingName(speak, thing))
	}
	return names
}

// endBegun takes back what a member who is forgotten had begun, and takes the member out
// of what is to be done. Questions to the member wait like those whose addressee cannot
// be reached.
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
	for _, before := range slices.Concat(left.tasks, left.shared) {
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
	return r.settleOffice(left.official)
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
	if left.empty() {
		return nil
	}
	return r.tellCoordinators(about, "", func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		text := speak.Say("erase.left_behind", "References", joinShortly(speak, r.leftNames(speak, left)))
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
