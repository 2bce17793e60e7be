package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// How many indicators stand on a page to choose from, and side by side.
const (
	indicatorsOffered = 8
	indicatorsInRow   = 2
)

// offeredIndicator is an indicator for which the papers of a meeting may be evidence.
type offeredIndicator struct {
	council.Indicator
	named bool // its examples name such papers
}

// pressMinutesEvidence offers the indicators of open evaluations for the papers of a
// meeting: first those whose examples name an invitation, an attendance list or minutes.
func (r *request) pressMinutesEvidence(m council.Meeting, rest pressArguments) error {
	if err := r.mayMakeEvidence(m); err != nil {
		return err
	}
	indicators, err := r.indicatorsForMeeting()
	if err != nil {
		return err
	}
	back := []store.Button{button(r.speak, "back", pressMinutes, minutesShow, m.Number, 1)}
	if len(indicators) == 0 {
		return errors.Join(r.minutesInPlace(m, r.speak.Say("minutes.no_indicators", "Reference", m.Reference().String()), back), r.toast(""))
	}
	pages := (len(indicators) + indicatorsOffered - 1) / indicatorsOffered
	page := min(max(int(rest.number(0)), 1), pages)
	lines := []string{r.speak.Say("minutes.which_indicator", "Reference", m.Reference().String(), "Title", agendaTitle(m.Title))}
	var rows [][]store.Button
	for i, one := range indicators[(page-1)*indicatorsOffered : min(page*indicatorsOffered, len(indicators))] {
		line := joinParts(one.Code, shorten(plainLine(one.Name), phraseLimit*2), council.EvaluationReference(one.Evaluation).String())
		if one.named {
			line += " · " + r.speak.Say("minutes.examples_fit")
		}
		lines = append(lines, line)
		if i%indicatorsInRow == 0 {
			rows = append(rows, nil)
		}
		choose := store.Button{Text: joinParts(one.Code, council.EvaluationReference(one.Evaluation).String()), Data: data(pressMinutes, minutesFileFor, m.Number, one.ID)}
		rows[len(rows)-1] = append(rows[len(rows)-1], choose)
	}
	var turn []store.Button
	if page > 1 {
		turn = append(turn, button(r.speak, "previous", pressMinutes, minutesEvidence, m.Number, page-1))
	}
	if page < pages {
		turn = append(turn, button(r.speak, "next", pressMinutes, minutesEvidence, m.Number, page+1))
	}
	return errors.Join(r.minutesInPlace(m, strings.Join(lines, "\n"), filledRows(append(rows, turn, back)...)...), r.toast(""))
}

// mayMakeEvidence refuses who does not coordinate, and minutes that are not agreed.
func (r *request) mayMakeEvidence(m council.Meeting) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	if m.Minutes.State != council.MinutesAgreed {
		return council.Refuse("minutes_not_agreed", "Reference", m.Reference().String())
	}
	return nil
}

// indicatorsForMeeting lists the indicators of open evaluations.
func (r *request) indicatorsForMeeting() ([]offeredIndicator, error) {
	evaluations, err := r.tx.Evaluations()
	if err != nil {
		return nil, err
	}
	var offered []offeredIndicator
	for _, evaluation := range evaluations {
		if evaluation.State != council.EvaluationOpen {
			continue
		}
		indicators, err := r.tx.Indicators(evaluation.Number)
		if err != nil {
			return nil, err
		}
		for _, indicator := range indicators {
			offered = append(offered, offeredIndicator{indicator, namesMeetingPapers(indicator.Examples)})
		}
	}
	slices.SortStableFunc(offered, func(a, b offeredIndicator) int {
		switch {
		case a.named == b.named:
			return 0
		case a.named:
			return -1
		}
		return 1
	})
	return offered, nil
}

// namesMeetingPapers tells whether examples of evidence name a paper of a meeting.
func namesMeetingPapers(examples string) bool {
	words := strings.FieldsFunc(examples, func(letter rune) bool { return strings.ContainsRune(" \t\n,.;:()/&", letter) })
	for i, word := range words {
		if _, known := locale.Meaning("meeting_paper", word); known {
			return true
		}
		if i > 0 {
			if _, known := locale.Meaning("meeting_paper", words[i-1]+" "+word); known {
				return true
			}
		}
	}
	return false
}

// pressMinutesFile files the invitation, the attendance list and the agreed minutes as
// evidence of an indicator. Their bytes are made and kept afterwards, outside of this
// transaction, as what people send is fetched.
func (r *request) pressMinutesFile(m council.Meeting, rest pressArguments) error {
	if err := r.mayMakeEvidence(m); err != nil {
		return err
	}
	offered, err := r.indicatorsForMeeting()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(offered, func(one offeredIndicator) bool { return one.ID == rest.number(0) })
	if at < 0 {
		return r.stale()
	}
	indicator := offered[at]
	speak := r.book.In("") // for whoever judges the city, whatever the coordinator reads
	edition := m.Minutes.Edition
	made := false
	for _, file := range []store.File{invitationLetterFile(m, speak), attendanceListFile(m, speak), minutesFile(m, edition, speak)} {
		piece := council.Evidence{Kind: file.Kind, FileID: madeFileID(file), UniqueID: madeFileID(file) + " " + strconv.Itoa(edition), Name: file.Name,
			Words: m.Reference().String() + " · " + agendaTitle(m.Title), Personal: council.PersonalNo, MemberID: r.actor.ID,
			From: council.Place{ChatID: r.chatID, ThreadID: r.thread, MessageID: r.pressed}}
		filed, _, err := r.filePiece(piece, []int64{indicator.ID})
		if err != nil {
			return err
		}
		made = made || filed
	}
	if !made {
		return errors.Join(r.sayFiledBefore([]int64{indicator.ID}), r.toast(""))
	}
	reference := council.Reference{Letter: council.EvidenceLetter, Number: r.filing}
	undo := store.Undo{Subject: reference.String(), MemberID: r.actor.ID, Version: r.filing, ChangedAt: r.now}
	if err := r.tx.KeepUndo(undo, evidenceBefore{Filed: true}); err != nil {
		return err
	}
	if err := r.showFiling(r.pressed); err != nil {
		return err
	}
	return r.showMinutesPage(m, 1, r.speak.Say("minutes.toast.filed", "Code", indicator.Code))
}
