package bot

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makerPipeline stands in the outbox for the picture of a month's ideas.
const makerPipeline = "idea_pipeline"

// pressPictureOfIdeas sends the picture of the present month.
func (r *request) pressPictureOfIdeas(int64, pressArguments) error {
	if err := r.pictureOfIdeas(""); err != nil {
		return err
	}
	return r.toast("")
}

// pictureOfIdeas sends, for the coordinator, how far the ideas came in a month and how
// long they waited, beside the month before: by group, and never by person.
func (r *request) pictureOfIdeas(words string) error {
	if err := r.mayTakeIdeas(); err != nil {
		return err
	}
	month, read := r.involvementMonth(words)
	switch {
	case !read:
		return council.Refuse("idea_picture_unread")
	case month.After(council.MonthOf(r.now, r.city.Zone)):
		return council.Refuse("idea_picture_ahead")
	}
	until := r.now.Add(time.Millisecond) // what happens at this moment has happened
	view, err := r.viewPipeline(month, until)
	if err != nil {
		return err
	}
	picture := store.File{Kind: filePhoto, Maker: makerPipeline, Name: r.speak.Say("idea_pipeline.file", "Month", month.String()),
		Arguments: []string{month.String(), r.speak.Language, strconv.FormatInt(until.UnixMilli(), 10)}}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: strings.Join(view.lines(r.speak), "\n"), Files: []store.File{picture}}})
}

// pipelineView is the ideas of a month beside those of the month before, as far as it
// compares.
type pipelineView struct {
	days        involvementView // which days are compared
	now, before council.Pipeline
	groups      []report.NamedGroup // those in which ideas were given
	clocks      council.Clocks
}

// viewPipeline counts a month up to a moment, and the month before up to the same day
// and hour.
func (r *request) viewPipeline(month council.Month, until time.Time) (pipelineView, error) {
	zone := r.city.Zone
	view := pipelineView{clocks: r.city.Timing.Clocks, days: involvementView{month: month, until: until, zone: zone, span: month.Until(until, zone), spanBefore: month.Alike(month.Add(-1), until, zone)}}
	lives, err := r.tx.IdeaLives(until)
	if err != nil {
		return view, err
	}
	view.now = council.CountPipeline(lives, view.days.span, r.city.Timing.Calendar)
	view.before = council.CountPipeline(lives, view.days.spanBefore, r.city.Timing.Calendar)
	groups, err := r.tx.GroupsEver()
	if err != nil {
		return view, err
	}
	for _, group := range groups {
		if _, gave := view.now.Groups[group.ID]; gave {
			view.groups = append(view.groups, report.NamedGroup{Group: group, Name: r.groupName(group)})
		}
	}
	slices.SortStableFunc(view.groups, func(a, b report.NamedGroup) int { return groupPlace(a.Group) - groupPlace(b.Group) })
	return view, nil
}

// lines are the numbers in words.
func (v pipelineView) lines(speak locale.Speaker) []string {
	lines := []string{speak.Say("idea_pipeline.head", "Span", v.days.name(speak, v.days.span), "Before", v.days.name(speak, v.days.spanBefore))}
	for _, step := range council.PipelineSteps {
		lines = append(lines, speak.Say("idea_pipeline.line", "Name", speak.Say("idea_pipeline.step."+string(step)),
			"Number", compare(speak, v.now.City.Reached[step], v.before.City.Reached[step])))
	}
	waits := v.waitLines(speak)
	if len(waits) > 0 {
		lines = append(append(lines, "", speak.Say("idea_pipeline.waits")), waits...)
	}
	if groups := v.groupLines(speak); len(groups) > 0 {
		lines = append(append(lines, "", speak.Say("idea_pipeline.groups")), groups...)
	}
	return lines
}

// waitLines say how long ideas waited whose wait ended in the month.
func (v pipelineView) waitLines(speak locale.Speaker) (lines []string) {
	for _, wait := range council.PipelineWaits {
		now, known := v.now.City.Median(wait)
		if !known {
			continue
		}
		number := speak.Decimal(now)
		if before, compares := v.before.City.Median(wait); compares {
			number = compared(speak, number, speak.Decimal(before), int(2*now)-int(2*before))
		}
		line := speak.Say("idea_pipeline.line", "Name", speak.Say("idea_pipeline.wait."+string(wait)), "Number", number)
		if target := wait.Target(v.clocks); target > 0 {
			line += " · " + speak.Say("idea_pipeline.target", "N", target)
		}
		lines = append(lines, line)
	}
	return lines
}

// groupLines say where ideas came from, and how many of those were decided; of more
// groups than a message holds, how many they are.
func (v pipelineView) groupLines(speak locale.Speaker) (lines []string) {
	add := func(name string, id int64) {
		now, before := v.now.Groups[id], v.before.Groups[id]
		given, decided := now.Reached[council.PipelineGiven], now.Reached[council.PipelineDecided]
		if given+decided == 0 {
			return
		}
		line := speak.Say("idea_pipeline.group", "Group", shorten(plainLine(name), involvementName),
			"Given", compare(speak, given, before.Reached[council.PipelineGiven]), "Decided", decided)
		if days, known := now.Median(council.WaitWhole); known {
			line += " · " + speak.Say("idea_pipeline.median", "Days", speak.Decimal(days))
		}
		lines = append(lines, line)
	}
	for _, group := range v.groups {
		add(group.Name, group.ID)
	}
	add(speak.Say("idea_pipeline.private"), 0)
	if more := len(lines) - involvementGroups; more > 0 {
		lines = append(lines[:involvementGroups], speak.Count("idea_pipeline.more", more))
	}
	return lines
}

// makePipeline makes the picture of a month's ideas. Arguments: the month as
// "2026-10", the language, and up to when it counts in unix milliseconds.
func makePipeline(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	r, month, err := b.ofMonth(tx, arguments)
	if err != nil {
		return nil, err
	}
	view, err := r.viewPipeline(month, r.now)
	if err != nil {
		return nil, err
	}
	return report.Pipeline{
		Title: r.speak.Say("idea_pipeline.picture.title", "City", r.city.Name), Groups: view.groups, Private: r.speak.Say("idea_pipeline.private"),
		Span: view.days.name(r.speak, view.days.span), BeforeSpan: view.days.name(r.speak, view.days.spanBefore), Now: view.now, Before: view.before, Clocks: view.clocks,
	}.Picture(r.speak)
}
