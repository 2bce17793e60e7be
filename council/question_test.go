package council

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// questionAt is a question of 7 October 2026, 10.12, of story 3.
func questionAt(t testing.TB, calendar Calendar, asked string) Question {
	t.Helper()
	return NewQuestion(Question{Number: 23, AskerID: 1, To: Addressee{GroupID: 2}}, true, witaMoment(t, asked), calendar)
}

func witaMoment(t testing.TB, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, witaZone)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

var witaZone = time.FixedZone("WITA", 8*60*60)

func TestATargetIsFiveWorkingDaysLater(t *testing.T) {
	holidays := []Holiday{{Date: Day{2026, 10, 13}, Name: "libur"}}
	for asked, want := range map[string]string{
		"2026-10-07 10:12": "2026-10-15 16:00", // a Wednesday; the 13th is a day off
		"2026-10-08 23:59": "2026-10-16 16:00",
		"2026-10-10 09:00": "2026-10-19 16:00", // a Saturday
	} {
		calendar := NewCalendar(witaZone, holidays)
		if got := questionAt(t, calendar, asked).Target; !got.Equal(witaMoment(t, want)) {
			t.Errorf("asked at %s: target %s, want %s", asked, got.In(witaZone), want)
		}
	}
}

// TestTheClockStandsWhileTheAskerExplains follows story 3: some hours of one day
// move nothing, whole working days do.
func TestTheClockStandsWhileTheAskerExplains(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	for _, c := range []struct{ from, until, target string }{
		{"2026-10-09 09:30", "2026-10-09 13:45", "2026-10-14 16:00"},
		{"2026-10-09 09:30", "2026-10-13 09:00", "2026-10-16 16:00"}, // Monday and Tuesday
		{"2026-10-09 17:00", "2026-10-11 09:00", "2026-10-14 16:00"}, // a weekend
	} {
		question := questionAt(t, calendar, "2026-10-07 10:12")
		stands, err := question.Clarify(witaMoment(t, c.from))
		if err != nil {
			t.Fatal(err)
		}
		if stands.Late(witaMoment(t, "2026-12-01 08:00")) {
			t.Error("late while the asker is asked to explain")
		}
		goesOn, err := stands.Explain(witaMoment(t, c.until), calendar)
		if err != nil || !goesOn.Target.Equal(witaMoment(t, c.target)) || goesOn.State != QuestionWaiting {
			t.Errorf("stood from %s until %s: target %s in state %s, %v; want %s", c.from, c.until, goesOn.Target.In(witaZone), goesOn.State, err, c.target)
		}
	}
}

// TestTookIsCountedHonestly is the end of story 3: asked on the 7th, answered on
// the 15th with a target of five.
func TestTookIsCountedHonestly(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	question := questionAt(t, calendar, "2026-10-07 10:12")
	answered, err := question.Reply(Answer{MemberID: 5, At: witaMoment(t, "2026-10-15 14:19")}, calendar)
	if err != nil {
		t.Fatal(err)
	}
	added, err := answered.Add(Answer{MemberID: 6, At: witaMoment(t, "2026-10-20 08:00")})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []Question{answered, added} {
		if took := q.Took(witaMoment(t, "2026-11-01 08:00"), calendar); took != 6 || q.InTime() {
			t.Errorf("took %d, in time %t; want 6, not in time", took, q.InTime())
		}
	}
}

func TestNotAnsweredReopensOnce(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	question, _ := questionAt(t, calendar, "2026-10-07 10:12").Reply(Answer{MemberID: 5, At: witaMoment(t, "2026-10-08 09:00")}, calendar)
	again, err := question.Reopen(witaMoment(t, "2026-10-12 09:00"), calendar)
	if err != nil || again.State != QuestionWaiting || !again.Target.Equal(witaMoment(t, "2026-10-19 16:00")) {
		t.Fatalf("reopened: %s until %s, %v", again.State, again.Target.In(witaZone), err)
	}
	again, _ = again.Reply(Answer{MemberID: 5, At: witaMoment(t, "2026-10-13 09:00")}, calendar)
	if took := again.Took(witaMoment(t, "2026-10-30 09:00"), calendar); took != 2 || !again.InTime() {
		t.Errorf("took %d days, in time %t; the 8th and the 13th are waited for, and it was in time", took, again.InTime())
	}
	ended, err := again.Reopen(witaMoment(t, "2026-10-14 09:00"), calendar)
	if err != nil || ended.State != QuestionClosed || ended.Outcome != OutcomeUnanswered {
		t.Errorf("the second time: %s, %s, %v", ended.State, ended.Outcome, err)
	}
}

