package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// tellDecision tells everybody who stands behind an idea what was decided and why,
// who prepares it and by when, and the groups it came from; former is the decision
// that it takes the place of.
func (r *request) tellDecision(family council.IdeaFamily, former council.IdeaDecision) error {
	idea := family.Root.Told(r.now)
	if err := r.tx.SaveIdea(idea); err != nil {
		return err
	}
	if err := r.record(idea.Reference(), council.EventTold, ""); err != nil {
		return err
	}
	if err := r.planIdea(idea); err != nil {
		return err
	}
	family.Root = idea
	err := r.tellSubmitters(family, func(speak locale.Speaker, member council.Member) (string, error) {
		return r.decisionText(speak, family, former, member)
	})
	if err != nil {
		return err
	}
	return r.sayWhereGiven(family, func(speak locale.Speaker, names string) string {
		return speak.Say("idea_decide.group."+string(idea.State), "Reference", idea.Reference().String(), "Names", names,
			"Title", shorten(plainLine(idea.Title), cardTitleLimit), "Reason", shorten(plainLine(idea.Decision.Reason), reviewReasonShown))
	})
}

// decisionText is what a person is told of a decision.
func (r *request) decisionText(speak locale.Speaker, family council.IdeaFamily, former council.IdeaDecision, member council.Member) (string, error) {
	idea := family.Root
	details := []any{"Reference", idea.Reference().String(), "Title", shorten(plainLine(idea.Title), cardTitleLimit), "Person", greetPerson(speak, member),
		"Reason", strings.TrimRight(idea.Decision.Reason, "."), "Decision", ideaStateName(speak, idea)}
	key := string(idea.State)
	if former.State != "" {
		key = "changed"
		if former.State == idea.State {
			key = "reason_changed"
		}
		details = append(details, "Former", speak.Say("idea.state."+string(former.State)))
	}
	text := speak.Say("idea_decide.told."+key, details...)
	if idea.State != council.IdeaApproved {
		return text, nil
	}
	prepares, err := r.whoPrepares(speak, family)
	if prepares != "" {
		text += "\n" + prepares
	}
	return text + "\n" + speak.Say("idea_decide.told.thanks"), err
}

// whoPrepares says which office prepares a trial, and by when where a task says so.
func (r *request) whoPrepares(speak locale.Speaker, family council.IdeaFamily) (string, error) {
	tasks, err := r.familyTasks(family)
	if err != nil {
		return "", err
	}
	groupID := int64(0)
	target := ""
	for _, task := range tasks {
		if task.State.Ended() {
			continue
		}
		groupID = task.GroupID
		if !task.Deadline.IsZero() {
			target = r.shortTarget(speak, task.Deadline.At)
		}
	}
	var group council.Group
	if groupID != 0 {
		if group, err = r.tx.Group(groupID); notFoundIsNil(err) != nil {
			return "", err
		}
	} else if group, _, err = r.preparingGroup(family.Root); err != nil {
		return "", err
	}
	if group.ID == 0 {
		return "", nil
	}
	office, err := r.officeOf(speak, group)
	if target == "" {
		return speak.Say("idea_decide.told.office", "Office", office), err
	}
	return speak.Say("idea_decide.told.target", "Office", office, "Day", target), err
}

// tellSubmitters tells everybody who stands behind an idea; where some who gave it
// cannot be written to, the coordinators see how many.
func (r *request) tellSubmitters(family council.IdeaFamily, write func(locale.Speaker, council.Member) (string, error)) error {
	reference := family.Root.Reference().String()
	members, err := r.others(membersOf(r.tx, family.People()))
	if err != nil {
		return err
	}
	told, err := r.tellEach(members, reference, cardIdeaGiven, func(speak locale.Speaker, member council.Member) (string, [][]store.Button, error) {
		text, err := write(speak, member)
		return text, [][]store.Button{{button(speak, "idea_see_more", pressIdea, ideaSee, family.Root.Number)}}, err
	})
	if err != nil {
		return err
	}
	unreached := slices.DeleteFunc(family.Submitters(), func(id int64) bool { return id == r.actor.ID || slices.Contains(memberIDs(told), id) })
	if len(unreached) == 0 {
		return nil
	}
	return r.tellCoordinators(reference, cardIdeaGiven, func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		return speak.Count("idea_decide.unreached", len(unreached), "Reference", reference), nil, nil
	})
}

// sayWhereGiven says something in each group from which an idea came, with the names
// of those alone who have allowed that.
func (r *request) sayWhereGiven(family council.IdeaFamily, write func(speak locale.Speaker, names string) string) error {
	told := make(map[int64]bool)
	for _, one := range family.Ideas() {
		if one.FromGroup == 0 || told[one.FromGroup] {
			continue
		}
		told[one.FromGroup] = true
		group, reached, err := r.groupReached(one.FromGroup)
		if err != nil {
			return err
		}
		if !reached {
			continue
		}
		speak := r.book.In(group.Language)
		names, err := r.ideaSubmitters(speak, family)
		if err != nil {
			return err
		}
		if err := r.queueIn(group, family.Root.Reference().String(), cardIdeaGiven, write(speak, shorten(names, cardTitleLimit))); err != nil {
			return err
		}
	}
	return nil
}

// tellWithoutTask tells of an approval that nobody has made a task of so far.
func (r *request) tellWithoutTask(idea council.Idea, due council.Reminder) error {
	if idea.State != council.IdeaApproved || !idea.Decision.ToldAt.IsZero() || !idea.Decision.At.Equal(due.Anchor) {
		return nil // told, or decided anew
	}
	return r.tellApproval(idea)
}

// tellApproval tells of an approval of which nobody has been told.
func (r *request) tellApproval(idea council.Idea) error {
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return err
	}
	former, err := r.formerDecision(idea)
	if err != nil {
		return err
	}
	return r.tellDecision(family, former)
}

// formerDecision is the decision before the present one, as far as it is known: what
// the last change can be undone to.
func (r *request) formerDecision(idea council.Idea) (council.IdeaDecision, error) {
	var before council.Idea
	_, err := r.tx.LastUndo(idea.Reference().String(), &before)
	return before.Decision.Heard(), notFoundIsNil(err)
}
