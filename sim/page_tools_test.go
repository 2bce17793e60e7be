package sim

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// botSide is the bot's side as the page's tools need it: it notes what it is told to do.
type botSide struct {
	Stories  // none of which is asked for in these tests
	standing Standing
	coming   []Coming
	told     []string
	refuses  error
}

func (b *botSide) Standing() Standing { return b.standing }

func (b *botSide) Coming(_ context.Context, most int) ([]Coming, error) {
	return b.coming[:min(most, len(b.coming))], b.refuses
}

func (b *botSide) Halt() { b.told = append(b.told, "halt") }

func (b *botSide) Run(speed int) { b.standing.Speed = speed }

func (b *botSide) Program(_ context.Context, deed string) error {
	b.told = append(b.told, deed)
	return b.refuses
}

func (b *botSide) StartOver(_ context.Context, empty bool) error {
	b.told = append(b.told, map[bool]string{true: "empty city", false: "sample city"}[empty])
	return b.refuses
}

func (p *openPage) tools() pageTools {
	p.t.Helper()
	status, body := p.do(http.MethodGet, "/api/tools", nil, nil)
	var shown pageTools
	if err := json.Unmarshal([]byte(body), &shown); err != nil || status != 200 {
		p.t.Fatalf("%d %s: %v", status, body, err)
	}
	return shown
}

func TestPageListsWhatWillBeSaid(t *testing.T) {
	p := newPage(t)
	p.side.standing = Standing{World: "w", Running: true, Speed: 60, Moving: p.clock.Add(48 * time.Hour)}
	p.side.coming = []Coming{
		{At: p.clock.Add(-time.Hour), Step: "H-1", About: "T-3", Title: "Rekap", People: []int64{p.baso, 99}},
		{At: p.clock.Add(23 * time.Hour), Step: "H-7", About: "E-1", Title: "Evaluasi", People: []int64{p.siti}, Groups: []int64{p.pokja, p.dewan}},
	}
	shown := p.tools()
	if shown.World != "w" || !shown.Running || shown.Speed != 60 || shown.Moving == nil || shown.Moving.Day != "2026-11-27" {
		t.Errorf("got %+v", shown)
	}
	if len(shown.Coming) != 2 {
		t.Fatalf("got %+v", shown.Coming)
	}
	late, next := shown.Coming[0], shown.Coming[1]
	if !late.Late || len(late.To) != 1 || next.Late || next.When != (pageTime{Day: "2026-11-26", Time: "08.00", Zone: "WITA"}) {
		t.Errorf("got %+v and %+v", late, next)
	}
	if len(next.To) != 3 || next.To[0] != p.chats[p.pokja].Title || next.To[2] != fullName(p.people[p.siti].wireUser) {
		t.Errorf("said to %v", next.To)
	}
	p.side.coming = slices.Repeat(p.side.coming, 20)
	if many := len(p.tools().Coming); many != mostComing {
		t.Errorf("lists %d", many)
	}
}

func TestPageTellsTheBotsSideWhatToDo(t *testing.T) {
	for _, row := range []struct {
		name, path string
		form       url.Values
		status     int
		told       string
	}{
		{"stop", "/api/program", url.Values{"do": {"stop"}}, 200, "stop"},
		{"kill", "/api/program", url.Values{"do": {"kill"}}, 200, "kill"},
		{"start", "/api/program", url.Values{"do": {"start"}}, 200, "start"},
		{"anything else", "/api/program", url.Values{"do": {"rm"}}, 400, ""},
		{"the sample city anew", "/api/over", nil, 200, "sample city"},
		{"an empty one", "/api/over", url.Values{"empty": {"true"}}, 200, "empty city"},
		{"end a move", "/api/clock/halt", nil, 200, "halt"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := newPage(t)
			status, body := p.do(http.MethodPost, row.path, row.form, nil)
			if told := strings.Join(p.side.told, " "); status != row.status || told != row.told {
				t.Errorf("got %d %s, told %q", status, body, told)
			}
			p.side.refuses = errors.New("it cannot")
			if status, _ := p.do(http.MethodPost, row.path, row.form, nil); row.path != "/api/clock/halt" && status == 200 {
				t.Error("what went wrong is not said")
			}
		})
	}
}

