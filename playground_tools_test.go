package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// person gives the id of somebody on the page.
func (p openPlayground) person(name string) int64 {
	p.t.Helper()
	for _, one := range p.state("").People {
		if strings.HasPrefix(one.Name, name) {
			return one.ID
		}
	}
	p.t.Fatalf("there is no %s", name)
	return 0
}

// group gives the id of a group that the first person is in.
func (p openPlayground) group(title string) int64 {
	p.t.Helper()
	for _, one := range p.state("").Chats {
		if one.Title == title {
			return one.ID
		}
	}
	p.t.Fatalf("there is no %s", title)
	return 0
}

// say lets somebody write in a chat; their own id is the one with the bot.
func (p openPlayground) say(who, chat int64, text string) {
	p.t.Helper()
	p.act("say", "person", strconv.FormatInt(who, 10), "chat", strconv.FormatInt(chat, 10), "text", text)
}

// heard counts the bot's messages in a chat that hold the words.
func (p openPlayground) heard(who, chat int64, words string) (count int) {
	p.t.Helper()
	for _, message := range p.state(fmt.Sprintf("person=%d&chat=%d", who, chat)).Chat.Messages {
		if message.Bot && strings.Contains(message.Text, words) {
			count++
		}
	}
	return count
}

// The local Telegram numbers people and groups from these on.
const (
	firstPerson int64 = 100000001
	firstGroup  int64 = -1001
)

// saidSince lists what the bot has said in private and in basic groups after a
// moment, in the order in which it was said: they number messages together.
func saidSince(city *world, since time.Time) (said []sim.Shown) {
	for number := range int64(50) {
		for _, chat := range []int64{firstPerson + number, firstGroup - number} {
			for _, message := range city.telegram.Messages(chat) {
				if message.Bot && message.Date.After(since) {
					said = append(said, message)
				}
			}
		}
	}
	slices.SortFunc(said, func(a, b sim.Shown) int { return cmp.Compare(a.ID, b.ID) })
	return said
}

// A jump over a month is as if the month had passed: everything is said at its
// time, in order, and nothing twice.
func TestAJumpOverAMonthSaysEverythingInOrder(t *testing.T) {
	city := inCity(t)
	began := city.Now()
	coming, err := city.Coming(t.Context(), 1)
	if err != nil || len(coming) == 0 {
		t.Fatal(coming, err)
	}
	if err := city.Advance(t.Context(), began.AddDate(0, 1, 0)); err != nil {
		t.Fatal(err)
	}
	moments, last := map[time.Time]bool{}, began
	twice := map[string]bool{}
	for _, message := range saidSince(city, began) {
		if message.Date.Before(last) {
			t.Errorf("%v comes after %v: %s", message.Date, last, message.Text)
		}
		last = message.Date
		moments[last] = true
		key := fmt.Sprint(message.Chat, message.Date, message.Text)
		if twice[key] {
			t.Errorf("said twice: %s", key)
		}
		twice[key] = true
	}
	if !moments[coming[0].At.In(last.Location())] || len(moments) < 8 {
		t.Errorf("said at %v; %v was listed first", moments, coming[0].At)
	}
	if !city.Now().Equal(began.AddDate(0, 1, 0)) || city.Standing().Moving != (time.Time{}) {
		t.Errorf("stands at %v: %+v", city.Now(), city.Standing())
	}
}

func TestAJumpIsEndedInTheMiddle(t *testing.T) {
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		began := page.state("").Clock
		page.act("fault", "kind", "slow", "span", "100")
		jump := make(chan int, 1)
		go func() {
			code, _ := page.try("clock", "by", "date", "to", "2030-01-01T09:00")
			jump <- code
		}()
		page.await("a jump that has come some way", func() bool {
			return page.tools().Moving != nil && page.state("").Clock.Day > began.Day
		})
		if heading := page.tools().Moving; heading == nil || heading.Day != "2030-01-01" {
			t.Errorf("heads for %v", heading)
		}
		page.act("clock/halt")
		if code := <-jump; code != 200 {
			t.Errorf("the jump answers %d", code)
		}
		if tools, clock := page.tools(), page.state("").Clock; tools.Moving != nil || clock.Day >= "2029" {
			t.Errorf("%v, the clock shows %v", tools.Moving, clock)
		}
		page.act("heal")
		page.act("clock", "by", "hour") // the next move is not ended with the last
	})
}

