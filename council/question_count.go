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
		counts.Add(question, now, calendar)
	}
	return counts
}

// Add counts one question more.
func (c *QuestionCounts) Add(question Question, now time.Time, calendar Calendar) {
	switch {
	case question.Open():
		if c.Waiting == 0 || question.Target.Before(c.Next.Target) {
			c.Next = question
		}
		c.Waiting++
		if question.Late(now) {
			c.Late++
		}
	case len(question.Answers) > 0:
		c.Answered++
		c.Days += question.Took(now, calendar)
		if question.InTime() {
			c.InTime++
		}
	}
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
