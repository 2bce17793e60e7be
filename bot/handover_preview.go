package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// showHandover shows what would be moved, and what would not, before anything is.
func (r *request) showHandover(handover council.Handover) error {
	members, err := membersOf(r.tx, []int64{handover.From, handover.To})
	if err != nil {
		return err
	}
	from, to := members[0], members[1]
	if from.ID == to.ID {
		return council.Refuse("handover_same")
	}
	plan, err := r.planHandover(from, to)
	if err != nil {
		return err
	}
	if plan.empty() {
		return r.refuseEmpty(plan)
	}
	handover.From, handover.To, handover.By, handover.State, handover.Things, handover.At = from.ID, to.ID, r.actor.ID, council.HandoverShown, plan.things(), r.now
	if handover.Number == 0 {
		handover, err = r.tx.CreateHandover(handover)
	} else {
		err = r.tx.SaveHandover(handover)
	}
	if err != nil {
		return err
	}
	text, err := r.handoverPreview(plan)
	if err != nil {
		return err
	}
	rows := []store.Button{button(r.speak, "confirm", pressHandover, handoverGo, handover.Number), button(r.speak, "change", pressHandover, handoverChange, handover.Number)}
	asked, err := r.onQuestion()
	if err != nil {
		return err
	}
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	if asked {
		return r.edit(text, rows)
	}
	return r.tellHere(text, rows)
}

// tellHere writes into the person's private chat, where a question may be answered later.
func (r *request) tellHere(text string, rows ...[]store.Button) error {
	return r.queuePrivately(store.Payload{Text: text, Buttons: rows, About: aboutDialog})
}

func (r *request) handoverPreview(plan handoverPlan) (string, error) {
	lines := []string{r.speak.Say("handover.preview", "Person", namePerson(r.speak, plan.from), "To", namePerson(r.speak, plan.to))}
	lines = append(lines, r.handoverLines(r.speak, plan)...)
	notes, err := r.handoverNotes(plan)
	if err != nil {
		return "", err
	}
	return shorten(strings.Join(append(lines, notes...), "\n"), textLimit), nil
}

// handoverNotes say what does not move, and what stands in the way.
func (r *request) handoverNotes(plan handoverPlan) ([]string, error) {
	notes := []string{r.speak.Say("handover.stays")}
	details := []any{"Person", namePerson(r.speak, plan.from), "To", namePerson(r.speak, plan.to)}
	notes = append(notes, r.roleNotes(plan)...)
	if plan.from.ID == r.actor.ID && slices.ContainsFunc(plan.roles, func(g store.GrantedRole) bool { return g.Role == council.RoleCoordinator }) {
		notes = append(notes, r.speak.Say("handover.own_role", details...))
	}
	leaving, err := r.tx.Actor(plan.from)
	if err != nil {
		return nil, err
	}
	if len(leaving.Groups) > 0 {
		var names []string
		for _, group := range leaving.Groups {
			names = append(names, r.groupNameIn(r.speak, group))
		}
		notes = append(notes, r.speak.Say("handover.groups", append(details, "Groups", strings.Join(names, ", "))...))
	}
	if note := r.unreachedNote(plan.to); note != "" {
		notes = append(notes, note)
	}
	away, err := r.awayNote(r.speak, []int64{plan.to.ID}, council.Deadline{})
	if err == nil && away != "" {
		notes = append(notes, away)
	}
	return notes, err
}

// roleNotes say why somebody goes on coordinating.
func (r *request) roleNotes(plan handoverPlan) (notes []string) {
	details := []any{"Person", namePerson(r.speak, plan.from), "To", namePerson(r.speak, plan.to)}
	if plan.owner {
		notes = append(notes, r.speak.Say("handover.owner", details...))
	}
	if plan.waits {
		notes = append(notes, r.speak.Say("handover.waits", details...))
	}
	return notes
}

// unreachedNote says that somebody cannot be written to, and why; empty for who can.
func (r *request) unreachedNote(member council.Member) string {
	switch {
	case member.TelegramID == 0:
		return r.speak.Say("handover.unseen", "To", namePerson(r.speak, member))
	case !member.Answered():
		return r.speak.Say("handover.unreached", "To", namePerson(r.speak, member))
	}
	return ""
}
