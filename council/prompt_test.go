package council

import (
	"maps"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// wita is the zone of the city in these tests.
var wita = time.FixedZone("WITA", 8*60*60)

func local(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, wita)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

// promptTiming has one holiday, on Monday, 1 June 2026.
func promptTiming() Timing {
	return Timing{Calendar: NewCalendar(wita, []Holiday{{Date: Day{2026, 6, 1}, Name: "Hari Lahir Pancasila"}})}
}

func TestTheSilentAreRemindedAtTheRightMoment(t *testing.T) {
	for name, test := range map[string]struct{ opened, deadline, want string }{
		"the morning of the working day before":     {"2026-05-18 09:00", "2026-05-21 16:00", "2026-05-20 08:00"},
		"the day before is a day off":               {"2026-05-25 09:00", "2026-06-02 16:00", "2026-05-29 08:00"},
		"opened after that morning":                 {"2026-05-20 09:00", "2026-05-21 16:00", "2026-05-21 08:00"},
		"made on its day: two working hours before": {"2026-05-21 09:00", "2026-05-21 16:00", "2026-05-21 14:00"},
		"in the evening of its day":                 {"2026-05-21 09:00", "2026-05-21 21:00", "2026-05-21 14:30"},
		"made an hour before":                       {"2026-05-21 15:00", "2026-05-21 16:00", ""},
	} {
		t.Run(name, func(t *testing.T) {
			prompt := Prompt{Number: 7}.Open(nil, Deadline{At: local(t, test.deadline)}, local(t, test.opened), promptTiming().Calendar)
			var got string
			for _, planned := range PlanPrompt(prompt, promptTiming()) {
				if planned.Step == StepUnanswered {
					got = planned.Due.In(wita).Format("2006-01-02 15:04")
				}
			}
			if got != test.want {
				t.Errorf("reminded at %q, not %q", got, test.want)
			}
		})
	}
}

func TestRoundsPassOverDaysOff(t *testing.T) {
	monday := Recurrence{Unit: EveryWeek, Every: 1, Weekday: time.Monday, Hour: 9}
	for name, test := range map[string]struct {
		rule        Recurrence
		after, want string
	}{
		"next week":                          {monday, "2026-05-20 10:00", "2026-05-25 09:00"},
		"a holiday is passed over":           {monday, "2026-05-25 09:00", "2026-06-08 09:00"},
		"today, if the hour is ahead":        {monday, "2026-05-25 08:00", "2026-05-25 09:00"},
		"every day leaves out the weekend":   {Recurrence{Unit: EveryDay, Every: 1, Hour: 9}, "2026-05-29 09:00", "2026-06-02 09:00"},
		"a date in the month yields":         {Recurrence{Unit: EveryMonth, Every: 1, Day: 1, Hour: 9}, "2026-05-29 09:00", "2026-06-02 09:00"},
		"every second week keeps its rhythm": {Recurrence{Unit: EveryWeek, Every: 2, Weekday: time.Monday, Hour: 9}, "2026-05-16 09:00", "2026-05-18 09:00"},
	} {
		t.Run(name, func(t *testing.T) {
			calendar := promptTiming().Calendar
			prompt := Prompt{Recurrence: &test.rule}.Following(local(t, test.after), calendar)
			if got := prompt.Opens(calendar).In(wita).Format("2006-01-02 15:04"); got != test.want {
				t.Errorf("opens %s, not %s", got, test.want)
			}
		})
	}
}

func TestRoundsOfARepeatingPromptEndBeforeTheNext(t *testing.T) {
	calendar := promptTiming().Calendar
	for name, test := range map[string]struct {
		length RoundLength
		want   string
	}{
		"until the next one":              {RoundLength{}, "2026-06-08 09:00"},
		"two days":                        {RoundLength{Days: 2, Minute: 16 * 60}, "2026-05-27 16:00"},
		"longer than to the next":         {RoundLength{Days: 30, Minute: 16 * 60}, "2026-06-08 09:00"},
		"an end that would lie before it": {RoundLength{Days: 0, Minute: 60}, "2026-06-08 09:00"},
	} {
		t.Run(name, func(t *testing.T) {
			prompt := Prompt{Recurrence: &Recurrence{Unit: EveryWeek, Every: 1, Weekday: time.Monday, Hour: 9}, Length: test.length, State: PromptWaiting}
			now := local(t, "2026-05-25 09:00")
			opened := prompt.Following(now.Add(-time.Minute), calendar).Open(nil, Deadline{}, now, calendar)
			if got := opened.Round.Deadline.At.In(wita).Format("2006-01-02 15:04"); got != test.want || opened.Round.Number != 1 {
				t.Errorf("round %d ends %s, not %s", opened.Round.Number, got, test.want)
			}
		})
	}
}

func TestLifeOfAPrompt(t *testing.T) {
	now := local(t, "2026-05-18 09:00")
	calendar := promptTiming().Calendar
	once := Prompt{Number: 1}.Open([]Asked{{MemberID: 4}, {GroupID: 9}}, Deadline{At: now.Add(time.Hour)}, now, calendar)
	weekly := Prompt{Number: 2, Recurrence: &Recurrence{Unit: EveryWeek, Every: 1, Weekday: time.Monday, Hour: 9}}.Open(nil, Deadline{}, now, calendar)
	closed, withdrawn := got(once.Close(now))(t), got(once.Withdraw(now))(t)
	waiting, stopped := got(weekly.Close(now))(t), got(weekly.Stop())(t)
	for name, test := range map[string]struct{ got, want PromptState }{
		"open":                     {once.State, PromptOpen},
		"closed":                   {closed.State, PromptClosed},
		"a round of many closed":   {waiting.State, PromptWaiting},
		"stopped, the round stays": {stopped.State, PromptOpen},
		"stopped between rounds":   {got(waiting.Stop())(t).State, PromptClosed},
		"the last round closed":    {got(stopped.Close(now))(t).State, PromptClosed},
		"withdrawn":                {withdrawn.State, PromptWithdrawn},
	} {
		if test.got != test.want {
			t.Errorf("%s: %s, not %s", name, test.got, test.want)
		}
	}
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"an answer counts":             {once.Takes(1, now), ""},
		"at the deadline no more":      {once.Takes(1, now.Add(time.Hour)), "prompt_closed"},
		"of another round":             {once.Takes(2, now), "prompt_round_over"},
		"after closing":                {closed.Takes(1, now), "prompt_closed"},
		"after withdrawing":            {withdrawn.Takes(1, now), "prompt_withdrawn"},
		"close twice":                  {second(closed.Close(now)), "prompt_ended"},
		"close between rounds":         {second(waiting.Close(now)), "prompt_waiting"},
		"stop what is asked once":      {second(once.Stop()), "prompt_once"},
		"withdraw twice":               {second(withdrawn.Withdraw(now)), "prompt_ended"},
		"another deadline when closed": {second(closed.Reschedule(Deadline{})), "prompt_ended"},
	} {
		code := ""
		if test.err != nil {
			code = codeOf(t, test.err)
		}
		if code != test.want {
			t.Errorf("%s: %q, not %q", name, code, test.want)
		}
	}
	if once.AsksGroup(0) || !once.AsksGroup(9) {
		t.Error("asks another group than it was put to")
	}
	for name, test := range map[string]struct {
		actor Actor
		want  bool
	}{
		"named":             {Actor{Member: Member{ID: 4}, Granted: []Role{RoleCouncil}}, true},
		"named, but gone":   {Actor{Member: Member{ID: 4}}, false},
		"in the group":      {Actor{Member: Member{ID: 5}, Groups: []Group{{ID: 9}}}, true},
		"in another group":  {Actor{Member: Member{ID: 5}, Groups: []Group{{ID: 8}}}, false},
		"the bot's own act": {Actor{Granted: []Role{RoleCouncil}}, false},
	} {
		if once.Asks(test.actor) != test.want {
			t.Errorf("%s: asked is %v", name, !test.want)
		}
	}
}