// While the bot does not run people write, and the clock moves on; when it is
// started nothing is lost and nothing is said twice.
func TestABotThatIsStoppedInView(t *testing.T) {
	t.Parallel()
	for _, deed := range []string{"stop", "kill"} {
		t.Run(deed, func(t *testing.T) {
			inPlayground(t, sampleFolder(t), func(page openPlayground) {
				sitti := page.person("Sitti")
				listed := page.tools().Coming
				status := page.heard(sitti, sitti, "Tugas: ")
				page.act("program", "do", deed)
				page.act("program", "do", deed) // once more changes nothing
				page.say(sitti, sitti, "/status")
				page.say(sitti, sitti, "/status")
				if tools := page.tools(); tools.Running || tools.Waiting != 2 || fmt.Sprint(tools.Coming) != fmt.Sprint(listed) {
					t.Errorf("while it is stopped: %+v", tools)
				}
				page.act("clock", "by", "next")
				page.act("clock", "by", "hour")
				if tools := page.tools(); !tools.Coming[0].Late || page.heard(sitti, sitti, "Tugas: ") != status {
					t.Errorf("an hour after the next reminder: %+v", tools.Coming[0])
				}
				page.act("program", "do", "start")
				page.act("program", "do", "start")
				if tools := page.tools(); !tools.Running || tools.Waiting != 0 || len(tools.Coming) == 0 || tools.Coming[0].Late {
					t.Errorf("started again: %+v", tools)
				}
				if now := page.heard(sitti, sitti, "Tugas: "); now != status+2 {
					t.Errorf("two questions have %d answers", now-status)
				}
			})
		})
	}
}

func TestTheClockGoesByItself(t *testing.T) {
	city := inCity(t)
	next, waits := city.Next()
	if !waits {
		t.Fatal("nothing is due")
	}
	if err := city.Advance(t.Context(), next.Add(-20*time.Minute)); err != nil {
		t.Fatal(err)
	}
	changed, done := city.telegram.Subscribe()
	defer done()
	began := city.Now()
	city.Run(3600)
	for len(saidSince(city, began)) == 0 {
		<-changed
	}
	if speed := city.Standing().Speed; speed != 3600 {
		t.Errorf("goes at %d", speed)
	}
	city.Run(0)
	stands := city.Now()
	if first := saidSince(city, began)[0]; !first.Date.Equal(next) || stands.Before(next) {
		t.Errorf("said at %v, due %v, the clock stands at %v", first.Date, next, stands)
	}
	if err := city.Advance(t.Context(), stands.Add(time.Minute)); err != nil || !city.Now().Equal(stands.Add(time.Minute)) {
		t.Errorf("goes on although it stands: %v, %v", city.Now(), err)
	}
}

func TestFaultsInView(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		kind     string
		repeated int
		twice    int
		messages int
	}{
		{"before", 1, 0, 1},
		{"after", 1, 1, 2}, // the one exception: it is counted
		{"500", 1, 0, 1},
	} {
		t.Run(row.kind, func(t *testing.T) {
			inPlayground(t, sampleFolder(t), func(page openPlayground) {
				sitti := page.person("Sitti")
				before := page.heard(sitti, sitti, "Tugas: ")
				page.act("fault", "kind", row.kind, "times", "1")
				page.say(sitti, sitti, "/status")
				page.await("the answer", func() bool { return page.heard(sitti, sitti, "Tugas: ")-before >= row.messages })
				page.act("clock", "by", "hour") // waits until everything is said
				tools := page.tools()
				if got := page.heard(sitti, sitti, "Tugas: ") - before; got != row.messages || tools.Met != 1 || tools.Repeated != row.repeated || tools.Twice != row.twice {
					t.Errorf("%d answers; %d met, %d repeated, %d twice", got, tools.Met, tools.Repeated, tools.Twice)
				}
			})
		})
	}
}

func TestStartingOver(t *testing.T) {
	t.Parallel()
	inPlayground(t, sampleFolder(t), func(page openPlayground) {
		began := page.state("")
		sitti, pokja := page.person("Sitti"), page.group("Pokja Lingkungan")
		page.say(sitti, pokja, "/tugas_baru Sesuatu yang tidak tinggal, tenggat 29 Mei")
		page.await("a card", func() bool { return page.heard(sitti, pokja, "tidak tinggal") > 0 })
		page.act("over")
		page.awaitCity()
		anew := page.state("")
		if anew.World == began.World || anew.Clock != began.Clock || len(anew.People) != len(began.People) || len(anew.Chats) != len(began.Chats) {
			t.Errorf("the sample city anew: %+v", anew)
		}
		if page.heard(sitti, pokja, "tidak tinggal") != 0 {
			t.Error("something of the former city is still there")
		}
		page.act("over", "empty", "true")
		page.awaitCity()
		empty := page.state("")
		if len(empty.People) != 1 || len(empty.Chats) != 1 || !page.tools().Running {
			t.Errorf("an empty city: %+v", empty)
		}
		page.say(sitti, sitti, "/start")
		page.say(sitti, sitti, "/status")
		page.await("an answer to the coordinator", func() bool { return page.heard(sitti, sitti, "Tugas: ") == 1 })
	})
}
