package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/reading"
)

// evaluationDraft is an evaluation on its way: what has been said of it so far.
// It is kept in a conversation's row, so that it survives a restart at every step.
type evaluationDraft struct {
	Name        string
	Milestones  []council.Milestone
	Guided      bool // something was missing, so the upload is asked for as well
	UploadAsked bool
	Preview     int // which message the preview of this draft answers

	unread reading.Due // a date that was not understood
	phrase string      // its words
}

// nameLimit keeps the name of an evaluation short enough for every line it stands in.
const nameLimit = 150

// readEvaluation reads "Evaluasi Tahap I, Kamis 11 Juni jam 9, unggah terakhir 10
// Juni 23.59 WIB" into a draft. What stands before a date says what happens then;
// what stands before the first one is the name.
func (r *request) readEvaluation(text string, draft evaluationDraft) evaluationDraft {
	at := 0
	for i, due := range reading.FindAll(text, r.readingContext()) {
		lead := text[at:due.Start]
		at = due.End
		name, clause := splitLead(lead)
		if i == 0 && tidy(name) != "" {
			draft.Name = shorten(tidy(name), nameLimit)
		}
		if due.Outcome != reading.Found {
			draft.unread, draft.phrase = due, strings.Trim(text[due.Start:due.End], " ,.;")
			continue
		}
		draft.set(milestoneKind(clause), r.deadlineOf(due))
	}
	if at == 0 && !aboutMilestones(text) && tidy(text) != "" {
		draft.Name = shorten(tidy(text), nameLimit)
	}
	return draft
}

// splitLead parts what stands before a date into a name and the words that say
// what the date is for.
func splitLead(lead string) (name, clause string) {
	cut := strings.LastIndexAny(strings.TrimRight(lead, " ,;:\n"), ",;\n")
	clause = lead[cut+1:]
	if !aboutMilestones(clause) {
		return lead, clause
	}
	return lead[:max(cut, 0)], clause
}

// aboutMilestones tells whether a clause consists of words for milestones only.
func aboutMilestones(clause string) bool {
	for _, word := range strings.Fields(clause) {
		if locale.FoldWord(word) == "" {
			continue
		}
		_, kind := locale.Meaning("milestone", word)
		_, around := locale.Meaning("around_milestone", word)
		if !kind && !around {
			return false
		}
	}
	return true
}

// milestoneKind tells what happens on a date by the words before it.
func milestoneKind(clause string) council.MilestoneKind {
	for _, word := range strings.Fields(clause) {
		if kind, known := locale.Meaning("milestone", word); known {
			return council.MilestoneKind(kind)
		}
	}
	return council.MilestonePresentation
}

// set gives a milestone its date.
func (d *evaluationDraft) set(kind council.MilestoneKind, deadline council.Deadline) {
	d.Milestones = withMilestone(d.Milestones, kind, deadline)
}

// withMilestone gives the first milestone of a kind another date, or adds one.
func withMilestone(milestones []council.Milestone, kind council.MilestoneKind, deadline council.Deadline) []council.Milestone {
	changed := append([]council.Milestone(nil), milestones...)
	for i := range changed {
		if changed[i].Kind == kind {
			changed[i].Deadline = deadline
			return changed
		}
	}
	return append(changed, council.Milestone{Kind: kind, Deadline: deadline})
}

// withInternal adds the suggested internal deadline before an upload closes, or
// moves it along. One that would be past is left out.
func withInternal(milestones []council.Milestone, calendar council.Calendar, now time.Time) []council.Milestone {
	for _, milestone := range milestones {
		if milestone.Kind != council.MilestoneUpload {
			continue
		}
		if internal := council.InternalDeadline(milestone.Deadline, calendar); internal.At.After(now) {
			return withMilestone(milestones, council.MilestoneInternal, internal)
		}
	}
	var rest []council.Milestone
	for _, milestone := range milestones {
		if milestone.Kind != council.MilestoneInternal {
			rest = append(rest, milestone)
		}
	}
	return rest
}

func hasMilestone(milestones []council.Milestone, kind council.MilestoneKind) bool {
	for _, milestone := range milestones {
		if milestone.Kind == kind {
			return true
		}
	}
	return false
}
