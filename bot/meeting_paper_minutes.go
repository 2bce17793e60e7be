package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// makeMinutes makes an edition of the minutes: an agreed one says what it said when it
// was agreed, the one that is written on what stands in it now.
func makeMinutes(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	r, m, edition, err := b.meetingPaper(tx, arguments)
	if err != nil {
		return nil, err
	}
	paper, agreed, err := r.keptMinutesPaper(m, edition, r.speak.Language)
	if err != nil {
		return nil, err
	}
	if !agreed {
		if paper, err = r.minutesPaperOf(m, council.MinutesEdition{Edition: edition}, r.speak); err != nil {
			return nil, err
		}
		return paper.PDF(r.speak)
	}
	editions, err := tx.MinutesEditions(m.Number)
	if err != nil {
		return nil, err
	}
	if editions[len(editions)-1].Edition > edition {
		paper.State = report.MinutesReplaced
	}
	return paper.PDF(r.speak)
}

// minutesPaperOf is what the document of an edition says: of one that nobody has agreed
// to, as a draft.
func (r *request) minutesPaperOf(m council.Meeting, edition council.MinutesEdition, speak locale.Speaker) (report.MinutesPaper, error) {
	paper := report.MinutesPaper{
		Reference: m.Reference().String(), Edition: edition.Edition, Title: m.Title, Place: m.Place, Starts: m.Starts, Ends: m.Ends(),
		Zone: r.city.Zone, At: r.now, State: report.MinutesDraft,
	}
	var err error
	if !edition.AgreedAt.IsZero() {
		paper.State, paper.At = report.MinutesAgreed, edition.AgreedAt
		if paper.Agreed, err = r.minutesAgreedBy(speak, m, edition); err != nil {
			return paper, err
		}
	}
	if paper.Head, err = r.letterhead(); err != nil {
		return paper, err
	}
	if paper.Chair, err = r.seatName(speak, m.Chair); err != nil {
		return paper, err
	}
	if paper.Scribe, err = r.seatName(speak, m.Scribe); err != nil {
		return paper, err
	}
	if paper.Agenda, err = r.agendaOnPaper(speak, m); err != nil {
		return paper, err
	}
	if paper.Present, err = r.presentText(speak, m, edition.Edition); err != nil {
		return paper, err
	}
	if paper.Next, err = r.nextMeetingText(speak, m); err != nil {
		return paper, err
	}
	return paper, r.minutesOnPaper(speak, m, &paper)
}

// minutesOnPaper puts the lines of an edition where they belong.
func (r *request) minutesOnPaper(speak locale.Speaker, m council.Meeting, paper *report.MinutesPaper) error {
	lines, err := r.tx.MinuteLines(m.Number)
	if err != nil {
		return err
	}
	for _, line := range council.Standing(lines, paper.Edition) {
		text := line.Text
		if !line.Subject.IsZero() && !namesReference(text, line.Subject) {
			text += " (" + line.Subject.String() + ")"
		}
		switch line.Kind {
		case council.MinuteDecision:
			paper.Decisions = append(paper.Decisions, text)
		case council.MinuteTask:
			task, err := r.followUpOnPaper(speak, line)
			if err != nil {
				return err
			}
			paper.Tasks = append(paper.Tasks, task)
		default:
			paper.Notes = append(paper.Notes, text)
		}
	}
	return nil
}

// namesReference tells whether a reference is one of the words of a text: "I-12" does not
// name I-1.
func namesReference(text string, reference council.Reference) bool {
	return slices.ContainsFunc(strings.Fields(text), func(word string) bool {
		named, is := council.ParseReference(word)
		return is && named == reference
	})
}

// followUpOnPaper is a follow-up with who is in charge, until when, and how it stands.
func (r *request) followUpOnPaper(speak locale.Speaker, line council.Minute) (report.MinutesTask, error) {
	task, err := r.tx.Task(line.Subject.Number)
	if err != nil {
		return report.MinutesTask{Text: line.Text}, notFoundIsNil(err)
	}
	row := report.MinutesTask{Text: joinParts(task.Reference().String(), task.Title), State: speak.Say("task.state." + string(task.State))}
	if !task.Deadline.IsZero() {
		row.Due = speak.Moment(task.Deadline.At, r.city.Zone)
	}
	var names []string
	for _, assignee := range task.Assignees {
		if assignee.MemberID == 0 {
			continue
		}
		member, err := r.tx.Member(assignee.MemberID)
		if err != nil {
			return row, err
		}
		names = append(names, namePerson(speak, member))
	}
	if row.Who = strings.Join(names, ", "); row.Who == "" {
		row.Who, err = r.cardAnyone(task, place{speak: speak})
	}
	return row, err
}

// presentText says how many were there, and from which groups: "14 orang (Dewan 4, Pokja
// Lingkungan 8, lainnya 2)"; "" where nobody was noted.
func (r *request) presentText(speak locale.Speaker, m council.Meeting, edition int) (string, error) {
	there, err := r.tx.AttendeesIn(m.Number, edition)
	if err != nil || len(there) == 0 {
		return "", err
	}
	counts, others := map[int64]int{}, 0
	for _, attendee := range there {
		from, err := r.groupsOfAttendee(m, attendee)
		if err != nil {
			return "", err
		}
		if len(from) == 0 {
			others++
			continue
		}
		counts[from[0]]++
	}
	groups, err := r.tx.GroupsEver()
	if err != nil {
		return "", err
	}
	slices.SortStableFunc(groups, func(a, b council.Group) int { return groupPlace(a) - groupPlace(b) })
	var parts []string
	for _, group := range groups {
		if count := counts[group.ID]; count > 0 {
			parts = append(parts, speak.Say("minutes_paper.group", "Group", r.groupNameIn(speak, group), "N", count))
		}
	}
	people := speak.Count("minutes_paper.people", len(there))
	if len(parts) == 0 {
		return people, nil
	}
	if others > 0 {
		parts = append(parts, speak.Say("minutes_paper.others", "N", others))
	}
	return speak.Say("minutes_paper.people_of", "People", people, "Groups", strings.Join(parts, ", ")), nil
}

// nextMeetingText says when and where the meeting is that goes on with this one; "" for
// none that is to come.
func (r *request) nextMeetingText(speak locale.Speaker, m council.Meeting) (string, error) {
	next, err := r.tx.MeetingAfter(m.Number)
	if err != nil || next.State != council.MeetingPlanned {
		return "", notFoundIsNil(err)
	}
	when := r.meetingTime(speak, next)
	if next.Place != "" {
		when += ", " + next.Place
	}
	return speak.Say("minutes_paper.next_line", "When", when, "Title", next.Title, "Reference", next.Reference().String()), nil
}