// TestWhatAQuestionDoesNotAllow tries every change in every state.
func TestWhatAQuestionDoesNotAllow(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	now := witaMoment(t, "2026-10-08 09:00")
	changes := map[string]func(Question) (Question, error){
		"forward":  func(q Question) (Question, error) { return q.Forward(Addressee{MemberID: 9}, true) },
		"clarify":  func(q Question) (Question, error) { return q.Clarify(now) },
		"explain":  func(q Question) (Question, error) { return q.Explain(now, calendar) },
		"reply":    func(q Question) (Question, error) { return q.Reply(Answer{At: now}, calendar) },
		"add":      func(q Question) (Question, error) { return q.Add(Answer{At: now}) },
		"close":    func(q Question) (Question, error) { return q.Close() },
		"reopen":   func(q Question) (Question, error) { return q.Reopen(now, calendar) },
		"withdraw": func(q Question) (Question, error) { return q.Withdraw() },
		"need":     func(q Question) (Question, error) { return q.NeedTime(calendar.Day(now).Add(3), now, calendar) },
	}
	allowed := map[QuestionState][]string{
		QuestionSent:       {"forward", "clarify", "reply", "withdraw", "need"},
		QuestionWaiting:    {"forward", "clarify", "reply", "withdraw", "need"},
		QuestionClarifying: {"forward", "clarify", "explain", "reply", "withdraw"},
		QuestionAnswered:   {"add", "close", "reopen"},
		QuestionClosed:     {},
	}
	for state, possible := range allowed {
		for name, change := range changes {
			question := questionAt(t, calendar, "2026-10-07 10:12")
			question.State, question.StoodFrom = state, now
			after, err := change(question)
			var refusal *Refusal
			if want := slices.Contains(possible, name); (err == nil) != want || err != nil && !errors.As(err, &refusal) {
				t.Errorf("%s of a question that is %s: %v", name, state, err)
			} else if err == nil && after.Version != question.Version+1 {
				t.Errorf("%s: version %d", name, after.Version)
			}
		}
	}
}

func TestWhatIsPlannedForAQuestion(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	timing := Timing{Calendar: calendar}
	question := questionAt(t, calendar, "2026-10-07 10:12")
	got := map[string]string{}
	for _, reminder := range PlanQuestion(question, witaMoment(t, "2026-10-07 10:12"), timing) {
		got[string(reminder.Step)+" "+string(reminder.Audience)] = reminder.Due.In(witaZone).Format("2006-01-02 15:04")
	}
	want := map[string]string{"answer_soon responsible": "2026-10-12 08:00", "answer_day responsible": "2026-10-14 08:00",
		"answer_late leader": "2026-10-15 08:00", "answer_late bot": "2026-10-15 08:00"}
	for what, moment := range want {
		if got[what] != moment {
			t.Errorf("%s at %q, want %s", what, got[what], moment)
		}
	}
	if len(got) != len(want) {
		t.Errorf("planned %v", got)
	}
}

