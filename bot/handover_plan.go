package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// handoverPlan is what one person leaves to another as things stand now: each thing as it
// is before.
type handoverPlan struct {
	from, to        council.Member
	tasks           []council.Task
	questions       []council.Question
	official        []council.Question // put to a position, which they follow
	prompts         []council.Prompt
	recommendations []council.Recommendation
	meetings        []council.Meeting
	positions       []heldPosition
	roles           []store.GrantedRole
	owner           bool // coordinates by the configuration, which is changed on the server
	waits           bool // is the last coordinator, and the other cannot be written to yet
}

// heldPosition is a position, with the first time in it of the one who leaves.
type heldPosition struct {
	council.Position
	holding  council.Holding
	holdings []council.Holding // of everybody
}

func (p handoverPlan) empty() bool { return len(p.things()) == 0 }

// things are references to all that is moved.
func (p handoverPlan) things() []string {
	var things []string
	for _, task := range p.tasks {
		things = append(things, task.Reference().String())
	}
	for _, q := range p.questions {
		things = append(things, q.Reference().String())
	}
	for _, prompt := range p.prompts {
		things = append(things, prompt.Reference().String())
	}
	for _, m := range p.meetings {
		things = append(things, m.Reference().String())
	}
	for _, recommendation := range p.recommendations {
		things = append(things, recommendation.Reference().String())
	}
	for _, position := range p.positions {
		things = append(things, positionReference(position.ID).String())
	}
	for _, role := range p.roles {
		things = append(things, roleThing+string(role.Role))
	}
	return things
}

// roleThing stands before a role among the things of a handover.
const roleThing = "role:"

// planHandover finds what somebody would hand over. The other may be nobody yet.
func (r *request) planHandover(from, to council.Member) (handoverPlan, error) {
	plan := handoverPlan{from: from, to: to}
	return plan, errors.Join(r.planWork(&plan), r.planMeetingsOver(&plan), r.planOffice(&plan))
}

// planWork finds tasks, prompts, questions and recommendations.
func (r *request) planWork(plan *handoverPlan) error {
	from, to := plan.from.ID, plan.to.ID
	tasks, err := r.tx.Tasks(store.TaskFilter{MemberID: from, OpenOnly: true}, 0, -1)
	if err != nil {
		return err
	}
	plan.tasks = slices.DeleteFunc(tasks, func(task council.Task) bool { _, moves := task.HandOver(from, to); return !moves })
	prompts, err := r.tx.PromptsAskingByName(from)
	if err != nil {
		return err
	}
	for _, prompt := range prompts {
		answered, err := r.hasAnswered(prompt, from)
		if err != nil {
			return err
		}
		if _, moves := prompt.HandOver(from, to, answered, 0); moves {
			plan.prompts = append(plan.prompts, prompt)
		}
	}
	if plan.questions, err = r.tx.QuestionsTo(from); err != nil {
		return err
	}
	recommendations, err := r.tx.Recommendations(true)
	plan.recommendations = slices.DeleteFunc(recommendations, func(one council.Recommendation) bool { _, moves := one.HandOver(from, to); return !moves })
	return err
}

// hasAnswered tells whether somebody has answered the present round of a prompt.
func (r *request) hasAnswered(prompt council.Prompt, memberID int64) (bool, error) {
	answer, err := r.tx.PromptAnswer(prompt.Number, prompt.Round.Number, memberID)
	return err == nil && answer.Value != "", notFoundIsNil(err)
}

func (r *request) planMeetingsOver(plan *handoverPlan) error {
	meetings, err := r.tx.MeetingsWith(plan.from.ID)
	plan.meetings = slices.DeleteFunc(meetings, func(m council.Meeting) bool { _, moves := m.HandOver(plan.from.ID, plan.to.ID, r.now); return !moves })
	return err
}

// planOffice finds positions, what is put to them, and roles.
func (r *request) planOffice(plan *handoverPlan) error {
	holdings, err := r.tx.HoldingsOf(plan.from.ID, r.day())
	if err != nil {
		return err
	}
	for _, holding := range holdings {
		if slices.ContainsFunc(plan.positions, func(held heldPosition) bool { return held.ID == holding.PositionID }) {
			continue
		}
		held := heldPosition{holding: holding}
		if held.Position, err = r.tx.PositionByID(holding.PositionID); err != nil {
			return err
		}
		if held.holdings, err = r.tx.Holdings(held.ID, r.day()); err != nil {
			return err
		}
		plan.positions = append(plan.positions, held)
	}
	open, err := r.tx.Questions(store.QuestionFilter{OpenOnly: true}, 0, -1)
	if err != nil {
		return err
	}
	for _, q := range open {
		if slices.ContainsFunc(plan.positions, func(held heldPosition) bool { return held.answers(q) }) {
			plan.official = append(plan.official, q)
		}
	}
	return r.planRoles(plan)
}