func got[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func second[T any](_ T, err error) error { return err }

func TestDecidePrompt(t *testing.T) {
	opened := local(t, "2026-05-18 09:00")
	prompt := Prompt{Number: 7}.Open(nil, Deadline{At: local(t, "2026-05-28 16:00")}, opened, promptTiming().Calendar)
	reminder := Reminder{Subject: prompt.Reference(), MilestoneID: 1, Step: StepUnanswered, Audience: ToSilent, Anchor: opened, Due: local(t, "2026-05-20 08:00")}
	for name, test := range map[string]struct {
		change func(*Prompt, *Reminder, *Task)
		now    string
		want   string
	}{
		"due":                   {nil, "2026-05-20 08:00", "say due"},
		"not due":               {nil, "2026-05-19 08:00", "wait not_due"},
		"in the evening":        {nil, "2026-05-20 20:00", "wait quiet_time"},
		"past the deadline":     {nil, "2026-05-28 16:00", "drop deadline_passed"},
		"without a deadline":    {func(p *Prompt, _ *Reminder, _ *Task) { p.Round.Deadline = Deadline{} }, "2026-05-20 08:00", "drop deadline_passed"},
		"closed":                {func(p *Prompt, _ *Reminder, _ *Task) { p.State = PromptClosed }, "2026-05-20 08:00", "drop prompt_ended"},
		"of a former round":     {func(p *Prompt, _ *Reminder, _ *Task) { p.Round.Number = 2 }, "2026-05-20 08:00", "drop round_over"},
		"its task is done":      {func(_ *Prompt, _ *Reminder, task *Task) { task.State = TaskDone }, "2026-05-20 08:00", "drop task_ended"},
		"its task is handed in": {func(_ *Prompt, _ *Reminder, task *Task) { task.State = TaskSubmitted }, "2026-05-20 08:00", "drop task_ended"},
		"what the bot does":     {func(_ *Prompt, r *Reminder, _ *Task) { r.Step = StepCloseRound }, "2026-05-20 08:00", "drop for_the_bot"},
	} {
		t.Run(name, func(t *testing.T) {
			p, r, task := prompt, reminder, Task{Number: 1, State: TaskInProgress}
			if test.change != nil {
				test.change(&p, &r, &task)
			}
			decision := DecidePrompt(r, p, task, local(t, test.now), promptTiming())
			if got := string(decision.Verdict) + " " + decision.Reason; got != test.want {
				t.Errorf("%s, not %s", got, test.want)
			}
		})
	}
}

func TestTallyAnswers(t *testing.T) {
	answers := func(values ...string) []PromptAnswer {
		var list []PromptAnswer
		for i, value := range values {
			list = append(list, PromptAnswer{MemberID: int64(i + 1), Value: value})
		}
		return list
	}
	for name, test := range map[string]struct {
		prompt Prompt
		values []string
		want   PromptTally
	}{
		"nobody":                           {Prompt{Kind: AnswerText}, nil, PromptTally{}},
		"words, one of which do not count": {Prompt{Kind: AnswerText}, []string{ValueText, "", ValueText}, PromptTally{Answers: 2}},
		"yes and no":                       {Prompt{Kind: AnswerYesNo}, []string{AnswerYes, AnswerNo, AnswerYes, ""}, PromptTally{Answers: 3, Options: []int{2, 1}}},
		"choices":                          {Prompt{Kind: AnswerChoice, Choices: []string{"a", "b", "c"}}, []string{"2", "0", "2"}, PromptTally{Answers: 3, Options: []int{1, 0, 2}}},
		"numbers":                          {Prompt{Kind: AnswerNumber}, []string{"3.5", "-1", "10"}, PromptTally{Answers: 3, Sum: 12.5, Smallest: -1, Largest: 10}},
		"dates": {Prompt{Kind: AnswerDate}, []string{"2026-06-05", "2026-06-04", "2026-06-05"},
			PromptTally{Answers: 3, Dates: []DateCount{{Day{2026, 6, 5}, 2}, {Day{2026, 6, 4}, 1}}}},
	} {
		t.Run(name, func(t *testing.T) {
			if difference := cmp.Diff(test.want, TallyAnswers(test.prompt, answers(test.values...))); difference != "" {
				t.Error(difference)
			}
		})
	}
}

// TestCountsEqualARecount: after any sequence of answers, changes of mind and
// closings, what is counted is what a recount of each one's last answer gives.
func TestCountsEqualARecount(t *testing.T) {
	start := local(t, "2026-05-18 09:00")
	rapid.Check(t, func(t *rapid.T) {
		calendar, now := promptTiming().Calendar, start
		prompt := Prompt{Number: 1, Kind: AnswerChoice, Choices: []string{"a", "b", "c"}}
		prompt = prompt.Open([]Asked{{GroupID: 1}}, Deadline{At: now.Add(20 * time.Hour)}, now, calendar)
		kept, last := map[int64]PromptAnswer{}, map[int64]int{}
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "minutes")) * time.Minute)
			member, value := rapid.Int64Range(1, 6).Draw(t, "member"), rapid.IntRange(-1, 2).Draw(t, "value")
			switch {
			case rapid.IntRange(0, 15).Draw(t, "what") == 0:
				if closed, err := prompt.Close(now); err == nil {
					prompt = closed
				}
			case prompt.Takes(1, now) != nil, value < 0:
				answer := kept[member]
				answer.MemberID, answer.Aside = member, "words"
				kept[member] = answer
			default:
				kept[member] = PromptAnswer{MemberID: member, Value: strconv.Itoa(value), At: now}
				if now.Before(start.Add(20*time.Hour)) && prompt.State == PromptOpen {
					last[member] = value
				}
			}
		}
		recount := make([]int, 3)
		for _, value := range last {
			recount[value]++
		}
		tally := TallyAnswers(prompt, slices.Collect(maps.Values(kept)))
		if !slices.Equal(tally.Options, recount) || tally.Answers != len(last) {
			t.Fatalf("counted %+v, recounted %v", tally, recount)
		}
	})
}

