package story

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

func TestStoriesThatHold(t *testing.T) {
	for name, lines := range storiesThatHold {
		t.Run(name, func(t *testing.T) {
			if _, err := playWithEcho(t, smallCast+lines, nil); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestStoriesThatDoNotHold(t *testing.T) {
	for name, row := range storiesThatDoNotHold {
		t.Run(name, func(t *testing.T) {
			_, err := playWithEcho(t, smallCast+row.lines+"\n", nil)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("the story ended with %v, want %q", err, row.want)
			}
		})
	}
}

func TestAFailureShowsWhereAndWhatHadHappened(t *testing.T) {
	_, err := playWithEcho(t, smallCast+"Baso: halo\nbot to Baso: halo\nSitti: hai\nbot to Sitti: apa\n", nil)
	var failure *Failure
	if !errors.As(err, &failure) || failure.Step.Line != 16 {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{
		t.Name() + ":16: bot to Sitti Ramlah: apa",
		"Mon 11/05 09.12 Baso Irfandi: halo\n",
		"Mon 11/05 09.12 bot to Baso Irfandi: Gema: halo\n",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the failure does not say %q:\n%v", want, err)
		}
	}
}

func TestAnUnansweredPressFailsTheStory(t *testing.T) {
	_, err := playWithEcho(t, smallCast+"Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Ambil]\n",
		func(_ *Stage, bot *echo) { bot.silent = true })
	if err == nil || !strings.Contains(err.Error(), "the press of Baso Irfandi was not answered") {
		t.Errorf("the story ended with %v", err)
	}
}

func TestARuleIsAskedAboutEveryMessageAndEdit(t *testing.T) {
	const lines = "Baso: /kartu T-1\nbot to Baso: T-1\nBaso presses [Ambil]\n"
	for name, forbidden := range map[string]string{"as new": "Baru", "as edited": "Diambil"} {
		t.Run(name, func(t *testing.T) {
			_, err := playWithEcho(t, smallCast+lines, func(stage *Stage, _ *echo) {
				stage.Rule = func(_ Place, message sim.Shown) error {
					if strings.Contains(message.Text, forbidden) {
						return errors.New("a forbidden word")
					}
					return nil
				}
			})
			if err == nil || !strings.Contains(err.Error(), "a forbidden word, in this message to Baso Irfandi: Kartu T-1") {
				t.Errorf("the story ended with %v", err)
			}
		})
	}
}

func TestViolationsFailTheStory(t *testing.T) {
	_, err := playWithEcho(t, smallCast+"Baso: halo\nbot to Baso: halo\n", func(_ *Stage, bot *echo) {
		if err := bot.call(t.Context(), "getMe", map[string]any{"no_such_parameter": true}, nil); err != nil {
			t.Fatal(err)
		}
	})
	if err == nil || !strings.Contains(err.Error(), "no_such_parameter") {
		t.Errorf("the story ended with %v", err)
	}
}

func TestInterruptingBetweenAllLines(t *testing.T) {
	const lines = "Baso: satu\nbot to Baso: satu\nBaso: dua\nbot to Baso: dua\n"
	for setting, want := range map[string]struct{ starts, kills int }{
		"": {1, 0}, "interrupt: restart\n": {4, 0}, "interrupt: kill\n": {4, 3},
	} {
		t.Run(setting, func(t *testing.T) {
			text := strings.Replace(smallCast, "A small story\n", "A small story\n"+setting, 1)
			bot, err := playWithEcho(t, text+lines, nil)
			if err != nil {
				t.Fatal(err)
			}
			if bot.starts != want.starts || bot.kills != want.kills {
				t.Errorf("started %d times and killed %d times, want %v", bot.starts, bot.kills, want)
			}
		})
	}
}

func TestABotThatDoesNotComeToRestFailsTheStory(t *testing.T) {
	_, err := playWithEcho(t, smallCast+"Baso: halo\n", func(stage *Stage, bot *echo) {
		stage.Patience = 50 * time.Millisecond
		bot.telegram.Delay(time.Minute)
	})
	if err == nil || !strings.Contains(err.Error(), "the bot did not come to rest") {
		t.Errorf("the story ended with %v", err)
	}
}

func TestWhatStaysUnsaidFailsTheStory(t *testing.T) {
	_, err := playWithEcho(t, smallCast+"Baso: /ingatkan 10:00\nat 11:00\n", func(_ *Stage, bot *echo) { bot.stuck = true })
	if err == nil || !strings.Contains(err.Error(), "what was due at 2026-05-11 10:00 has not been said") {
		t.Errorf("the story ended with %v", err)
	}
}

func TestMembersOfALinkedGroupJoinInSightOfTheBot(t *testing.T) {
	var group int64
	bot, err := playWithEcho(t, smallCast, func(stage *Stage, _ *echo) { group = stage.groups["Pokja Lingkungan"].chat })
	if err != nil {
		t.Fatal(err)
	}
	var joined []string
	for _, message := range bot.telegram.Messages(group) {
		if message.Service == "joined" && message.Delivered {
			joined = append(joined, message.Name)
		}
	}
	if want := []string{"Sitti Ramlah", "Baso Irfandi"}; !slices.Equal(joined, want) { // she adds the bot
		t.Errorf("the bot has seen %q come, want %q", joined, want)
	}
}

func TestAGroupThatCannotBeLinkedFailsTheStory(t *testing.T) {
	_, err := playWithEcho(t, smallCast+"nothing\n", func(_ *Stage, bot *echo) {
		bot.telegram.Fail(sim.Fault{Method: "sendMessage", After: 1, Kind: sim.Error500})
	})
	if err == nil || !strings.Contains(err.Error(), `the group Pokja Lingkungan of the cast could not be linked as "pokja lingkungan"`) {
		t.Errorf("the story ended with %v", err)
	}
}

func TestOwnersAreTheCoordinators(t *testing.T) {
	script, err := Read("owners", []byte(smallCast))
	if err != nil {
		t.Fatal(err)
	}
	telegram := sim.New(sim.Options{})
	stage := NewStage(script, telegram, nil)
	owners := stage.Owners()
	if len(owners) != 1 || stage.chats[owners[0]] != (Place{Person: "Sitti Ramlah"}) {
		t.Errorf("owners are %v of %v", owners, stage.chats)
	}
}

func TestOpeningTheLoggedLink(t *testing.T) {
	_, err := playWithEcho(t, smallCast+"Nurhikmah opens the link in the log\nbot to Nurhikmah: /start abc_1\n",
		func(_ *Stage, bot *echo) { bot.log = `level=INFO msg="claim" link=https://t.me/rembuk_bot?start=abc_1` })
	if err != nil {
		t.Error(err)
	}
}