// TestAQuestionIsTakenToThePositionAbove goes from who is in charge to the head of
// the office and the regional secretary.
func TestAQuestionIsTakenToThePositionAbove(t *testing.T) {
	acting := func(id int64, kind PositionKind, group int64, members ...int64) Acting {
		one := Acting{Position: Position{ID: id, Kind: kind, GroupID: group}}
		for _, member := range members {
			one.Holdings = append(one.Holdings, Holding{MemberID: member})
		}
		return one
	}
	positions := []Acting{acting(1, PositionInCharge, 2, 10), acting(2, PositionOfficeHead, 2, 20), acting(3, PositionSecretary, 0, 30), acting(4, PositionOfficeHead, 9, 40)}
	for name, c := range map[string]struct {
		to       Addressee
		acting   []Acting
		asked    []int64
		leaders  []int64
		escalate []int64
	}{
		"a group":                       {Addressee{GroupID: 2}, positions, []int64{10}, []int64{7}, []int64{20}},
		"a group without a head":        {Addressee{GroupID: 5}, positions, nil, []int64{7}, []int64{30}},
		"the head of an office":         {Addressee{PositionID: 2}, positions, []int64{20}, []int64{7}, []int64{30}},
		"the secretary":                 {Addressee{PositionID: 3}, positions, []int64{30}, []int64{7}, []int64{7}},
		"a person":                      {Addressee{MemberID: 11}, positions, []int64{11}, []int64{7}, []int64{30}},
		"a person who is in charge":     {Addressee{MemberID: 10}, positions, []int64{10}, []int64{7}, []int64{20}},
		"the head as a person":          {Addressee{MemberID: 20}, positions, []int64{20}, []int64{7}, []int64{30}},
		"who is in charge and the head": {Addressee{GroupID: 2}, []Acting{acting(1, PositionInCharge, 2, 10), acting(2, PositionOfficeHead, 2, 10), acting(3, PositionSecretary, 0, 30)}, []int64{10}, []int64{7}, []int64{30}},
		"the head asked it":             {Addressee{GroupID: 2}, []Acting{acting(2, PositionOfficeHead, 2, 9), acting(3, PositionSecretary, 0, 30)}, nil, []int64{7}, []int64{30}},
		"nobody above":                  {Addressee{GroupID: 2}, nil, nil, []int64{7}, []int64{7}},
		"no leader but the asker":       {Addressee{GroupID: 2}, nil, nil, []int64{9}, []int64{8}},
		"a leader, asked":               {Addressee{MemberID: 7}, nil, []int64{7}, []int64{7}, []int64{8}},
	} {
		question := Question{Number: 1, AskerID: 9, To: c.to}
		if got := question.Responsible(c.acting); !slices.Equal(got, c.asked) {
			t.Errorf("%s: %v are to answer, want %v", name, got, c.asked)
		}
		if got := EscalateQuestion(question, c.acting, c.leaders, []int64{8, 9}); !slices.Equal(got, c.escalate) {
			t.Errorf("%s: taken to %v, want %v", name, got, c.escalate)
		}
	}
}

// TestAQuestionWaitsOrIsReminded plays any life of a question: reminders are
// planned exactly while it waits, all after now, and the target never comes sooner.
func TestAQuestionWaitsOrIsReminded(t *testing.T) {
	calendar := NewCalendar(witaZone, []Holiday{{Date: Day{2026, 10, 13}}})
	timing := Timing{Calendar: calendar}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 10, 5, 0, 0, 0, 0, witaZone).Add(time.Duration(rapid.IntRange(0, 10_000).Draw(t, "minutes")) * time.Minute)
		question := NewQuestion(Question{Number: 1, To: Addressee{GroupID: 2}}, rapid.Bool().Draw(t, "reached"), now, calendar)
		for range rapid.IntRange(0, 12).Draw(t, "changes") {
			now = now.Add(time.Duration(rapid.IntRange(0, 5_000).Draw(t, "later")) * time.Minute)
			before := question
			switch rapid.IntRange(0, 7).Draw(t, "change") {
			case 0:
				question, _ = question.Clarify(now)
			case 1:
				question, _ = question.Explain(now, calendar)
			case 2:
				question, _ = question.Reply(Answer{MemberID: 1, At: now}, calendar)
			case 3:
				question, _ = question.Reopen(now, calendar)
			case 4:
				question, _ = question.Forward(Addressee{MemberID: int64(rapid.IntRange(1, 3).Draw(t, "to"))}, true)
			case 5:
				question, _ = question.Add(Answer{MemberID: 2, At: now})
			case 6:
				question, _ = question.Close()
			case 7:
				question, _ = question.NeedTime(calendar.Day(now).Add(rapid.IntRange(-1, 20).Draw(t, "until")), now, calendar)
			}
			if question.Target.Before(before.Target) {
				t.Fatalf("the target came sooner: %s, then %s", before.Target, question.Target)
			}
			waits := question.State == QuestionSent || question.State == QuestionWaiting
			planned := PlanQuestion(question, now, timing)
			for _, reminder := range planned {
				anchor := question.Target
				if reminder.Step == StepAnswerNeeds {
					anchor = question.NeedsUntil
				} else if reminder.Audience == ToResponsible && reminder.Due.Before(question.NeedsUntil) {
					t.Fatalf("%s planned at %s, though time was asked until %s", reminder.Step, now, question.NeedsUntil)
				}
				decision := DecideQuestion(reminder, question, reminder.Due, timing)
				if met := reminder.Step == StepAnswerNeeds && reminder.Due.After(question.NeedsUntil); decision.Verdict != Say || met {
					t.Fatalf("%s is not said in its own moment: %+v", reminder.Step, decision)
				}
				if !waits || !reminder.Due.After(now) || !reminder.Anchor.Equal(anchor) {
					t.Fatalf("%+v planned at %s for a question that is %s", reminder, now, question.State)
				}
			}
			if waits && now.Before(question.Target) && len(planned) == 0 {
				t.Fatalf("nothing planned at %s for a target at %s", now, question.Target)
			}
			if took := question.Took(now, calendar); took < 0 {
				t.Fatalf("took %d", took)
			}
		}
	})
}