// answers tells whether a question is for whoever is in this position.
func (h heldPosition) answers(q council.Question) bool {
	return q.To.PositionID == h.ID && h.ID != 0 || h.Kind == council.PositionInCharge && h.GroupID != 0 && q.To.GroupID == h.GroupID
}

func (r *request) planRoles(plan *handoverPlan) error {
	roles, err := r.tx.GrantedRoles(plan.from.ID)
	if err != nil {
		return err
	}
	known, err := coordinators(r.tx)
	if err != nil {
		return err
	}
	for _, role := range roles {
		if role.Role == council.RoleCoordinator {
			there := slices.ContainsFunc(known, func(member council.Member) bool { return member.ID == plan.to.ID })
			plan.owner = plan.from.TelegramID != 0 && slices.Contains(r.Owners, plan.from.TelegramID)
			plan.waits = len(withoutMember(known, plan.to.ID)) == 1 && !plan.owner && plan.to.ID != 0 && !plan.to.Answered()
			if there && (plan.owner || plan.waits) {
				continue
			}
		}
		plan.roles = append(plan.roles, role)
	}
	return nil
}

func withoutMember(members []council.Member, id int64) []council.Member {
	return slices.DeleteFunc(slices.Clone(members), func(member council.Member) bool { return member.ID == id })
}

// rests tells whether the one who leaves is not written to unasked from then on.
func (p handoverPlan) rests() bool { return !p.owner && !p.waits }

// keepsRole tells whether the one who leaves keeps a role that the other gets as well.
func (p handoverPlan) keepsRole(role council.Role) bool {
	return role == council.RoleCoordinator && !p.rests()
}

// How much of what is handed over is written out.
const (
	handoverListed = 6  // things of a kind
	handoverTitle  = 70 // characters of each
)

// handoverLines lists what is moved, kind by kind.
func (r *request) handoverLines(speak locale.Speaker, plan handoverPlan) []string {
	var lines []string
	section := func(kind string, count int, line func(int) string) {
		if count == 0 {
			return
		}
		lines = append(lines, speak.Say("handover.kind."+kind, "N", count))
		for i := range min(count, handoverListed) {
			lines = append(lines, "• "+line(i))
		}
		if more := count - handoverListed; more > 0 {
			lines = append(lines, speak.Count("notice.more", more))
		}
	}
	titled := func(reference council.Reference, title string) string {
		return reference.String() + " · " + shorten(plainLine(title), handoverTitle)
	}
	section("tasks", len(plan.tasks), func(i int) string { return r.handedTask(speak, plan, plan.tasks[i]) })
	questions := append(slices.Clone(plan.questions), plan.official...)
	section("questions", len(questions), func(i int) string { return titled(questions[i].Reference(), questions[i].Text) })
	section("prompts", len(plan.prompts), func(i int) string { return titled(plan.prompts[i].Reference(), plan.prompts[i].Text) })
	section("meetings", len(plan.meetings), func(i int) string {
		return joinParts(titled(plan.meetings[i].Reference(), plan.meetings[i].Title), handedSeats(speak, plan.from.ID, plan.meetings[i]))
	})
	section("recommendations", len(plan.recommendations), func(i int) string {
		return titled(plan.recommendations[i].Reference(), plan.recommendations[i].Text)
	})
	section("positions", len(plan.positions), func(i int) string {
		held := plan.positions[i]
		return r.officeName(r.tx, speak, held.Position, held.holding) + ", " + r.termText(speak, held.holding)
	})
	section("roles", len(plan.roles), func(i int) string { return speak.Say("role.name." + string(plan.roles[i].Role)) })
	return lines
}

// handedTask is a line about a task: until when, and that it waits for its check or is
// the other's already.
func (r *request) handedTask(speak locale.Speaker, plan handoverPlan, task council.Task) string {
	parts := []string{task.Reference().String(), shorten(task.Title, handoverTitle)}
	if !task.Deadline.IsZero() {
		parts = append(parts, speak.ShortDay(task.Deadline.At.In(r.city.Zone)))
	}
	if own, _ := task.Assignee(plan.from.ID); own.State == council.TaskSubmitted {
		parts = append(parts, speak.Say("task.state."+string(own.State)))
	}
	if isAssignee(task, plan.to.ID) && isAssignee(task, plan.from.ID) {
		parts = append(parts, speak.Say("handover.already"))
	}
	return strings.Join(parts, " · ")
}

// handedSeats names the duties that somebody has at a meeting.
func handedSeats(speak locale.Speaker, memberID int64, m council.Meeting) string {
	var seats []string
	if m.Leads(memberID) {
		seats = append(seats, speak.Say("handover.seat.chair"))
	}
	if m.Writes(memberID) {
		seats = append(seats, speak.Say("handover.seat.scribe"))
	}
	if slices.Contains(m.People, memberID) {
		seats = append(seats, speak.Say("handover.seat.guest"))
	}
	return strings.Join(seats, ", ")
}
