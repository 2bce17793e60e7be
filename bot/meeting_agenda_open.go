package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// How many open things stand on a page to choose from, and side by side.
const (
	agendaOpenPage = 8
	agendaPickRow  = 2
)

// agendaItem is an open thing that may be put on an agenda.
type agendaItem struct {
	subject council.Reference
	text    string // how a topic of it keeps it
}

// same tells whether a topic is about this thing.
func (i agendaItem) same(topic council.Topic) bool {
	return topic.Subject == i.subject && (i.subject.Letter != council.EvaluationLetter || topic.Text == i.text)
}

// openForAgenda lists what is open, concerns a meeting, and may be seen by the one who
// asks: tasks, ideas, questions, missing evidence, recommendations.
func (r *request) openForAgenda(m council.Meeting) ([]agendaItem, error) {
	var items []agendaItem
	for _, source := range []func(council.Meeting) ([]agendaItem, error){
		r.tasksForAgenda, r.ideasForAgenda, r.questionsForAgenda, r.evidenceForAgenda, r.recommendationsForAgenda,
	} {
		more, err := source(m)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	return items, nil
}

// tasksForAgenda are the tasks that are overdue or blocked: of the invited groups, or
// all of them where the council or the secretariat meets.
func (r *request) tasksForAgenda(m council.Meeting) (items []agendaItem, err error) {
	filter := store.TaskFilter{OpenOnly: true}
	groups, err := r.tx.Groups()
	if err != nil {
		return nil, err
	}
	invited := slices.DeleteFunc(groups, func(group council.Group) bool { return !m.To.Include(group) })
	ofCity := func(group council.Group) bool {
		return group.Kind == council.KindCouncil || group.Kind == council.KindSecretariat
	}
	if len(invited) > 0 && !slices.ContainsFunc(invited, ofCity) {
		for _, group := range invited {
			filter.GroupIDs = append(filter.GroupIDs, group.ID)
		}
	}
	tasks, err := r.tx.Tasks(filter, 0, -1)
	if err != nil {
		return nil, err
	}
	for _, task := range tasks {
		if !task.Overdue(r.now) && task.State != council.TaskBlocked {
			continue
		}
		if may, _ := council.May(r.actor, council.ActionSeeTask, r.scope(task)); may {
			items = append(items, agendaItem{task.Reference(), agendaTitle(task.Title)})
		}
	}
	return items, nil
}

// ideasForAgenda are the ideas that wait for a decision; whoever has a role may see them.
func (r *request) ideasForAgenda(council.Meeting) (items []agendaItem, err error) {
	if r.may(council.ActionSupport, council.Scope{}) != nil {
		return nil, nil
	}
	ideas, err := r.tx.Ideas(store.IdeaFilter{ToDecide: true}, 0, -1)
	for _, idea := range ideas {
		items = append(items, agendaItem{idea.Reference(), agendaTitle(idea.Title)})
	}
	return items, err
}

// questionsForAgenda are the questions that are past their target.
func (r *request) questionsForAgenda(council.Meeting) (items []agendaItem, err error) {
	questions, err := r.tx.Questions(store.QuestionFilter{OpenOnly: true}, 0, -1)
	for _, question := range questions {
		if question.Late(r.now) && r.maySee(question) == nil {
			items = append(items, agendaItem{question.Reference(), agendaTitle(question.Text)})
		}
	}
	return items, err
}

// evidenceForAgenda are the dimensions of open evaluations of which evidence is missing.
func (r *request) evidenceForAgenda(council.Meeting) (items []agendaItem, err error) {
	if r.may(council.ActionSeeEvaluation, council.Scope{}) != nil {
		return nil, nil
	}
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return nil, err
	}
	for _, evaluation := range evaluations {
		if evaluation.State != council.EvaluationOpen {
			continue
		}
		standings, err := r.tx.Standings(evaluation.Number)
		if err != nil {
			return nil, err
		}
		_, parts := council.ReadinessOf(standings)
		for _, part := range parts {
			if part.Count[council.EvidenceVerified] < part.Total {
				items = append(items, agendaItem{evaluation.Reference(), string(part.Dimension)})
			}
		}
	}
	return items, nil
}

// recommendationsForAgenda are the recommendations that are followed.
func (r *request) recommendationsForAgenda(council.Meeting) (items []agendaItem, err error) {
	if r.may(council.ActionSeeEvaluation, council.Scope{}) != nil {
		return nil, nil
	}
	open, err := r.tx.Recommendations(true)
	for _, recommendation := range open {
		items = append(items, agendaItem{recommendation.Reference(), agendaTitle(recommendation.Text)})
	}
	return items, err
}

