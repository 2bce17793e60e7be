package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// cardIdea is the card of an idea in the group where it was given.
const cardIdea = "idea"

// ideaSee opens an idea in full; its page follows.
const ideaSee = "see"

// ideaPage is how much of an idea in full one message holds, in runes; each may be
// two of the units in which Telegram counts.
const ideaPage = 1900

// commentsShown is how many comments stand below an idea in full.
const commentsShown = 10

// postIdea puts the card of an idea into the group where it was given, so that
// others can support it there.
func (r *request) postIdea(idea council.Idea) error {
	if idea.FromGroup == 0 {
		return nil
	}
	group, err := r.tx.Group(idea.FromGroup)
	if err != nil || !group.Reachable {
		return notFoundIsNil(err)
	}
	if _, err := r.tx.Card(idea.Reference().String(), cardIdea, group.ChatID, group.ThreadID); err != nil {
		return err
	}
	return r.refreshIdea(idea.Number)
}

// refreshIdea brings everything up to date that stands in chats about an idea, and
// about those that belong together with it.
func (r *request) refreshIdea(number int64) error {
	family, err := r.tx.IdeaFamily(number)
	if err != nil {
		return err
	}
	for _, idea := range family.Ideas() {
		cards, err := r.tx.Cards(idea.Reference().String())
		if err != nil {
			return err
		}
		for _, card := range cards {
			if card.Kind != cardIdea && card.Kind != cardIdeaReview {
				continue
			}
			if err := r.showIdeaCard(family, idea, card); err != nil {
				return err
			}
		}
		if err := r.refreshDigests(idea.Reference()); err != nil {
			return err
		}
	}
	return nil
}

func (r *request) showIdeaCard(family council.IdeaFamily, idea council.Idea, card store.Card) error {
	where, err := r.placeOf(card)
	if errors.Is(err, store.ErrNotFound) {
		return nil // its group is no longer linked
	}
	if err != nil {
		return err
	}
	face := r.ideaFace
	if card.Kind == cardIdeaReview {
		face = r.reviewFace
	}
	payload, err := face(family, idea, where.speak)
	if err != nil {
		return err
	}
	payload.Subject, payload.About, payload.Silent = idea.Reference().String(), card.Kind, card.MessageID != 0
	return r.tx.Queue(store.Outgoing{
		ChatID: card.ChatID, ThreadID: card.ThreadID, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, Payload: payload,
	}, time.Now())
}

// ideaFace writes the card of an idea: three short lines with counts, and the names
// of those alone who have allowed that.
func (r *request) ideaFace(family council.IdeaFamily, idea council.Idea, speak locale.Speaker) (store.Payload, error) {
	names, err := r.ideaSubmitters(speak, family)
	if err != nil {
		return store.Payload{}, err
	}
	stands, err := r.ideaProgress(speak, idea)
	if err != nil {
		return store.Payload{}, err
	}
	count := len(family.Supporters())
	lines := []string{
		idea.Reference().String() + " · " + shorten(plainLine(idea.Title), cardTitleLimit),
		speak.Say("idea_card.people", "Names", shorten(names, cardTitleLimit), "Support", speak.Count("idea_same.support", count)),
		stands,
	}
	payload := store.Payload{Text: strings.Join(lines, "\n")}
	if idea.State == council.IdeaWithdrawn || idea.Held != council.HeldNot {
		payload.Text = lines[0] + "\n" + lines[2]
		return payload, nil
	}
	if idea.State == council.IdeaTrial {
		payload.Buttons = append(payload.Buttons, helpedRow(speak, idea))
	}
	payload.Buttons = append(payload.Buttons, []store.Button{
		{Text: speak.Say("button.idea_support", "N", count), Data: data(pressIdea, ideaSupport, idea.Number)},
		button(speak, "idea_follow", pressIdea, ideaFollow, idea.Number),
	}, []store.Button{{Text: speak.Say("button.idea_full"), URL: r.privateLink(idea.Reference().String())}})
	return payload, nil
}

// ideaStanding is where an idea stands, in words.
func ideaStanding(speak locale.Speaker, idea council.Idea) string {
	if idea.State == council.IdeaMerged {
		return speak.Say("idea_card.merged", "Into", ideaReference(idea.MergedInto))
	}
	return ideaStateName(speak, idea)
}

func ideaStateName(speak locale.Speaker, idea council.Idea) string {
	return speak.Say("idea.state." + string(idea.State))
}

// openIdea shows an idea in full in private, as the link on its card asks for.
func (r *request) openIdea(number int64) error {
	text, row, err := r.ideaInFull(number, 0)
	if err != nil {
		return err
	}
	return r.replyAbout(ideaReference(number), cardIdeaGiven, text, row...)
}

// pressSeeIdea shows an idea in full as a new message, or turns its page.
func (r *request) pressSeeIdea(number int64, rest pressArguments) error {
	if !r.private {
		return r.stale()
	}
	text, rows, err := r.ideaInFull(number, rest.number(0))
	if err != nil {
		return err
	}
	if rest.text(0) == "" {
		err = r.replyAbout(ideaReference(number), cardIdeaGiven, text, rows...)
	} else {
		err = r.edit(text, rows...)
	}
	return errors.Join(err, r.toast(""))
}

