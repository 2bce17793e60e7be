package story

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// watched plays a script with the echo bot while a test watches.
type watched struct {
	*Player
	bot     *echo
	changed chan struct{}
}

func watching(t *testing.T, lines string, speed float64, paused bool) watched {
	t.Helper()
	bot, stage := stageWithEcho(t, smallCast+lines)
	w := watched{bot: bot, changed: make(chan struct{}, 1)}
	w.Player = NewPlayer(stage, speed, paused, func() {
		select {
		case w.changed <- struct{}{}:
		default:
		}
	})
	go w.Run(t.Context(), bot)
	t.Cleanup(func() {
		w.change(func() { w.leaving = true })
		<-w.ended
		if err := bot.Stop(t.Context()); err != nil {
			t.Error(err)
		}
	})
	return w
}

// await waits until the player has come so far.
func (w watched) await(t *testing.T, mode Mode, done int) Progress {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		progress := w.Progress()
		if progress.Mode == mode && len(progress.Outcomes) == done {
			return progress
		}
		select {
		case <-w.changed:
		case <-late:
			t.Fatalf("it is %s after %d steps, want %s after %d", progress.Mode, len(progress.Outcomes), mode, done)
		}
	}
}

func TestAPlayerGoesStepByStepAndOn(t *testing.T) {
	w := watching(t, "Baso: halo\nbot to Baso: halo\nSitti: hai\nbot to Sitti: hai\n", 1, true)
	w.await(t, Paused, 0)
	w.Step()
	w.await(t, Paused, 1)
	w.Step()
	progress := w.await(t, Paused, 2)
	if last := progress.Outcomes[1]; last.Chat != w.stage.people["Baso Irfandi"] || last.Person != last.Chat {
		t.Errorf("what Baso says is seen by %d in %d", last.Person, last.Chat)
	}
	w.Play(0)
	progress = w.await(t, Ended, 5)
	for _, outcome := range progress.Outcomes {
		if outcome.Reason != "" {
			t.Errorf("%s: %s", outcome.Step, outcome.Reason)
		}
	}
	if said := progress.Outcomes[4].Said; said != "Gema: hai" {
		t.Errorf("the last message said is %q", said)
	}
}

