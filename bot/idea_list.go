package bot

import (
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// What is done by button with a list of ideas; the page follows, and the choice.
const (
	ideaList = "list"
	ideaPick = "pick" // [Saring]
)

// aboutIdeas marks a list of ideas.
const aboutIdeas = "ideas"

// How many ideas a page holds; in a group, where everybody has to scroll past it, fewer.
const (
	ideasPage      = 6
	ideasPageGroup = 3
)

// ideaChoice is which ideas a list shows, and in which order.
type ideaChoice struct {
	Dimension council.Dimension
	State     council.IdeaState
	MostFirst bool
	Mine      bool
	Held      bool // those that wait for a coordinator
	Decide    bool // those that wait for the person's own scores or decision
	Export    bool // as a sheet: no list shows it, and no button carries it
}

// anything stands in a button for what was not chosen.
const anything = "-"

// The words of the choice inside buttons.
const (
	orderMost    = "most"
	choiceMine   = "mine"
	choiceHeld   = "held"
	choiceDecide = "decide"
)

// words are the choice as a button carries it, and readIdeaChoice reads it back.
func (c ideaChoice) words() []any {
	orAny := func(word string) any {
		if word == "" {
			return anything
		}
		return word
	}
	order, whose := "", ""
	if c.MostFirst {
		order = orderMost
	}
	switch {
	case c.Mine:
		whose = choiceMine
	case c.Held:
		whose = choiceHeld
	case c.Decide:
		whose = choiceDecide
	}
	return []any{orAny(string(c.Dimension)), orAny(string(c.State)), orAny(order), orAny(whose)}
}

func readIdeaChoice(rest pressArguments) ideaChoice {
	whose := rest.text(3)
	choice := ideaChoice{MostFirst: rest.text(2) == orderMost, Mine: whose == choiceMine, Held: whose == choiceHeld, Decide: whose == choiceDecide}
	if dimension := council.Dimension(rest.text(0)); slices.Contains(council.Dimensions, dimension) {
		choice.Dimension = dimension
	}
	if state := council.IdeaState(rest.text(1)); slices.Contains(council.IdeaStates, state) {
		choice.State = state
	}
	return choice
}

// listIdeas is /daftar_ide, which may say which ideas are meant: "lingkungan
// terbanyak", "diterima", "saya", or what is wanted of them: "ekspor", "gambar Oktober".
func (r *request) listIdeas() error {
	if !r.private && !r.linked() {
		return council.Refuse("not_linked")
	}
	if number, _ := r.ideaNamed(); number != 0 {
		return r.showIdeaHere(number)
	}
	if word, month := firstWord(r.text); ideasWanted(word) == wantPicture {
		return r.pictureOfIdeas(month)
	}
	choice, unknown := ideaWords(r.text, r.city.Groups)
	if unknown != "" {
		return r.reply(r.speak.Say("idea_list.unclear", "Words", shorten(plainLine(unknown), phraseLimit)))
	}
	switch {
	case choice.Export:
		return r.exportIdeas(choice)
	case choice.Mine && !r.private:
		return r.myIdeas()
	}
	text, rows, err := r.ideaList(choice, 0)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutIdeas, text, rows...)
}

// ideasWanted tells what a word means about a list of ideas; "" for nothing.
func ideasWanted(word string) string {
	meaning, _ := locale.Meaning("idea_list", word)
	return meaning
}

// ideaWords reads which ideas words mean; unknown is where they mean nothing.
func ideaWords(text string, own locale.OwnGroups) (choice ideaChoice, unknown string) {
	words := strings.Fields(text)
	for len(words) > 0 {
		taken := 0
		for long := min(3, len(words)); long > 0 && taken == 0; long-- {
			if choice.read(strings.Join(words[:long], " "), own) {
				taken = long
			}
		}
		if taken == 0 {
			return choice, strings.Join(words, " ")
		}
		words = words[taken:]
	}
	return choice, ""
}

// read takes a word into the choice, and tells whether it means anything.
func (c *ideaChoice) read(word string, own locale.OwnGroups) bool {
	meaning, known := locale.Meaning("idea_list", word)
	switch {
	case known && meaning == orderMost:
		c.MostFirst = true
	case known && meaning == choiceMine:
		c.Mine = true
	case known && meaning == choiceHeld:
		c.Held = true
	case known && meaning == choiceDecide:
		c.Decide = true
	case known && meaning == wantExport:
		c.Export = true
	case known && slices.Contains(council.IdeaStates, council.IdeaState(meaning)):
		c.State = council.IdeaState(meaning)
	case known: // "all", and words that only stand between
	default:
		_, dimension, isGroup := groupWords(word, own)
		if !isGroup || dimension == "" {
			return false
		}
		c.Dimension = dimension
	}
	return true
}

