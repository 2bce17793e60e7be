package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// questionPage is how many questions a page of a list holds.
const questionPage = 6

// Whose questions a list shows.
const (
	questionsPut = "put" // those that the person may answer
	questionsOwn = "own" // those that the person asked
	questionsAll = "all" // every open one, for coordinators
)

// listQuestions is /pertanyaan: for those who work for the programme what waits for
// them, for coordinators all that is open, for others what they have asked.
func (r *request) listQuestions() error {
	if number, _ := r.questionNamed(); number != 0 {
		return r.showQuestionNamed(number)
	}
	if err := r.mayAskHere(); err != nil {
		return err
	}
	text, rows, err := r.questionList(r.usualQuestions(), 0)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutQuestions, text, rows...)
}

func (r *request) usualQuestions() string {
	switch {
	case r.private && r.actor.Coordinates():
		return questionsAll
	case staff(r.actor) && r.group.Kind != council.KindCommunity:
		return questionsPut
	}
	return questionsOwn
}

// pressQuestions turns the page of a list, or shows another.
func (r *request) pressQuestions(page int64, rest pressArguments) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if err != nil || about != aboutQuestions {
		return errorsOr(err, r.stale())
	}
	if err := r.mayAskHere(); err != nil {
		return err
	}
	text, rows, err := r.questionList(rest.text(0), page)
	if err != nil {
		return err
	}
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// questionFilter says which questions a list holds. In a group it holds only
// those that have come there.
func (r *request) questionFilter(whose string) (store.QuestionFilter, error) {
	switch {
	case whose == questionsAll && r.private && r.actor.Coordinates():
		return store.QuestionFilter{OpenOnly: true}, nil
	case whose != questionsPut:
		return store.QuestionFilter{AskerID: r.actor.ID, FromGroup: r.group.ID}, nil
	case !r.private:
		_, err := r.mayAnswer(council.Question{To: council.Addressee{GroupID: r.group.ID}})
		return store.QuestionFilter{OpenOnly: true, ToGroups: []int64{r.group.ID}}, err
	}
	filter := store.QuestionFilter{OpenOnly: true, ToMember: r.actor.ID}
	for _, group := range r.actor.Groups {
		if group.Kind == council.KindCouncil || group.Kind == council.KindWorkingGroup {
			filter.ToGroups = append(filter.ToGroups, group.ID)
		}
	}
	holdings, err := r.tx.HoldingsOf(r.actor.ID, r.day())
	for _, holding := range holdings {
		if holding.Covers(r.day()) {
			filter.Positions = append(filter.Positions, holding.PositionID)
		}
	}
	return filter, err
}

func (r *request) questionList(whose string, wanted int64) (string, [][]store.Button, error) {
	filter, err := r.questionFilter(whose)
	if err != nil {
		return "", nil, err
	}
	count, err := r.tx.CountQuestions(filter)
	if err != nil {
		return "", nil, err
	}
	page, before, behind := onePage(wanted, questionPage, count)
	questions, err := r.tx.Questions(filter, page*questionPage, questionPage)
	if err != nil {
		return "", nil, err
	}
	if whose != questionsAll && whose != questionsPut {
		whose = questionsOwn
	}
	lines := []string{r.speak.Say("question.list."+whose, "N", count)}
	var rows [][]store.Button
	for i, q := range questions {
		line, err := r.questionLine(q, whose)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, line)
		if i%3 == 0 {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], store.Button{Text: q.Reference().String(), Data: data(pressQuestion, questionCard, q.Number)})
	}
	if count == 0 {
		lines = []string{r.speak.Say("question.list.none_" + whose)}
	}
	turn, err := r.turnQuestions(whose, page, before, behind)
	if err != nil || len(turn) == 0 {
		return strings.Join(lines, "\n"), rows, err
	}
	return strings.Join(lines, "\n"), append(rows, turn), nil
}

// turnQuestions are the buttons that turn the page, and lead to the person's own.
func (r *request) turnQuestions(whose string, page int, before, behind bool) ([]store.Button, error) {
	var row []store.Button
	if before {
		row = append(row, button(r.speak, "previous", pressQuestion, questionList, page-1, whose))
	}
	if behind {
		row = append(row, button(r.speak, "next", pressQuestion, questionList, page+1, whose))
	}
	if !r.private {
		return row, nil
	}
	if whose == questionsOwn {
		if usual := r.usualQuestions(); usual != questionsOwn {
			row = append(row, button(r.speak, "back", pressQuestion, questionList, 0, usual))
		}
		return row, nil
	}
	own, err := r.tx.CountQuestions(store.QuestionFilter{AskerID: r.actor.ID})
	if own > 0 {
		row = append(row, button(r.speak, "question_own", pressQuestion, questionList, 0, questionsOwn))
	}
	return row, err
}