func TestPageLetsTheClockRun(t *testing.T) {
	for _, row := range []struct {
		speed  string
		status int
		want   int
	}{{"600", 200, 600}, {"0", 200, 0}, {"3600", 200, 3600}, {"3601", 400, 7}, {"-1", 400, 7}, {"fast", 400, 7}, {"", 400, 7}} {
		t.Run(row.speed, func(t *testing.T) {
			p := newPage(t)
			p.side.standing.Speed = 7
			if status, body := p.do(http.MethodPost, "/api/clock/run", url.Values{"speed": {row.speed}}, nil); status != row.status || p.side.standing.Speed != row.want {
				t.Errorf("%d %s, runs %d", status, body, p.side.standing.Speed)
			}
		})
	}
}

func TestPageSwitchesFaultsAndCounts(t *testing.T) {
	p := newPage(t)
	order := func(fields ...string) (status int) {
		form := url.Values{}
		for at := 0; at < len(fields); at += 2 {
			form.Set(fields[at], fields[at+1])
		}
		status, _ = p.do(http.MethodPost, "/api/fault", form, nil)
		return status
	}
	for _, bad := range [][]string{{"kind", "fire"}, {"kind", "before"}, {"kind", "429", "times", "-1"}, {"kind", "500", "times", "1001"}, {"kind", "slow", "span", "30001"}, {}} {
		if status := order(bad...); status != 400 {
			t.Errorf("%v: %d", bad, status)
		}
	}
	if on := p.tools().Faults; len(on) != 0 {
		t.Fatalf("switched on by mistake: %+v", on)
	}
	for _, good := range [][]string{{"kind", "429", "times", "7"}, {"kind", "429", "times", "2"}, {"kind", "after", "times", "0"}, {"kind", "slow", "span", "500"}, {"kind", "cut"}} {
		if status := order(good...); status != 200 {
			t.Errorf("%v: %d", good, status)
		}
	}
	want := []pageFault{{Kind: "cut"}, {Kind: "slow", Span: 500}, {Kind: "429", Times: 2}, {Kind: "after"}}
	if on := p.tools().Faults; !slices.Equal(on, want) {
		t.Errorf("switched on: %+v", on)
	}
	if status, _ := p.do(http.MethodPost, "/api/heal", nil, nil); status != 200 || len(p.tools().Faults) != 0 || p.LineBroken() {
		t.Errorf("healed: %d, %+v", status, p.tools().Faults)
	}
}

func TestFaultsAreCounted(t *testing.T) {
	p := newPage(t)
	say := func(text string) { // whether the answer arrives is not looked at
		form := url.Values{"chat_id": {strconv.FormatInt(p.siti, 10)}, "text": {text}}
		if answer, err := http.PostForm(p.url+"/bot"+p.Token()+"/sendMessage", form); err == nil {
			answer.Body.Close()
		}
	}
	p.Fail(Fault{Kind: Error500, Times: 1})
	p.Fail(Fault{Kind: BreakAfter, Times: 1})
	say("satu") // 500
	say("satu") // carried out, no answer
	say("satu") // there twice
	say("dua")
	if got := p.tools().Tally; got != (Tally{Met: 2, Repeated: 2, Twice: 1}) {
		t.Errorf("got %+v", got)
	}
	p.Heal()
	if got := p.tools().Tally; got.Met != 2 {
		t.Errorf("healing forgets what happened: %+v", got)
	}
	p.Fail(Fault{Kind: Error429, Times: 1})
	if got := p.tools().Tally; got != (Tally{}) {
		t.Errorf("a new fault is counted with the old ones: %+v", got)
	}
}