// ideaInFull writes a page of everything that may be known of an idea: its words as
// they were written, who stands behind it, and what was said to it. What is held is
// for coordinators and for who gave it.
func (r *request) ideaInFull(number, wanted int64) (string, [][]store.Button, error) {
	idea, err := r.idea(number)
	if err != nil {
		return "", nil, err
	}
	if err := r.maySeeIdea(idea); err != nil {
		return "", nil, err
	}
	lines, family, err := r.ideaLines(idea)
	if err != nil {
		return "", nil, err
	}
	text := []rune(strings.Join(lines, "\n"))
	page, before, behind := onePage(wanted, ideaPage, len(text))
	text = text[page*ideaPage : min(len(text), (page+1)*ideaPage)]
	var rows [][]store.Button
	turn := turnButtons(r.speak, page, before, behind, pressIdea, ideaSee, number)
	if len(turn) > 0 {
		rows = append(rows, turn)
	}
	files, err := r.ideaFilesRow(idea)
	if err != nil {
		return "", nil, err
	}
	deeds, err := r.ideaDeeds(idea, family)
	return strings.TrimSpace(string(text)), append(append(rows, files...), deeds...), err
}

func (r *request) ideaLines(idea council.Idea) ([]string, council.IdeaFamily, error) {
	family, err := r.tx.IdeaFamily(idea.Number)
	if err != nil {
		return nil, family, err
	}
	names, err := r.ideaSubmitters(r.speak, family)
	if err != nil {
		return nil, family, err
	}
	stands, err := r.ideaProgress(r.speak, idea)
	if err != nil {
		return nil, family, err
	}
	if idea.SubmitterID == r.actor.ID {
		if stands, err = r.ideaNext(idea); err != nil {
			return nil, family, err
		}
	}
	lines := []string{idea.Reference().String() + " · " + idea.Title, stands, "", idea.Text}
	if idea.Problem != "" {
		lines = append(lines, "", r.speak.Say("idea_card.problem", "Text", idea.Problem))
	}
	if idea.Benefit != "" {
		lines = append(lines, "", r.speak.Say("idea_card.benefit", "Text", idea.Benefit))
	}
	lines = append(lines, "", r.speak.Say("idea_card.people", "Names", names, "Support", r.speak.Count("idea_same.support", len(family.Supporters()))))
	tasks, err := r.ideaTaskLines(family)
	if err != nil {
		return nil, family, err
	}
	lines = append(lines, tasks...)
	if discussed, err := r.discussedIn(r.speak, idea.Reference()); err != nil {
		return nil, family, err
	} else if discussed != "" {
		lines = append(lines, discussed)
	}
	var joined, said []string
	for _, one := range family.Ideas() {
		if one.Number != idea.Number {
			joined = append(joined, one.Reference().String())
		}
		comments, err := r.tx.Comments(one, commentsShown)
		if err != nil {
			return nil, family, err
		}
		said = append(said, comments...)
	}
	if len(joined) > 0 {
		lines = append(lines, r.speak.Say("idea_card.together", "References", strings.Join(joined, ", ")))
	}
	if len(said) > 0 {
		lines = append(lines, "", r.speak.Say("idea_card.comments"))
	}
	for _, comment := range said[:min(len(said), commentsShown)] {
		lines = append(lines, "– "+plainLine(comment))
	}
	return lines, family, nil
}

// ideaDeeds are what the reader can do with an idea: a coordinator decides about
// what it is like, others support and follow it.
func (r *request) ideaDeeds(idea council.Idea, family council.IdeaFamily) ([][]store.Button, error) {
	var rows [][]store.Button
	if idea.State == council.IdeaWithdrawn || idea.Held != council.HeldNot {
		return nil, nil
	}
	if supports, _ := family.Support(r.actor.ID); !supports {
		rows = append(rows, []store.Button{{Text: r.speak.Say("button.idea_support", "N", len(family.Supporters())), Data: data(pressIdea, ideaSupport, idea.Number)},
			button(r.speak, "idea_follow", pressIdea, ideaFollow, idea.Number)})
	}
	if row := r.reviewRow(idea, family); row != nil {
		rows = append(rows, row)
	}
	if !r.actor.Coordinates() || idea.State == council.IdeaMerged {
		return rows, nil
	}
	if idea.State == council.IdeaTrial {
		rows = append(rows, trialDeeds(r.speak, idea), []store.Button{button(r.speak, "idea_trial_day", pressIdea, ideaTrialDay, idea.Number)})
	}
	begin, err := r.beginRow(family)
	if err != nil {
		return nil, err
	}
	rows = append(rows, begin...)
	found, err := r.tx.Likenesses(idea.Number)
	if err != nil {
		return nil, err
	}
	for _, like := range found {
		if like.Open() {
			other, err := r.standsFor(like.Other)
			if err != nil {
				return nil, err
			}
			into := other.Reference().String()
			rows = append(rows, []store.Button{
				{Text: r.speak.Say("button.idea_merge_into", "Into", into), Data: data(pressIdea, ideaMerge, idea.Number, like.Other)},
				{Text: r.speak.Say("button.idea_offer", "Into", into), Data: data(pressIdea, ideaOffer, idea.Number, like.Other)},
			})
		}
	}
	return rows, nil
}