// questionLine is a question in one line of a list.
func (r *request) questionLine(q council.Question, whose string) (string, error) {
	other, err := r.addresseeName(r.speak, q.To)
	if whose == questionsPut {
		other, err = r.askedFrom(r.speak, q)
	}
	target := q.Target.In(r.city.Zone)
	return r.speak.Say("question.list.line", "Reference", q.Reference().String(), "Text", shorten(plainLine(q.Text), 60), "Other", other,
		"State", r.questionStateNow(q), "Day", r.speak.ShortDay(target)), err
}

// questionStateNow is the word for where a question stands; in private it says
// when the target has passed.
func (r *request) questionStateNow(q council.Question) string {
	state := r.questionState(r.speak, q)
	switch {
	case r.private && q.Open() && q.Escalated:
		return state + " · " + r.speak.Say("question.state.escalated")
	case r.private && q.Late(r.now):
		return state + " · " + r.speak.Say("question.state.late")
	}
	return state
}

// showQuestionNamed is /status Q-5.
func (r *request) showQuestionNamed(number int64) error {
	q, err := r.question(number)
	if err != nil {
		return err
	}
	if err := r.maySee(q); err != nil {
		return err
	}
	return r.showQuestion(q)
}

// showQuestion shows a question as it stands, with what was said and done, at the
// end of this chat.
func (r *request) showQuestion(q council.Question) error {
	where := r.here()
	holds, err := r.holdsQuestion(q, where)
	if err != nil {
		return err
	}
	name, err := r.addresseeName(r.speak, q.To)
	if err != nil {
		return err
	}
	target := r.speak.Moment(q.Target, r.city.Zone)
	lines := []string{
		r.speak.Say("question.show.head", "Reference", q.Reference().String(), "To", name, "Text", shorten(q.Text, textLimit/3)),
		r.speak.Say("question.show.state", "State", r.questionStateNow(q), "Target", target),
	}
	if q.AskerID != r.actor.ID || !r.private {
		from, err := r.askedFrom(r.speak, q)
		if err != nil {
			return err
		}
		lines = append(lines, r.speak.Say("question.show.from", "From", from))
	}
	for _, answer := range q.Answers {
		lines = append(lines, r.speak.Say("question.show.answer", "Moment", r.speak.Moment(answer.At, r.city.Zone), "Text", shorten(answer.Text, textLimit/4)))
	}
	happened, err := r.questionHistory(q)
	if err != nil {
		return err
	}
	lines = append(lines, happened...)
	var rows [][]store.Button
	if holds {
		if rows, err = r.questionButtons(q, where, holds); err != nil {
			return err
		}
	}
	return r.replyAbout(q.Reference().String(), r.shownAs(holds), strings.Join(lines, "\n"), rows...)
}

// questionHistory lists what has happened to a question, newest first, without who did it.
func (r *request) questionHistory(q council.Question) (lines []string, err error) {
	happenings, err := r.tx.History(q.Reference(), 0, historyPage)
	for _, h := range happenings {
		if key := "question.history." + string(h.Kind); r.speak.Knows(key) {
			local := h.At.In(r.city.Zone)
			lines = append(lines, r.speak.ShortDay(local)+" "+r.speak.Hour(local)+" · "+r.speak.Say(key))
		}
	}
	return lines, err
}

// shownAs is what a reply to a question that is shown means: an answer from those
// who are to give it, an explanation from the asker.
func (r *request) shownAs(holds bool) string {
	if holds {
		return cardQuestion
	}
	return cardAsked
}

// askWhichQuestion offers what can be answered, or passed on, when a command names
// no question.
func (r *request) askWhichQuestion(press string) error {
	if err := r.mayAskHere(); err != nil {
		return err
	}
	filter, err := r.questionFilter(questionsPut)
	if err == nil && r.private && r.actor.Coordinates() {
		filter = store.QuestionFilter{OpenOnly: true}
	}
	if err != nil {
		return err
	}
	questions, err := r.tx.Questions(filter, 0, listPage)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	for _, q := range questions {
		rows = append(rows, []store.Button{{
			Text: q.Reference().String() + " · " + shorten(plainLine(q.Text), 40), Data: data(pressQuestion, press, q.Number),
		}})
	}
	if len(rows) == 0 {
		return r.reply(r.speak.Say("question.list.none_put"))
	}
	return r.reply(r.speak.Say("question.list.which"), rows...)
}