// pressIdeas turns the page of a list, or shows another choice.
func (r *request) pressIdeas(page int64, rest pressArguments) error {
	if is, err := r.pressedIdeas(); err != nil || !is {
		return errorsOr(err, r.stale())
	}
	text, rows, err := r.ideaList(readIdeaChoice(rest), page)
	if err != nil {
		return err
	}
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// pressedIdeas tells whether the message that was pressed is a list of ideas.
func (r *request) pressedIdeas() (bool, error) {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	return about == aboutIdeas, err
}

// ideaFilter says which ideas a choice means, as far as the person may see them here.
func (r *request) ideaFilter(choice ideaChoice) (store.IdeaFilter, error) {
	if err := r.may(council.ActionSupport, council.Scope{}); err != nil {
		return store.IdeaFilter{}, err
	}
	filter := store.IdeaFilter{Dimension: choice.Dimension, State: choice.State, MostFirst: choice.MostFirst}
	switch {
	case choice.Mine:
		filter.SubmitterID = r.actor.ID
	case choice.Held:
		if err := r.may(council.ActionCheck, council.Scope{}); err != nil {
			return filter, err
		}
		filter.HeldOnly = true
	case choice.Decide:
		if err := r.may(council.ActionDecideIdea, council.Scope{}); err != nil {
			return filter, err
		}
		filter.ToDecide, filter.ToScoreBy = true, r.scorer()
	}
	if choice.own() && !r.private {
		return filter, council.Refuse("idea_list_private")
	}
	return filter, nil
}

// own tells whether the choice depends on the person, and stands in private alone.
func (c ideaChoice) own() bool { return c.Mine || c.Held || c.Decide }

// scorer is the person as one whose scores are waited for; 0 for who only records
// what others have decided.
func (r *request) scorer() int64 {
	if allowed, reason := council.May(r.actor, council.ActionScoreIdea, council.Scope{}); !allowed || reason == "on_behalf" {
		return 0
	}
	return r.actor.ID
}

func (r *request) ideaList(choice ideaChoice, wanted int64) (string, [][]store.Button, error) {
	filter, err := r.ideaFilter(choice)
	if err != nil {
		return "", nil, err
	}
	count, err := r.tx.CountIdeas(filter)
	if err != nil {
		return "", nil, err
	}
	size := ideasPage
	if !r.private {
		size = ideasPageGroup
	}
	page, before, behind := onePage(wanted, size, count)
	ideas, err := r.tx.Ideas(filter, page*size, size)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.choiceHead(choice, count)}
	var rows [][]store.Button
	for i, idea := range ideas {
		line, err := r.listedIdea(choice, idea)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, line)
		if i%3 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], r.ideaButton(idea))
	}
	if choice.Mine {
		drafts, err := r.draftsLine()
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, drafts...)
	}
	return strings.Join(lines, "\n"), append(rows, r.turnIdeas(choice, page, before, behind)...), nil
}

// ideaButton opens an idea: in private as a new message, from a group by a link there.
func (r *request) ideaButton(idea council.Idea) store.Button {
	reference := idea.Reference().String()
	if !r.private {
		return store.Button{Text: reference, URL: r.privateLink(reference)}
	}
	return store.Button{Text: reference, Data: data(pressIdea, ideaSee, idea.Number)}
}

// listedIdea is an idea in one line of a list.
func (r *request) listedIdea(choice ideaChoice, idea council.Idea) (string, error) {
	if choice.Mine || choice.Decide {
		return r.ownIdeaLine(idea)
	}
	family, err := r.tx.IdeaFamily(idea.Number)
	return r.ideaLine(idea) + " · " + r.speak.Count("idea_same.support", len(family.Supporters())), err
}

// choiceHead says which ideas a list shows, and how many they are.
func (r *request) choiceHead(choice ideaChoice, count int) string {
	var chosen []string
	if choice.Dimension != "" {
		chosen = append(chosen, r.speak.Say("dimension."+string(choice.Dimension)))
	}
	if choice.State != "" {
		chosen = append(chosen, r.speak.Say("idea.state."+string(choice.State)))
	}
	if choice.Held {
		chosen = append(chosen, r.speak.Say("idea_list.held"))
	}
	if choice.Decide {
		chosen = append(chosen, r.speak.Say("idea_list.decide"))
	}
	if choice.MostFirst {
		chosen = append(chosen, r.speak.Say("idea_list.most"))
	}
	key := "idea_list.head"
	switch {
	case choice.Mine && count == 0:
		key = "idea_list.none_mine"
	case choice.Decide && count == 0:
		key = "idea_list.none_decide"
	case count == 0:
		key = "idea_list.none"
	case choice.Mine:
		key = "idea_list.mine"
	}
	return r.speak.Say(key, "N", count, "Chosen", strings.Join(chosen, " · "))
}

// turnIdeas are the buttons that turn the page, and lead to another choice.
func (r *request) turnIdeas(choice ideaChoice, page int, before, behind bool) [][]store.Button {
	to := func(label string, page int, choice ideaChoice) store.Button {
		return button(r.speak, label, pressIdea, append([]any{ideaList, page}, choice.words()...)...)
	}
	var turn []store.Button
	if before {
		turn = append(turn, to("previous", page-1, choice))
	}
	if behind {
		turn = append(turn, to("next", page+1, choice))
	}
	ordered := choice
	ordered.MostFirst = !choice.MostFirst
	order := "idea_most"
	if choice.MostFirst {
		order = "idea_newest"
	}
	others := []store.Button{to(order, 0, ordered), button(r.speak, "idea_pick", pressIdea, append([]any{ideaPick, 0}, choice.words()...)...)}
	if choice.Mine {
		others = []store.Button{to("idea_all", 0, ideaChoice{})}
	}
	rows := [][]store.Button{others}
	if len(turn) > 0 {
		rows = [][]store.Button{turn, others}
	}
	return append(rows, r.ideaDocuments(choice)...)
}
