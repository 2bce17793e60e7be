package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerInvolvement stands in the outbox for the picture of a month.
const makerInvolvement = "involvement"

// involvement is /keterlibatan: what groups did together in a month beside the
// month before, in numbers, with a picture.
func (r *request) involvement() error {
	if err := r.mayInPlace(council.ActionInvolvement); err != nil {
		return err
	}
	month, read := r.involvementMonth(r.text)
	switch {
	case !read:
		return council.Refuse("involvement_unread")
	case month.After(council.MonthOf(r.now, r.city.Zone)):
		return council.Refuse("involvement_ahead")
	}
	view, err := r.viewInvolvement(month, r.now.Add(time.Millisecond)) // what happens at this moment has happened
	if err != nil {
		return err
	}
	payload := store.Payload{Text: strings.Join(view.lines(r.speak, r.private), "\n"), Files: []store.File{view.file(r.speak)}}
	if !r.private {
		payload.ReplyTo = r.message.ID
	}
	return queueWithFiles(r.tx, store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload,
	})
}

// involvementMonth reads which month is wanted: "Oktober 2026", "Oktober" (the
// last one, or the present), "bulan lalu", "2026-10"; nothing is the present month.
func (r *request) involvementMonth(text string) (council.Month, bool) {
	present := council.MonthOf(r.now, r.city.Zone)
	if word, rest := firstWord(text); rest != "" {
		if meaning, _ := locale.Meaning("which_month", word); meaning == "word" {
			if month, read := r.involvementMonth(rest); read {
				return month, true
			}
		}
	}
	switch meaning, _ := locale.Meaning("which_month", text); {
	case strings.TrimSpace(text) == "" || meaning == "present":
		return present, true
	case meaning == "before":
		return present.Add(-1), true
	}
	if month, err := council.ParseMonth(strings.TrimSpace(text)); err == nil {
		return month, true
	}
	word, rest := firstWord(text)
	number, known := locale.Meaning("month", word)
	if !known {
		return present, false
	}
	month := council.Month{Year: present.Year, Month: time.Month(pressArguments{number}.number(0))}
	if rest == "" {
		if month.After(present) {
			month = month.Add(-12)
		}
		return month, true
	}
	year, err := strconv.Atoi(strings.TrimSpace(rest))
	month.Year = year
	return month, err == nil && len(strings.TrimSpace(rest)) == 4
}

// involvementView is a month beside the month before, as far as it compares.
type involvementView struct {
	month       council.Month
	until       time.Time // up to when the month was counted
	zone        *time.Location
	span        council.Span
	spanBefore  council.Span
	now, before council.Involvement
	groups      []report.NamedGroup
}

// viewInvolvement counts a month up to a moment, and the month before up to the
// same day and hour.
func (r *request) viewInvolvement(month council.Month, until time.Time) (involvementView, error) {
	view := involvementView{month: month, until: until, zone: r.city.Zone}
	view.span, view.spanBefore = month.Until(until, view.zone), month.Alike(month.Add(-1), until, view.zone)
	groups, err := r.tx.GroupsEver()
	if err != nil {
		return view, err
	}
	if view.now, err = r.tx.Involvement(view.span, groups); err != nil {
		return view, err
	}
	if view.before, err = r.tx.Involvement(view.spanBefore, groups); err != nil {
		return view, err
	}
	linked, err := r.tx.Groups()
	if err != nil {
		return view, err
	}
	for _, group := range groups {
		known := slices.ContainsFunc(linked, func(other council.Group) bool { return other.ID == group.ID })
		if known || view.now.Groups[group.ID].Active+view.before.Groups[group.ID].Active > 0 {
			view.groups = append(view.groups, report.NamedGroup{Group: group, Name: r.groupName(group)})
		}
	}
	slices.SortStableFunc(view.groups, func(a, b report.NamedGroup) int { return groupPlace(a.Group) - groupPlace(b.Group) })
	return view, nil
}

// groupPlace brings groups into the order of their kinds and dimensions.
func groupPlace(group council.Group) int {
	return slices.Index(council.GroupKinds, group.Kind)*100 + slices.Index(council.Dimensions, group.Dimension)
}

// file is the picture that goes with the words; it is made when it is sent, and
// counts up to the same moment.
func (v involvementView) file(speak locale.Speaker) store.File {
	return store.File{Kind: filePhoto, Maker: makerInvolvement, Name: speak.Say("involvement.file", "Month", v.month.String()),
		Arguments: []string{v.month.String(), speak.Language, strconv.FormatInt(v.until.UnixMilli(), 10)}}
}

// makeInvolvement makes the picture of a month. Arguments: the month as "2026-10",
// the language, and up to when it counts in unix milliseconds.
func makeInvolvement(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	r, month, err := b.ofMonth(tx, arguments)
	if err != nil {
		return nil, err
	}
	view, err := r.viewInvolvement(month, r.now)
	if err != nil {
		return nil, err
	}
	return report.Involvement{
		Title: r.speak.Say("involvement.picture.title", "City", r.city.Name), Groups: view.groups, Now: view.now, Before: view.before,
		Span: view.name(r.speak, view.span), BeforeSpan: view.name(r.speak, view.spanBefore),
	}.Picture(r.speak)
}

// ofMonth reads for which month a picture is made, in which language, and up to when
// it counts: the request is of that moment.
func (b *Bot) ofMonth(tx *store.Tx, arguments []string) (*request, council.Month, error) {
	if len(arguments) != 3 {
		return nil, council.Month{}, errors.New("a month, a language and a moment are expected")
	}
	month, err := council.ParseMonth(arguments[0])
	if err != nil {
		return nil, month, err
	}
	until, err := strconv.ParseInt(arguments[2], 10, 64)
	if err != nil {
		return nil, month, err
	}
	r := &request{Bot: b, tx: tx, now: time.UnixMilli(until), speak: b.book.In(arguments[1])}
	r.city, err = b.cityNow(tx)
	return r, month, err
}
