package bot

import (
	"bytes"
	"context"
	"errors"
	"strconv"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
)

// What is wanted of ideas beside a list of them, as words and in buttons; the choice
// of the list follows.
const (
	wantExport  = "export"  // [Unduh XLSX]
	wantPicture = "picture" // [Gambar bulan ini]
)

// makerIdeasSheet stands in the outbox for a list of ideas as a workbook.
const makerIdeasSheet = "ideas_sheet"

// ideaDocuments are the buttons below a list for who may take it along.
func (r *request) ideaDocuments(choice ideaChoice) [][]store.Button {
	if r.mayTakeIdeas() != nil || choice.Mine || choice.Decide {
		return nil
	}
	return [][]store.Button{{
		button(r.speak, "idea_export", pressIdea, append([]any{wantExport, 0}, choice.words()...)...),
		button(r.speak, "idea_picture", pressIdea, wantPicture, 0),
	}}
}

// mayTakeIdeas refuses everybody but coordinators, and groups: names stand in it.
func (r *request) mayTakeIdeas() error {
	if err := r.may(council.ActionExport, council.Scope{}); err != nil {
		return err
	}
	if !r.private {
		return council.Refuse("idea_list_private")
	}
	return nil
}

// pressExportIdeas sends the ideas of a list as a workbook.
func (r *request) pressExportIdeas(_ int64, rest pressArguments) error {
	if err := r.exportIdeas(readIdeaChoice(rest)); err != nil {
		return err
	}
	return r.toast("")
}

// exportIdeas sends the ideas that a choice finds as a workbook, those as well that
// have become part of another. It is made when it leaves.
func (r *request) exportIdeas(choice ideaChoice) error {
	if err := r.mayTakeIdeas(); err != nil {
		return err
	}
	filter, err := r.ideaFilter(choice)
	if err != nil {
		return err
	}
	filter.AnyState = true
	count, err := r.tx.CountIdeas(filter)
	switch {
	case err != nil:
		return err
	case count == 0:
		return r.reply(r.choiceHead(choice, 0))
	}
	if err := r.record(council.Reference{}, council.EventExported, "", "what", exportIdeas); err != nil {
		return err
	}
	arguments := []string{r.speak.Language, strconv.FormatInt(r.actor.ID, 10)}
	for _, word := range choice.words() {
		arguments = append(arguments, word.(string))
	}
	day := council.DayOf(r.now, r.city.Zone)
	sheet := store.File{Kind: fileDocument, Maker: makerIdeasSheet, Arguments: arguments, Name: r.speak.Say("ideas_sheet.file", "Day", day.String())}
	return queueWithFiles(r.tx, store.Outgoing{ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: r.choiceHead(choice, count) + "\n" + r.speak.Say("ideas_sheet.caption"), Files: []store.File{sheet}}})
}

// makeIdeasSheet makes the workbook of a list. Arguments: the language, the id of the
// member who asked for it, and the words of the choice.
func makeIdeasSheet(_ context.Context, tx *store.Tx, b *Bot, arguments []string) ([]byte, error) {
	if len(arguments) < 2 {
		return nil, errors.New("a list of ideas: a language and a member are expected")
	}
	member, err := strconv.ParseInt(arguments[1], 10, 64)
	if err != nil {
		return nil, err
	}
	r := &request{Bot: b, tx: tx, now: b.Now(), speak: b.book.In(arguments[0]), private: true}
	if r.city, err = b.cityNow(tx); err != nil {
		return nil, err
	}
	if r.actor.Member, err = tx.Member(member); err != nil {
		return nil, err
	}
	if r.actor, err = tx.Actor(r.actor.Member); err != nil {
		return nil, err
	}
	if err := r.mayTakeIdeas(); err != nil {
		return nil, err
	}
	filter, err := r.ideaFilter(readIdeaChoice(arguments[2:]))
	if err != nil {
		return nil, err
	}
	filter.AnyState = true
	lines, err := r.ideaSheetLines(filter)
	if err != nil {
		return nil, err
	}
	var workbook bytes.Buffer
	err = report.WriteWorkbook(&workbook, report.IdeasSheet(lines, r.city.Zone, r.speak))
	return workbook.Bytes(), err
}

// ideaSheetLines are the ideas that a filter finds, with the names that may be shown.
func (r *request) ideaSheetLines(filter store.IdeaFilter) ([]report.IdeaLine, error) {
	ideas, err := r.tx.Ideas(filter, 0, -1)
	if err != nil {
		return nil, err
	}
	groups, err := r.tx.GroupsEver()
	if err != nil {
		return nil, err
	}
	names := make(map[int64]string, len(groups))
	for _, group := range groups {
		names[group.ID] = r.groupName(group)
	}
	lines := make([]report.IdeaLine, 0, len(ideas))
	for _, idea := range ideas {
		line := report.IdeaLine{Idea: idea, Group: names[idea.FromGroup]}
		family, err := r.tx.IdeaFamily(idea.Number)
		if err != nil {
			return nil, err
		}
		if idea.State != council.IdeaMerged {
			line.Support = len(family.Supporters())
		}
		if family.Shows(idea.SubmitterID) {
			member, err := r.tx.Member(idea.SubmitterID)
			if err != nil {
				return nil, err
			}
			line.Submitter = member.Name
		}
		lines = append(lines, line)
	}
	return lines, nil
}
