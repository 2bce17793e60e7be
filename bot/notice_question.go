package bot

import (
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// writeQuestions lists the questions that wait for an answer of the person's.
func (n *notice) writeQuestions() error {
	items := n.questions(council.ToResponsible)
	if len(items) == 0 {
		return nil
	}
	n.open("notice.report")
	if len(items) > 1 {
		n.headline(n.speak.Say("notice.question.several"))
	}
	for _, item := range items {
		line, over, err := n.questionSettled(item.Question)
		if err != nil {
			return err
		}
		if over {
			n.add(line)
			continue
		}
		line = n.questionLine(item)
		if len(items) == 1 {
			line = n.speak.Say("notice.question.please", "Line", line)
		}
		n.add(line, n.speak.Say("notice.question.text", "Text", shorten(item.Question.Text, cardTitleLimit)))
		row := n.questionButtons(item.Question, len(items) > 1, questionAnswer, questionForward)
		if !item.Question.NeedsUntil.After(n.now) {
			row = append(row, n.questionButtons(item.Question, len(items) > 1, questionTime)...)
		}
		n.offer(row...)
	}
	return nil
}

// questions gives the items for an audience that are about a question, each once.
func (n *notice) questions(audience council.Audience) []council.Item {
	var items []council.Item
	for _, item := range n.items(audience) {
		known := slices.ContainsFunc(items, func(other council.Item) bool { return other.Question.Number == item.Question.Number })
		if item.Question.Number != 0 && !known {
			items = append(items, item)
		}
	}
	return items
}

// questionLine says until when a question waits.
func (n *notice) questionLine(item council.Item) string {
	question := item.Question
	details := []any{"Reference", question.Reference().String(), "Moment", n.nearMoment(question.Target), "Left", n.speak.Left(n.city.days(n.now, question.Target))}
	switch {
	case question.NeedsUntil.After(n.now):
		local := question.NeedsUntil.In(n.city.Zone)
		return n.speak.Say("notice.question.needs", "Reference", question.Reference().String(),
			"Day", n.speak.Weekday(local)+" "+n.speak.BriefDate(local), "Left", n.speak.Left(n.city.days(n.now, question.NeedsUntil)))
	case n.city.days(n.now, question.Target) == 0:
		return n.speak.Say("notice.question.today", append(details, "Hour", clockOf(n.speak, question.Target.In(n.city.Zone)))...)
	}
	return n.speak.Say("notice.question.waits", details...)
}

// questionSettled says in words why nothing is expected of the person any more;
// false while something is.
func (n *notice) questionSettled(question council.Question) (line string, over bool, err error) {
	if line, over = n.questionEnded(question); over {
		return line, true, nil
	}
	responsible, err := n.tx.Responsible(question, council.DayOf(n.now, n.city.Zone))
	if err != nil || slices.Contains(responsible, n.member.ID) {
		return "", false, err
	}
	return n.speak.Say("notice.question.passed_on", "Reference", question.Reference().String()), true, nil
}

// questionAssign is what forwarding is called for a leader.
const questionAssign = "assign"

// questionButtons are in the words of the reader; where several questions are
// spoken of, each button names its own.
func (n *notice) questionButtons(question council.Question, several bool, what ...string) []store.Button {
	row := make([]store.Button, len(what))
	for i, word := range what {
		row[i].Text = n.speak.Say("notice.question.button." + word)
		if word == questionAssign {
			word = questionForward
		}
		row[i].Data = data(pressQuestion, word, question.Number)
		if several {
			row[i].Text += " " + question.Reference().String()
		}
	}
	return row
}

// nearMoment writes a moment of these days: "Rabu pukul 16.00"; farther away the
// date stands beside the day of the week.
func (n *notice) nearMoment(moment time.Time) string {
	local := moment.In(n.city.Zone)
	day := n.speak.Weekday(local)
	if days := n.city.days(n.now, moment); days > 6 || days < -6 {
		day += " " + n.speak.BriefDate(local)
	}
	return day + " " + n.speak.Say("date.at") + " " + clockOf(n.speak, local)
}

func clockOf(speak locale.Speaker, local time.Time) string {
	return speak.Clock(local.Hour()*60 + local.Minute())
}

// writeQuestionReport tells a leader, respectfully, which questions are past their
// target, and asks to answer or to assign them.
func (n *notice) writeQuestionReport() error {
	items := n.questions(council.ToLeader)
	if len(items) == 0 {
		return nil
	}
	office, _, err := n.readStanding()
	if err != nil {
		return err
	}
	n.openReport("notice.question.leader", office)
	asked := false
	for _, item := range items {
		line, over := n.questionEnded(item.Question)
		if over {
			n.add(line)
			continue
		}
		if line, err = n.lateLine(item.Question); err != nil {
			return err
		}
		n.add(line, n.speak.Say("notice.question.text", "Text", shorten(item.Question.Text, cardTitleLimit)))
		n.offer(n.questionButtons(item.Question, len(items) > 1, questionAnswer, questionAssign)...)
		asked = true
	}
	if asked {
		n.add(n.speak.Say("notice.question.ask"))
	}
	return nil
}

// questionEnded says in words that a question needs nobody's direction any more.
func (n *notice) questionEnded(question council.Question) (line string, over bool) {
	key := string(question.State)
	switch {
	case question.State == council.QuestionClosed && question.Outcome == council.OutcomeWithdrawn:
		key = string(council.OutcomeWithdrawn)
	case question.State == council.QuestionClosed:
		key = string(council.QuestionAnswered)
	case question.State != council.QuestionAnswered && question.State != council.QuestionClarifying:
		return "", false
	}
	return n.speak.Say("notice.question."+key, "Reference", question.Reference().String()), true
}

func (n *notice) lateLine(question council.Question) (string, error) {
	from, err := n.askedFrom(question)
	if err != nil {
		return "", err
	}
	persons, err := n.answering(question)
	if err != nil {
		return "", err
	}
	line := n.speak.Say("notice.question.late", "Reference", question.Reference().String(), "From", from, "Moment", n.nearMoment(question.Target), "Persons", persons)
	if question.NeedsUntil.After(n.now) {
		local := question.NeedsUntil.In(n.city.Zone)
		line += " " + n.speak.Say("notice.question.late_needs", "Day", n.speak.Weekday(local)+" "+n.speak.BriefDate(local))
	}
	return line, nil
}

// answering names who is to answer a question.
func (n *notice) answering(question council.Question) (string, error) {
	ids, err := n.tx.Responsible(question, council.DayOf(n.now, n.city.Zone))
	if err != nil || len(ids) == 0 {
		return n.speak.Say("notice.question.nobody"), err
	}
	return n.asRequest().namePersons(n.speak, ids)
}

// askedFrom names where a question comes from.
func (n *notice) askedFrom(question council.Question) (string, error) {
	if question.FromGroup != 0 {
		return n.asRequest().fromName(n.speak, question.FromGroup)
	}
	return n.asRequest().askedFrom(n.speak, question)
}

// asRequest lets a notice use the words of the conversations; nobody asks.
func (n *notice) asRequest() *request {
	return &request{Bot: n.bot, tx: n.tx, city: n.city, now: n.now, speak: n.speak}
}

// writeUnmanned tells a coordinator of questions that nobody is in charge of.
func (n *notice) writeUnmanned() error {
	items := n.questions(council.ToCoordinator)
	if len(items) > 0 {
		n.open("notice.report")
	}
	for _, item := range items {
		if line, over := n.questionEnded(item.Question); over {
			n.add(line)
			continue
		}
		responsible, err := n.tx.Responsible(item.Question, council.DayOf(n.now, n.city.Zone))
		if err != nil {
			return err
		}
		if err := n.writeUnmannedOne(item.Question, len(responsible) > 0, len(items) > 1); err != nil {
			return err
		}
	}
	return nil
}

func (n *notice) writeUnmannedOne(question council.Question, manned, several bool) error {
	if manned {
		persons, err := n.answering(question)
		n.add(n.speak.Say("notice.question.manned", "Reference", question.Reference().String(), "Persons", persons))
		return err
	}
	from, err := n.askedFrom(question)
	if err != nil {
		return err
	}
	to, err := n.asRequest().addresseeName(n.speak, question.To)
	if err != nil {
		return err
	}
	n.add(n.speak.Say("notice.question.unmanned", "Reference", question.Reference().String(), "From", from, "To", to,
		"Moment", n.nearMoment(question.Target), "Left", n.speak.Left(n.city.days(n.now, question.Target))),
		n.speak.Say("notice.question.unmanned_how"))
	n.offer(n.questionButtons(question, several, questionAnswer, questionForward)...)
	return nil
}