// TestMoreTimeIsAskedHonestly: the target stays, and the reminder comes before the
// day that was given, not before.
func TestMoreTimeIsAskedHonestly(t *testing.T) {
	calendar := NewCalendar(witaZone, []Holiday{{Date: Day{2026, 10, 19}}})
	timing, now := Timing{Calendar: calendar}, witaMoment(t, "2026-10-12 09:00")
	question := questionAt(t, calendar, "2026-10-07 10:12")
	needs, err := question.NeedTime(Day{2026, 10, 20}, now, calendar)
	if err != nil || !needs.Target.Equal(question.Target) {
		t.Fatalf("the target is %s, %v", needs.Target, err)
	}
	var got []string
	for _, reminder := range PlanQuestion(needs, now, timing) {
		got = append(got, string(reminder.Step)+" "+string(reminder.Audience)+" "+reminder.Due.In(witaZone).Format("01-02 15:04"))
	}
	if want := []string{"answer_needs responsible 10-16 08:00", "answer_late leader 10-15 08:00", "answer_late bot 10-15 08:00"}; !slices.Equal(got, want) {
		t.Errorf("planned %q, want %q", got, want)
	}
	if forwarded, _ := needs.Forward(Addressee{MemberID: 4}, true); !forwarded.NeedsUntil.IsZero() {
		t.Error("whoever it was forwarded to has not asked for time")
	}
	for day, code := range map[Day]string{{2026, 10, 12}: "question_need_past", {2026, 12, 31}: "question_need_far"} {
		var refusal *Refusal
		if _, err := question.NeedTime(day, now, calendar); !errors.As(err, &refusal) || refusal.Code != code {
			t.Errorf("until %s: %v, want %s", day, err, code)
		}
	}
}

// TestAQuestionIsEscalatedOnceInEachRound and never while the asker explains.
func TestAQuestionIsEscalatedOnceInEachRound(t *testing.T) {
	calendar := NewCalendar(witaZone, nil)
	question := questionAt(t, calendar, "2026-10-07 10:12")
	late := witaMoment(t, "2026-10-15 08:00")
	if _, done := question.Escalate(witaMoment(t, "2026-10-14 16:00")); done {
		t.Error("escalated before its target has passed")
	}
	stands, _ := question.Clarify(witaMoment(t, "2026-10-14 09:00"))
	if _, done := stands.Escalate(late); done {
		t.Error("escalated while the asker explains")
	}
	escalated, done := question.Escalate(late)
	if _, twice := escalated.Escalate(late); !done || twice || !escalated.Escalated || escalated.Version != question.Version+1 {
		t.Errorf("escalated %t, twice %t: %+v", done, twice, escalated)
	}
	answered, _ := escalated.Reply(Answer{MemberID: 5, At: late}, calendar)
	again, _ := answered.Reopen(late, calendar)
	if _, done := again.Escalate(again.Target.Add(time.Hour)); !done {
		t.Error("not escalated in its second round")
	}
}

func TestAnAnswerAddsToTheOneBeforeUnlessItWasAskedForAgain(t *testing.T) {
	at := time.Date(2026, 10, 7, 2, 0, 0, 0, time.UTC)
	hour := func(n int) time.Time { return at.Add(time.Duration(n) * time.Hour) }
	for name, test := range map[string]struct {
		answers  []int // hours
		reopened int   // 0: never
		want     []bool
	}{
		"one":                          {[]int{1}, 0, []bool{false}},
		"two":                          {[]int{1, 2}, 0, []bool{false, true}},
		"two, then opened again":       {[]int{1, 2}, 3, []bool{false, true}},
		"one in each round":            {[]int{1, 4}, 3, []bool{false, false}},
		"two in each round":            {[]int{1, 2, 4, 5}, 3, []bool{false, true, false, true}},
		"answered as it was reopened":  {[]int{1, 3}, 3, []bool{false, false}},
		"added before the same moment": {[]int{1, 2, 3}, 3, []bool{false, true, false}},
	} {
		t.Run(name, func(t *testing.T) {
			var q Question
			if test.reopened > 0 {
				q.ReopenedAt = hour(test.reopened)
			}
			for _, n := range test.answers {
				q.Answers = append(q.Answers, Answer{At: hour(n)})
			}
			for i, want := range test.want {
				if q.Added(i) != want {
					t.Errorf("answer %d adds: %v", i, !want)
				}
			}
		})
	}
}
