package council

import "time"

// QuestionCounts are questions in numbers.
type QuestionCounts struct {
	Waiting  int      // for an answer, or for the asker to explain
	Late     int      // of those
	Next     Question // of those, the one whose target comes first
	Answered int
	InTime   int // of those
	Days     int // working days that their answers took, all together
}

// CountQuestions counts questions at a moment. One that was opened again waits; one
// that was taken back counts as neither.
func CountQuestions(questions []Question, now time.Time, calendar Calendar) QuestionCounts {
	var counts QuestionCounts
	for _, question := range questions {
		switch {
		case question.Open():
			if counts.Waiting == 0 || question.Target.Before(counts.Next.Target) {
				counts.Next = question
			}
			counts.Waiting++
			if question.Late(now) {
				counts.Late++
			}
		case len(question.Answers) > 0:
			counts.Answered++
			counts.Days += question.Took(now, calendar)
			if question.InTime() {
				counts.InTime++
			}
		}
	}
	return counts
}

// IsZero tells whether there is nothing to speak of.
func (c QuestionCounts) IsZero() bool { return c.Waiting == 0 && c.Answered == 0 }

// Mean is how many working days an answer took on average; 0 where there is none.
func (c QuestionCounts) Mean() float64 {
	if c.Answered == 0 {
		return 0
	}
	return float64(c.Days) / float64(c.Answered)
}
