package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ideaCounts writes ideas in numbers: "3 baru · 2 ditelaah · 1 menunggu keputusan
// Dewan · 4 uji coba". Stages in which there is none are left out; with none at all
// nothing is written.
func (r *request) ideaCounts(filter store.IdeaFilter) (string, error) {
	states, err := r.tx.CountIdeasByState(filter)
	if err != nil {
		return "", err
	}
	var parts []string
	for _, stage := range []struct {
		key   string
		count int
	}{
		{"status.ideas.new", states[council.IdeaSubmitted]},
		{"status.ideas.review", states[council.IdeaUnderReview] + states[council.IdeaNeedsDetail]},
		{"status.ideas.decision", states[council.IdeaDeliberated]},
		{"status.ideas.approved", states[council.IdeaApproved]},
		{"status.ideas.trial", states[council.IdeaTrial]},
		{"status.ideas.adopted", states[council.IdeaAdopted]},
		{"status.ideas.merged", states[council.IdeaMerged]}, // among the person's own alone
	} {
		if stage.count > 0 {
			parts = append(parts, r.speak.Say(stage.key, "N", stage.count))
		}
	}
	return strings.Join(parts, " · "), nil
}

// ideasLine is a line about the ideas that a filter lets through, or none.
func (r *request) ideasLine(key string, filter store.IdeaFilter, details ...any) ([]string, error) {
	counts, err := r.ideaCounts(filter)
	if err != nil || counts == "" {
		return nil, err
	}
	return []string{r.speak.Say(key, append(details, "Counts", counts)...)}, nil
}

// ideasOfCity is how the ideas of the whole city stand.
func (r *request) ideasOfCity() ([]string, error) {
	return r.ideasLine("status.ideas.city", store.IdeaFilter{})
}

// groupIdeas are the ideas that concern a group: of the council and the secretariat
// all of them, of a working group those of its dimension, of others what was given there.
func (r *request) groupIdeas(group council.Group) ([]string, error) {
	switch {
	case group.ID == 0:
		return nil, nil
	case group.Kind == council.KindCouncil || group.Kind == council.KindSecretariat:
		return r.ideasOfCity()
	case group.Dimension != "":
		return r.ideasLine("status.ideas.dimension", store.IdeaFilter{Dimension: group.Dimension},
			"Dimension", r.speak.Say("dimension."+string(group.Dimension)))
	}
	return r.ideasLine("status.ideas.group", store.IdeaFilter{FromGroup: group.ID}, "Group", r.groupName(group))
}

// ideasHere are the person's own ideas; in a group those that concern it.
func (r *request) ideasHere() ([]string, error) {
	if !r.private {
		return r.groupIdeas(r.group)
	}
	return r.ideasLine("status.ideas.mine", store.IdeaFilter{SubmitterID: r.actor.ID})
}
