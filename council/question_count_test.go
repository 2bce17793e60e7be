package council

import (
	"testing"
	"time"
)

// TestQuestionsInNumbers is counted by hand: three wait, of which one is late and
// one is explained; three are answered after 1, 2 and 6 working days.
func TestQuestionsInNumbers(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	answered := func(question Question, at string) Question {
		question, err := question.Reply(Answer{MemberID: 5, At: witaMoment(t, at)}, calendar)
		if err != nil {
			t.Fatal(err)
		}
		return question
	}
	ask := func(number int64, at string) Question {
		question := questionAt(t, calendar, at)
		question.Number = number
		return question
	}
	explained, _ := ask(1, "2026-10-08 09:00").Clarify(witaMoment(t, "2026-10-09 09:00"))
	again, _ := answered(ask(2, "2026-10-01 09:00"), "2026-10-02 09:00").Reopen(witaMoment(t, "2026-10-14 09:00"), calendar)
	closed, _ := answered(ask(3, "2026-10-07 09:00"), "2026-10-08 09:00").Close()
	withdrawn, _ := ask(4, "2026-10-07 09:00").Withdraw()
	counts := CountQuestions([]Question{explained, again, closed, withdrawn, ask(5, "2026-10-06 09:00"),
		answered(ask(6, "2026-10-07 09:00"), "2026-10-09 09:00"), answered(ask(7, "2026-10-07 10:12"), "2026-10-15 14:19")},
		witaMoment(t, "2026-10-15 15:00"), calendar)
	if counts.Waiting != 3 || counts.Late != 1 || counts.Next.Number != 5 || counts.Answered != 3 || counts.InTime != 2 || counts.Days != 9 || counts.Mean() != 3 {
		t.Errorf("counted %+v, on average %v", counts, counts.Mean())
	}
	if none := CountQuestions([]Question{withdrawn}, time.Time{}, calendar); !none.IsZero() || none.Mean() != 0 {
		t.Errorf("nothing is counted as %+v", none)
	}
}