func agendaTitle(text string) string { return shorten(plainLine(text), cardTitleLimit) }

// agendaOpenText is a page of what is open, with what is on the agenda marked.
func (r *request) agendaOpenText(m council.Meeting, wanted int64) (string, [][]store.Button, error) {
	items, err := r.openForAgenda(m)
	if err != nil {
		return "", nil, err
	}
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return "", nil, err
	}
	back := []store.Button{button(r.speak, "agenda_done", pressAgenda, agendaShow, m.Number)}
	if len(items) == 0 {
		return r.speak.Say("agenda.nothing_open", "Reference", m.Reference().String()), [][]store.Button{back}, nil
	}
	agenda := council.Agenda(topics)
	pages := (len(items) + agendaOpenPage - 1) / agendaOpenPage
	page := min(max(int(wanted), 1), pages)
	lines := []string{r.speak.Say("agenda.open", "Reference", m.Reference().String(), "N", len(agenda), "Most", council.AgendaLimit)}
	var row []store.Button
	var rows [][]store.Button
	for _, item := range items[(page-1)*agendaOpenPage : min(page*agendaOpenPage, len(items))] {
		line, err := r.agendaTopic(r.speak, council.Topic{Subject: item.subject, Text: item.text})
		if err != nil {
			return "", nil, err
		}
		mark := ""
		if slices.ContainsFunc(agenda, item.same) {
			mark = addresseeMark
		}
		lines = append(lines, mark+line)
		if row = append(row, r.agendaPickButton(m, page, item, mark)); len(row) == agendaPickRow {
			rows, row = append(rows, row), nil
		}
	}
	rows = append(filledRows(append(rows, row)...), r.agendaTurns(m, page, pages))
	return strings.Join(lines, "\n"), append(filledRows(rows...), back), nil
}

// agendaPickButton puts a thing on the agenda, or takes it off.
func (r *request) agendaPickButton(m council.Meeting, page int, item agendaItem, mark string) store.Button {
	label, dimension := item.subject.String(), ""
	if item.subject.Letter == council.EvaluationLetter {
		dimension = item.text
		label += " " + r.speak.Say("dimension."+dimension)
	}
	return store.Button{Text: mark + label, Data: data(pressAgenda, agendaPick, m.Number, page, item.subject.String(), dimension)}
}

func (r *request) agendaTurns(m council.Meeting, page, pages int) (row []store.Button) {
	if page > 1 {
		row = append(row, button(r.speak, "previous", pressAgenda, agendaOpen, m.Number, page-1))
	}
	if page < pages {
		row = append(row, button(r.speak, "next", pressAgenda, agendaOpen, m.Number, page+1))
	}
	return row
}

// pressAgendaOpen shows a page of what is open.
func (r *request) pressAgendaOpen(m council.Meeting, rest pressArguments) error {
	return r.showAgendaOpen(m, rest.number(0), "")
}

func (r *request) showAgendaOpen(m council.Meeting, page int64, toast string) error {
	text, rows, err := r.agendaOpenText(m, page)
	if err != nil {
		return err
	}
	return errors.Join(r.agendaInPlace(m, text, rows...), r.toast(toast))
}

// pressAgendaPick puts an open thing on the agenda, or takes it off again. A button may
// be forged: only what is offered to the one who presses can be put there.
func (r *request) pressAgendaPick(m council.Meeting, rest pressArguments) error {
	subject, _ := council.ParseReference(rest.text(1))
	picked := agendaItem{subject, rest.text(2)}
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return err
	}
	agenda := council.Agenda(topics)
	if at := slices.IndexFunc(agenda, picked.same); at >= 0 && !subject.IsZero() {
		if err := r.keepTopic(m, agenda[at].Decide(council.TopicDeclined, r.actor.ID, r.now)); err != nil {
			return err
		}
		return r.showAgendaOpen(m, rest.number(0), r.speak.Say("agenda.toast.off"))
	}
	items, err := r.openForAgenda(m)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(items, func(item agendaItem) bool {
		return picked.same(council.Topic{Subject: item.subject, Text: item.text})
	})
	if at < 0 {
		return r.showAgendaOpen(m, rest.number(0), r.speak.Say("press.renewed"))
	}
	if err := r.addTopics(m, topics, []council.Topic{{Subject: items[at].subject, Text: items[at].text}}); err != nil {
		return err
	}
	return r.showAgendaOpen(m, rest.number(0), r.speak.Say("agenda.toast.on"))
}
