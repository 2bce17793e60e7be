package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// spokenLine is a line of minutes on its way.
type spokenLine struct {
	kind    council.MinuteKind
	text    string
	subject council.Reference
}

// takeMinutes keeps what stands behind a command as lines of minutes.
func (r *request) takeMinutes(kind council.MinuteKind) error {
	m, words, err := r.meetingAtHand(r.text)
	if err != nil || m.Number == 0 {
		return err
	}
	if words == "" {
		return r.minutesPage(m)
	}
	if err := r.mayMeeting(council.ActionMinutes, m); err != nil {
		return err
	}
	return r.keepSpoken(m, r.spokenLines(kind, words))
}

// spokenLines takes what was written apart: each line is one of the minutes. A decision
// that begins with a reference, or answers a message about such a thing, is about that,
// and then all of it is one.
func (r *request) spokenLines(kind council.MinuteKind, words string) []spokenLine {
	if kind == council.MinuteDecision {
		if subject, rest := r.settledBy(words); !subject.IsZero() {
			return []spokenLine{{kind, rest, subject}}
		}
	}
	var lines []spokenLine
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(strings.TrimLeft(line, " \t-•*")); line != "" {
			as, text := lineKind(line, kind)
			lines = append(lines, spokenLine{kind: as, text: text})
		}
	}
	return lines
}

// lineKind reads "keputusan: …" and "catat: …" at the beginning of a line.
func lineKind(line string, otherwise council.MinuteKind) (council.MinuteKind, string) {
	word, rest, found := strings.Cut(line, ":")
	if meaning, known := locale.Meaning("minute_kind", word); found && known && strings.TrimSpace(rest) != "" {
		return council.MinuteKind(meaning), strings.TrimSpace(rest)
	}
	return otherwise, line
}

// keepSpoken keeps lines and answers that it did.
func (r *request) keepSpoken(m council.Meeting, lines []spokenLine) error {
	before := m.Minutes.State
	m, kept, err := r.keepLines(m, lines)
	if err != nil {
		return err
	}
	if err := r.canUndoMinutes(m, kept); err != nil {
		return err
	}
	return r.answerNoted(m, kept, before)
}

// keepLines keeps lines, all of them or, where one cannot be kept, none.
func (r *request) keepLines(m council.Meeting, lines []spokenLine) (council.Meeting, []council.Minute, error) {
	lines, err := r.checkSpoken(m, lines)
	if err != nil {
		return m, nil, err
	}
	if m, err = r.openMinutes(m); err != nil {
		return m, nil, err
	}
	kept := make([]council.Minute, len(lines))
	for i, line := range lines {
		if kept[i], err = r.noteMinute(m, line.kind, line.text, line.subject); err != nil {
			return m, nil, err
		}
	}
	return m, kept, nil
}

// withoutForeign keeps decisions about what is not for this person as words alone: what
// was decided is not lost, and nothing more is said of the thing. It refuses what is not there.
func (r *request) withoutForeign(m council.Meeting, lines []spokenLine) ([]spokenLine, error) {
	kept := slices.Clone(lines)
	for i, line := range lines {
		if line.subject.IsZero() {
			continue
		}
		err := r.maySettle(m, line.subject)
		refusal := (*council.Refusal)(nil)
		switch {
		case errors.As(err, &refusal) && refusal.Code != "no_such_thing":
			kept[i] = spokenLine{kind: line.kind, text: line.subject.String() + " " + line.text}
		case err != nil:
			return nil, err
		}
	}
	return kept, nil
}

// checkSpoken refuses, before anything is kept or opened, what minutes cannot hold, and
// gives the lines as this person may say them.
func (r *request) checkSpoken(m council.Meeting, lines []spokenLine) ([]spokenLine, error) {
	if len(lines) == 0 {
		return nil, council.Refuse("minute_empty", "Reference", m.Reference().String())
	}
	var err error
	if m.Minutes.State != council.MinutesDraft {
		if m, err = m.Open(r.now); err != nil {
			return nil, err
		}
	}
	if lines, err = r.withoutForeign(m, lines); err != nil {
		return nil, err
	}
	for _, line := range lines {
		if _, err := m.Note(line.kind, line.text, line.subject, r.actor.ID, r.now); err != nil {
			return nil, err
		}
	}
	standing, err := r.standingMinutes(m)
	if err == nil && len(standing)+len(lines) > council.MinutesLimit {
		err = council.Refuse("minutes_full", "Most", strconv.Itoa(council.MinutesLimit))
	}
	return lines, err
}

// standingMinutes are the lines of the newest edition of a meeting's minutes.
func (r *request) standingMinutes(m council.Meeting) ([]council.Minute, error) {
	lines, err := r.tx.MinuteLines(m.Number)
	return council.Standing(lines, m.Minutes.Edition), err
}
