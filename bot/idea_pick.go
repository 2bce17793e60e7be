package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pressPickIdeas offers, in the place of a list of ideas, what it can be narrowed to:
// only choices that find something, each with how many that are.
func (r *request) pressPickIdeas(_ int64, rest pressArguments) error {
	if is, err := r.pressedIdeas(); err != nil || !is {
		return errorsOr(err, r.stale())
	}
	choice := readIdeaChoice(rest)
	rows, err := r.ideaChoices(choice)
	if err != nil {
		return err
	}
	if err := r.edit(r.speak.Say("idea_list.pick"), rows...); err != nil {
		return err
	}
	return r.toast("")
}

// ideaChoices are the buttons of every choice: dimensions, states, and whose.
func (r *request) ideaChoices(choice ideaChoice) ([][]store.Button, error) {
	all, err := r.ideaFilter(ideaChoice{})
	if err != nil {
		return nil, err
	}
	dimensions, err := r.tx.CountIdeasByDimension(all)
	if err != nil {
		return nil, err
	}
	all.AnyState = true
	states, err := r.tx.CountIdeasByState(all)
	if err != nil {
		return nil, err
	}
	var buttons []store.Button
	add := func(text string, count int, chosen ideaChoice) {
		if count > 0 {
			chosen.MostFirst = choice.MostFirst
			buttons = append(buttons, store.Button{Text: r.speak.Say("idea_list.choice", "Name", text, "N", count),
				Data: data(pressIdea, append([]any{ideaList, 0}, chosen.words()...)...)})
		}
	}
	for _, dimension := range council.Dimensions {
		add(r.speak.Say("dimension."+string(dimension)), dimensions[dimension], ideaChoice{Dimension: dimension, State: choice.State})
	}
	for _, state := range council.IdeaStates {
		add(r.speak.Say("idea.state."+string(state)), states[state], ideaChoice{State: state, Dimension: choice.Dimension})
	}
	if err := r.ownChoices(add); err != nil {
		return nil, err
	}
	var rows [][]store.Button
	for ; len(buttons) > 2; buttons = buttons[2:] {
		rows = append(rows, buttons[:2])
	}
	if len(buttons) > 0 {
		rows = append(rows, buttons)
	}
	return append(rows, []store.Button{button(r.speak, "idea_all", pressIdea, append([]any{ideaList, 0}, ideaChoice{}.words()...)...)}), nil
}

// ownChoices adds what only the person, or a coordinator, may see: in private.
func (r *request) ownChoices(add func(text string, count int, chosen ideaChoice)) error {
	if !r.private {
		return nil
	}
	own, err := r.tx.CountIdeas(store.IdeaFilter{SubmitterID: r.actor.ID})
	if err != nil {
		return err
	}
	add(r.speak.Say("idea_list.own"), own, ideaChoice{Mine: true})
	if allowed, _ := council.May(r.actor, council.ActionDecideIdea, council.Scope{}); allowed {
		waiting, err := r.tx.CountIdeas(store.IdeaFilter{ToDecide: true, ToScoreBy: r.scorer()})
		if err != nil {
			return err
		}
		add(r.speak.Say("idea_list.to_decide"), waiting, ideaChoice{Decide: true})
	}
	if allowed, _ := council.May(r.actor, council.ActionCheck, council.Scope{}); !allowed {
		return nil
	}
	held, err := r.tx.CountIdeas(store.IdeaFilter{HeldOnly: true})
	add(r.speak.Say("idea_list.held"), held, ideaChoice{Held: true})
	return err
}
