package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// aboutPlan marks a message of the bot that shows what it will say.
const aboutPlan = "plan"

// planSpan is the longest span of days that a plan shows.
const planSpan = 62

// showPlan answers with the first page of a plan.
func (r *request) showPlan(view planView) error {
	text, rows, err := r.planOnPage(view, 0)
	if err != nil {
		return err
	}
	return r.replyAbout("", aboutPlan, text, rows...)
}

// pressPlan answers every button of plans. What it carries may be forged, so
// who presses is asked anew.
func (r *request) pressPlan(arguments pressArguments) error {
	if err := r.mayInPlace(council.ActionStatusOwn); err != nil {
		return err
	}
	switch arguments.text(0) {
	case planTurn:
		return r.turnPlan(arguments)
	case planApply:
		return r.applyPlan(int(arguments.number(1)))
	case planChange:
		return r.changePlan(int(arguments.number(1)))
	case planAdjust:
		return r.adjustEvaluation(arguments.number(1))
	case planUndoCity:
		return r.pressUndoCity(arguments.number(1))
	}
	return r.stale()
}

// What the buttons of plans mean.
const (
	planTurn     = "see"
	planApply    = "apply"
	planChange   = "edit"
	planAdjust   = "adjust"
	planUndoCity = "undo"
)

// turnPlan turns to another page.
func (r *request) turnPlan(arguments pressArguments) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	view, read := readPlanView(arguments)
	if about != aboutPlan || !read {
		return r.stale()
	}
	text, rows, err := r.planOnPage(view, arguments.number(3))
	if err != nil {
		return err
	}
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// dayForm is a day as buttons carry it.
const dayForm = "20060102"

// readPlanView reads what planButton wrote.
func readPlanView(arguments pressArguments) (view planView, read bool) {
	first, noFirst := time.Parse(dayForm, arguments.text(1))
	last, noLast := time.Parse(dayForm, arguments.text(2))
	if noFirst != nil || noLast != nil {
		return view, false
	}
	view.First, view.Last = council.DayOf(first, time.UTC), council.DayOf(last, time.UTC)
	view.About, _ = council.ParseReference(arguments.text(4))
	view.MemberID = arguments.number(5)
	return view, true
}

func (r *request) planButton(view planView, page int, label string) store.Button {
	day := func(day council.Day) string { return day.At(12, 0, time.UTC).Format(dayForm) }
	return store.Button{Text: label, Data: data(pressPlan, planTurn, day(view.First), day(view.Last), page, view.About.String(), view.MemberID)}
}

// planOnPage writes a page of a plan, with buttons to the pages beside it.
func (r *request) planOnPage(view planView, page int64) (string, [][]store.Button, error) {
	view, err := r.narrow(view)
	if err != nil {
		return "", nil, err
	}
	pages, past, err := r.planPages(view)
	if err != nil {
		return "", nil, err
	}
	head, err := r.planHead(view)
	if err != nil || len(pages) == 0 {
		return head + "\n" + r.speak.Say("plan.none"), nil, err
	}
	here, before, behind := onePage(page, 1, len(pages))
	if len(pages) > 1 {
		head += " " + r.speak.Say("plan.page", "Page", here+1, "Pages", len(pages))
	}
	text := head + "\n" + pages[here].text
	if past {
		text += "\n\n" + r.speak.Say("plan.after")
	}
	var row []store.Button
	label := func(key string, page int) string {
		return r.speak.Say("button."+key, "Day", r.speak.ShortDay(pages[page].first.In(r.city.Zone)))
	}
	if before {
		row = append(row, r.planButton(view, here-1, label("plan_back", here-1)))
	}
	if behind {
		row = append(row, r.planButton(view, here+1, label("plan_on", here+1)))
	}
	if len(row) == 0 {
		return text, nil, nil
	}
	return text, [][]store.Button{row}, nil
}

// planPages writes all that a view shows, and tells whether something of it
// comes after a deadline.
func (r *request) planPages(view planView) (pages []planPage, past bool, err error) {
	facts, err := newPlanFacts(r.tx, r.city.Timing, r.now)
	if err != nil {
		return nil, false, err
	}
	sayings, err := r.planned(facts, view)
	if err != nil {
		return nil, false, err
	}
	writer := &planText{evaluationText: r.evaluationText(), request: r, facts: facts, names: r.wholeCity(view), bare: !r.wholeCity(view)}
	blocks, err := writer.blocks(sayings)
	return planPages(blocks, writer.write, r.city.Zone), pastDeadlines(sayings), err
}