func TestAStepAskedForTwiceBeforeItIsPlayedIsOneStep(t *testing.T) {
	bot, stage := stageWithEcho(t, smallCast+"Baso: halo\nbot to Baso: halo\n")
	player := NewPlayer(stage, 1, false, func() {})
	if err := stage.open(t.Context(), bot); err != nil {
		t.Fatal(err)
	}
	player.progress.Mode = Playing
	player.Step()
	if wait, over := player.next(); wait != 0 || over {
		t.Fatalf("the step that was asked for waits %s; it is over: %t", wait, over)
	}
	player.Step() // a finger that taps twice, while the step is being played
	player.playNext(t.Context())
	if progress := player.Progress(); progress.Mode != Paused || len(progress.Outcomes) != 1 {
		t.Errorf("it is %s after %d steps", progress.Mode, len(progress.Outcomes))
	}
	if wait, _ := player.next(); wait != unasked {
		t.Errorf("the next step waits %s although nobody asked for it", wait)
	}
	if err := bot.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAPlayerStopsAtWhatIsNotExpected(t *testing.T) {
	w := watching(t, "Baso: halo\nbot to Baso: lain\nBaso: satu\nSitti: dua\nbot to Sitti: dua\n", 0, false)
	progress := w.await(t, Paused, 3)
	if bad := progress.Outcomes[2]; bad.Reason != "the bot said otherwise" || !strings.Contains(bad.There, "Gema: halo") {
		t.Errorf("what is not as it should be: %+v", bad)
	}
	w.Play(0)
	progress = w.await(t, Paused, 5)
	if bad := progress.Outcomes[3]; !strings.Contains(bad.Reason, "no line before this one expects") || !strings.Contains(bad.There, "Gema: satu") {
		t.Errorf("what nobody expects: %+v", bad)
	}
	w.Play(0)
	w.await(t, Ended, 6)
}

func TestWhatHappensMeanwhileIsPlayedTogether(t *testing.T) {
	w := watching(t, "Sitti in Pokja Lingkungan: /kartu T-1\nbot in Pokja Lingkungan: T-1\nSitti presses [Ambil] in Pokja Lingkungan\n"+
		"meanwhile Baso presses [Ambil] in Pokja Lingkungan\none toast: Tercatat\none toast: Sudah diambil\n", 1, true)
	w.await(t, Paused, 0)
	for _, done := range []int{1, 2, 3, 5, 6} {
		w.Step()
		w.await(t, Paused, done)
	}
	w.Step()
	w.await(t, Ended, 7)
}

func TestWhoeverLeavesAPlayerGoesOnWithAScriptThatHolds(t *testing.T) {
	w := watching(t, "Baso: halo\nbot to Baso: lain\nSitti: hai\nbot to Sitti: hai\nBaso: nanti\n", 0, false)
	w.await(t, Paused, 3)
	w.Step()
	w.await(t, Paused, 4)
	recorder := w.Leave()
	if mode := w.Progress().Mode; mode != Left {
		t.Errorf("it is %s", mode)
	}
	script, err := recorder.Script(t.Context(), "diambil alih")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, step := range script.Steps {
		lines = append(lines, step.String())
	}
	want := []string{"at 2026-05-11 09:12", "Baso Irfandi: halo", "anything", "Sitti Ramlah: hai", "bot to Sitti Ramlah: Gema: hai"}
	if !slices.Equal(lines, want) {
		t.Errorf("the script is %q, want %q", lines, want)
	}
	if script.Name != "diambil_alih.txtar" || script.Title != "Diambil alih" {
		t.Errorf("it is called %q and %q", script.Name, script.Title)
	}
}

func TestReadingTakesAsLongAsTheTextIs(t *testing.T) {
	long := strings.Repeat("kata ", 30)
	for name, row := range map[string]struct {
		outcome   Outcome
		from, til time.Duration
	}{
		"a word":              {Outcome{Step: Step{Kind: Say, Text: "ya"}}, 700 * time.Millisecond, time.Second},
		"a long text":         {Outcome{Step: Step{Kind: Say, Text: long}}, 5 * time.Second, 8 * time.Second},
		"a pattern":           {Outcome{Step: Step{Kind: Bot, Text: "T-1"}, Said: long}, 5 * time.Second, 8 * time.Second},
		"a long gloss":        {Outcome{Step: Step{Kind: Say, Text: "ya", Gloss: long}}, 5 * time.Second, 8 * time.Second},
		"an endless text":     {Outcome{Step: Step{Kind: Say, Text: strings.Repeat(long, 9)}}, 9 * time.Second, 9 * time.Second},
		"nothing to be read":  {Outcome{Step: Step{Kind: Nothing}}, 100 * time.Millisecond, 500 * time.Millisecond},
		"the buttons of that": {Outcome{Step: Step{Kind: Buttons}}, 100 * time.Millisecond, 500 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			if took := row.outcome.reading(); took < row.from || took > row.til {
				t.Errorf("takes %v, want %v to %v", took, row.from, row.til)
			}
		})
	}
}

func TestPacingIsAsFastAsAskedFor(t *testing.T) {
	w := watching(t, "", 1, true)
	w.await(t, Paused, 0)
	w.progress.Outcomes = []Outcome{{Step: Step{Kind: Say, Text: strings.Repeat("kata ", 20)}}}
	w.progress.Mode, w.since = Playing, time.Now()
	usual, _ := w.next()
	w.progress.Speed = 4
	fast, _ := w.next()
	w.progress.Speed = 0
	atOnce, _ := w.next()
	if usual < 3*time.Second || fast < usual/5 || fast > usual/3 || atOnce != 0 {
		t.Errorf("the next step comes after %v, four times as fast after %v, at once after %v", usual, fast, atOnce)
	}
	w.progress.Mode = Paused
}