// TestARoundIsRemindedOfOnce: whatever happens to its deadline, all reminders of a
// round are one and the same row, between its opening and the deadline.
func TestARoundIsRemindedOfOnce(t *testing.T) {
	start := local(t, "2026-05-18 09:00")
	rapid.Check(t, func(t *rapid.T) {
		timing := promptTiming()
		now := start.Add(time.Duration(rapid.IntRange(0, 20000).Draw(t, "opened")) * time.Minute)
		prompt := Prompt{Number: 1}.Open(nil, Deadline{}, now, timing.Calendar)
		type key struct {
			round  int64
			step   Step
			anchor int64
		}
		keys := map[key]bool{}
		for range rapid.IntRange(1, 8).Draw(t, "changes") {
			deadline := Deadline{At: now.Add(time.Duration(rapid.IntRange(1, 20000).Draw(t, "deadline")) * time.Minute)}
			var err error
			if prompt, err = prompt.Reschedule(deadline); err != nil {
				t.Fatal(err)
			}
			for _, planned := range PlanPrompt(prompt, timing) {
				if planned.Audience != ToSilent {
					continue
				}
				keys[key{planned.MilestoneID, planned.Step, planned.Anchor.UnixMilli()}] = true
				if !planned.Due.After(now) || !planned.Due.Before(deadline.At) {
					t.Fatalf("reminded at %s, opened %s, until %s", planned.Due, now, deadline.At)
				}
			}
		}
		if len(keys) > 1 {
			t.Fatalf("one round has %d reminders", len(keys))
		}
	})
}