// pastDeadlines tells whether something is said after its deadline.
func pastDeadlines(sayings []saying) bool {
	return slices.ContainsFunc(sayings, func(s saying) bool { days, _ := s.reminder.Step.Days(); return days > 0 })
}

// write writes a moment with its lines.
func (w *planText) write(block planMoment) string {
	return w.moment(block.at) + "\n· " + strings.Join(block.lines, "\n· ")
}

// wholeCity tells whether a plan is for everybody, with names.
func (r *request) wholeCity(view planView) bool {
	all, _ := council.May(r.actor, council.ActionStatusCity, council.Scope{})
	return r.private && all && view.MemberID == 0
}

// narrow leaves of a plan what the person may see here: a coordinator all of it
// in private, others their own, and everybody in a group what that group is told.
func (r *request) narrow(view planView) (planView, error) {
	if view.Last.Sub(view.First) > planSpan {
		view.Last = view.First.Add(planSpan)
	}
	switch {
	case !r.private && view.MemberID != 0:
		return view, council.Refuse("plan_in_private")
	case r.private && view.MemberID != 0 && view.MemberID != r.actor.ID:
		if err := r.may(council.ActionStatusCity, council.Scope{}); err != nil {
			return view, err
		}
	case r.private && !r.wholeCity(view):
		view.MemberID = r.actor.ID
	}
	switch view.About.Letter {
	case 0:
		return view, nil
	case council.EvaluationLetter:
		if err := r.mayInPlace(council.ActionSeeEvaluation); err != nil {
			return view, err
		}
		_, err := r.evaluation(view.About)
		return view, err
	case council.TaskLetter:
		_, err := r.task(view.About.Number, council.ActionSeeTask)
		return view, err
	case council.MeetingLetter:
		m, err := r.findMeeting(view.About.Number)
		if err != nil {
			return view, err
		}
		return view, r.mayMeeting(council.ActionSeeMeeting, m)
	}
	return view, council.Refuse("no_such_thing", "Reference", view.About.String())
}

// planned foretells what a view shows.
func (r *request) planned(facts *planFacts, view planView) ([]saying, error) {
	start := view.First.At(0, 0, r.city.Zone)
	until := view.Last.Add(1).At(0, 0, r.city.Zone).Add(-time.Millisecond)
	if until.Before(r.now) || until.After(r.now.AddDate(2, 0, 0)) {
		return nil, nil
	}
	reminders, err := r.tx.RemindersUntil(time.UnixMilli(0), until)
	if err != nil {
		return nil, err
	}
	if reminders, err = r.concerning(facts, view, reminders); err != nil {
		return nil, err
	}
	sayings, err := foretell(facts, reminders, until, true)
	return slices.DeleteFunc(sayings, func(s saying) bool {
		return s.at.Before(start) || !view.About.IsZero() && s.reminder.Subject != view.About || r.private && view.MemberID != 0 && s.to.MemberID != view.MemberID
	}), err
}

// concerning leaves out what has nothing to do with a view. What others asked to
// be reminded of is shown to nobody else.
func (r *request) concerning(facts *planFacts, view planView, reminders []council.Reminder) ([]council.Reminder, error) {
	var left []council.Reminder
	for _, reminder := range reminders {
		forPerson := reminder.GroupID == 0 && (reminder.MemberID == 0 || reminder.MemberID == view.MemberID)
		switch {
		case !r.private && reminder.GroupID != r.group.ID, r.private && view.MemberID != 0 && !forPerson:
			continue
		case r.private && reminder.Step == council.StepOwn:
			own, err := facts.ownReminder(reminder.Subject.Number)
			if notFoundIsNil(err) != nil {
				return nil, err
			}
			if errors.Is(err, store.ErrNotFound) || own.Own.MemberID != r.actor.ID {
				continue
			}
		}
		left = append(left, reminder)
	}
	return left, nil
}

// planHead says what a plan is of.
func (r *request) planHead(view planView) (string, error) {
	days := r.speak.ShortDay(view.First.At(12, 0, r.city.Zone))
	if view.Last != view.First {
		days += " – " + r.speak.ShortDay(view.Last.At(12, 0, r.city.Zone))
	}
	details := []any{"Days", days, "About", view.About.String()}
	switch {
	case !r.private:
		return r.speak.Say("plan.head.group", details...), nil
	case view.MemberID == 0:
		return r.speak.Say("plan.head.city", details...), nil
	case view.MemberID == r.actor.ID:
		return r.speak.Say("plan.head.own", details...), nil
	}
	member, err := r.tx.Member(view.MemberID)
	return r.speak.Say("plan.head.person", append(details, "Person", namePerson(r.speak, member))...), err
}
