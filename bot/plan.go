package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// plan is /rencana: what the bot will say if nothing changes. With a date, steps
// or a sentence it shows what a change would mean, and makes none.
func (r *request) plan() error {
	if err := r.mayInPlace(council.ActionStatusOwn); err != nil {
		return err
	}
	text := strings.TrimSpace(r.text)
	word, rest := firstWord(text)
	if reference, named := council.ParseReference(word); named && strings.IndexByte(planned, reference.Letter) >= 0 {
		return r.planAbout(reference, rest)
	}
	switch meaning, _ := locale.Meaning("plan", word); {
	case meaning == "city":
		return r.planCity(rest)
	case meaning == "mine":
		return r.planOf(r.actor.ID, rest)
	case r.namesSomebody():
		return r.planNamed()
	case !r.about.IsZero():
		return r.planAbout(r.about, text)
	}
	return r.planIn(r.planView(), text)
}

// planned are the kinds of things of which is told what will be said, by their letters.
const planned = "TEM"

// namesSomebody tells whether the text mentions a person.
func (r *request) namesSomebody() bool {
	return slices.ContainsFunc(r.entities, func(entity models.MessageEntity) bool {
		return entity.Type == models.MessageEntityTypeMention || entity.Type == models.MessageEntityTypeTextMention
	})
}

// planNamed is /rencana @baso_contoh, for coordinators in private.
func (r *request) planNamed() error {
	if err := r.may(council.ActionStatusCity, council.Scope{}); err != nil {
		return err
	}
	text, people, err := r.takeMentions(body(r.message))
	if err != nil || len(people) == 0 {
		return errorsOr(err, council.Refuse("plan_unread"))
	}
	return r.planOf(people[0], text)
}

// planOf is for what one person will be told.
func (r *request) planOf(memberID int64, text string) error {
	view := r.planView()
	view.MemberID = memberID
	return r.planIn(view, text)
}

// planAbout is for one thing: what will be said of it, or what a change of it
// would mean.
func (r *request) planAbout(reference council.Reference, rest string) error {
	view := r.planView()
	view.About = reference
	if view, read := r.planDays(view, rest); read {
		return r.showPlan(view)
	}
	switch reference.Letter {
	case council.EvaluationLetter:
		return r.planEvaluationChange(reference, rest)
	case council.TaskLetter:
		return r.planTaskChange(reference, rest)
	case council.MeetingLetter:
		return council.Refuse("plan_unread")
	}
	return council.Refuse("no_such_thing", "Reference", reference.String())
}

// planIn is for the days that a text names.
func (r *request) planIn(view planView, text string) error {
	view, read := r.planDays(view, text)
	if !read {
		return council.Refuse("plan_unread")
	}
	return r.showPlan(view)
}

// planMonth is how far a plan looks ahead when nothing else was asked.
const planMonth = 30

// planView is what part of the plan somebody looks at.
type planView struct {
	First, Last council.Day
	About       council.Reference // of this thing alone
	MemberID    int64             // to this person alone
}

func (r *request) planView() planView {
	today := council.DayOf(r.now, r.city.Zone)
	return planView{First: today, Last: today.Add(planMonth)}
}

// planDays reads for which days the plan is wanted: a month ("Juni", "Juni
// 2027"), a day, or a span of days; nothing leaves the days as they are.
func (r *request) planDays(view planView, text string) (planView, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return view, true
	}
	if month, named := r.planMonthNamed(text); named {
		view.First, view.Last = month, council.Day{Year: month.Year, Month: month.Month + 1, Day: 0}.Add(0)
		return view, true
	}
	if !view.About.IsZero() {
		return view, false // a date beside a thing is a wish for another date
	}
	if from, to, found := reading.FindRange(text, r.readingContext()); found {
		view.First, view.Last = council.DayOf(from.Time, r.city.Zone), council.DayOf(to.Time, r.city.Zone)
		return view, true
	}
	due := reading.ReadDue(text, r.readingContext())
	view.First = council.DayOf(due.Time, r.city.Zone)
	view.Last = view.First
	return view, due.Outcome == reading.Found
}

// planMonthNamed reads the name of a month, of this year or, when that month is
// past, of the next one.
func (r *request) planMonthNamed(text string) (first council.Day, named bool) {
	word, rest := firstWord(text)
	number, known := locale.Meaning("month", word)
	if !known {
		return first, false
	}
	month := time.Month(pressArguments{number}.number(0))
	today := council.DayOf(r.now, r.city.Zone)
	first = council.Day{Year: today.Year, Month: month, Day: 1}
	if month < today.Month {
		first.Year++
	}
	if rest == "" {
		return first, true
	}
	year, err := strconv.Atoi(rest)
	first.Year = year
	return first, err == nil && year >= today.Year && year <= today.Year+1
}
