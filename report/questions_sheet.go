package report

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// QuestionLine is a question with the names by which people know from where it came
// and to whom it was put. From holds the asker's name only where the asker let it
// be shown.
type QuestionLine struct {
	council.Question
	From, To string
}

// QuestionsSheet lists questions, in their order, with what was answered and how
// long it took.
func QuestionsSheet(questions []QuestionLine, now time.Time, calendar council.Calendar, speak locale.Speaker) Sheet {
	sheet := exportSheet(speak, "questions", []Column{{"number", ColumnText, 8}, {"question", ColumnText, 48}, {"from", ColumnText, 28}, {"to", ColumnText, 22},
		{"state", ColumnText, 20}, {"asked", ColumnMoment, 0}, {"target", ColumnMoment, 0}, {"answered", ColumnMoment, 0}, {"workdays", ColumnNumber, 0},
		{"in_time", ColumnText, 12}, {"answer", ColumnText, 60}})
	for _, question := range questions {
		row := []any{question.Reference().String(), question.Text, question.From, question.To, speak.Say("question.state." + string(question.State)),
			local(question.AskedAt, calendar.Zone), local(question.Target, calendar.Zone)}
		if !question.Open() && len(question.Answers) > 0 {
			row = append(row, local(question.AnsweredAt(), calendar.Zone), question.Took(now, calendar), yesOrNo(speak, question.InTime()), answersOf(question.Question))
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}

// answersOf puts the answer and what was added to it below one another.
func answersOf(question council.Question) string {
	var texts []string
	for _, answer := range question.Answers {
		texts = append(texts, answer.Text)
	}
	return strings.Join(texts, "\n")
}

func yesOrNo(speak locale.Speaker, yes bool) string {
	if yes {
		return speak.Say("export.yes")
	}
	return speak.Say("export.no")
}
