package main

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// A story is played in the place of the city, in view of every tab; the city
// comes back as it was, and nothing is left of the story.
func TestAStoryIsPlayedInThePlaceOfTheCity(t *testing.T) {
	s := openStagePage(t, false)
	city := s.page.present()
	s.say("Baso Irfandi", "", "/tugas")
	var before seenChat
	s.get("/api/state", &before)
	ignored := goleak.IgnoreCurrent()
	events, hangUp := s.listen()

	s.play("from_promise_to_thanks", "0")
	played := s.awaitMode("ended")
	if played.Story.Done != played.Story.Steps || len(played.Story.Failed) != 0 || played.Story.Problem != "" {
		t.Errorf("played: %+v", played.Story)
	}
	if _, seen := s.see("Rahman Pasolong", ""); len(seen.People) != 3 {
		t.Errorf("the story has %d people on the page", len(seen.People))
	}
	if !events() {
		t.Error("a tab that listened to the city is not told of the story")
	}
	if code, answer := s.post("/api/clock", map[string]string{"by": "hour"}); code != http.StatusConflict || answer["problem"] != "story_playing" {
		t.Errorf("while a story is played the clock is moved: %d %v", code, answer)
	}
	s.play("search", "1") // one story in the place of another
	s.must("/api/story/direct", map[string]string{"do": "leave"})

	var after seenChat
	s.get("/api/state", &after)
	if s.page.present() != city || len(after.People) != len(before.People) || s.story().Story != nil {
		t.Errorf("the city has not come back: %+v", after.People)
	}
	hangUp()
	s.http.CloseIdleConnections()
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, ignored)
	if entries, err := os.ReadDir(os.TempDir()); err != nil || strings.Contains(strings.Join(namesOf(entries), " "), "rembuk-story") {
		t.Errorf("left behind: %v %v", namesOf(entries), err)
	}
	s.say("Baso Irfandi", "", "/tugas")
	if answer := s.message("Baso Irfandi", "", "T-1", ""); answer == "" {
		t.Error("the city does not go on")
	}
}

func namesOf(entries []os.DirEntry) (names []string) {
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// listen listens to the page's events as a tab does; next tells whether one more comes.
func (s *stagePage) listen() (next func() bool, hangUp func()) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/api/events", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := s.http.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	hangUp = func() { cancel(); response.Body.Close() }
	next = func() bool { // an event that comes by itself, since the clock goes on, would be too late
		late := time.AfterFunc(5*time.Second, cancel)
		defer late.Stop()
		count, err := response.Body.Read(make([]byte, 4096))
		return count > 0 && err == nil
	}
	if !next() { // the one that every tab gets at once
		s.t.Error("the page tells a tab nothing")
	}
	return next, hangUp
}

func TestAStoryGoesStepByStep(t *testing.T) {
	s := openStagePage(t, true)
	s.must("/api/story/play", map[string]string{"name": "from_promise_to_thanks", "paused": "true"})
	if seen := s.awaitMode("paused"); seen.Story.Done != 0 {
		t.Errorf("%d steps before the first was asked for", seen.Story.Done)
	}
	for want := 1; want <= 5; want++ {
		s.must("/api/story/direct", map[string]string{"do": "step"})
		s.awaitDone(want)
	}
	if seen := s.awaitMode("paused"); seen.Story.Done != 5 || seen.Story.Person != s.personID("Baso Irfandi") || seen.Story.Chat != seen.Story.Person {
		t.Errorf("the fifth step is seen by %d in %d: %+v", seen.Story.Person, seen.Story.Chat, seen.Story)
	}
	s.must("/api/story/direct", map[string]string{"do": "go", "speed": "0"})
	s.awaitMode("ended")
}

func (s *stagePage) awaitDone(want int) {
	s.t.Helper()
	changed, done := s.page.present().telegram.Subscribe()
	defer done()
	for s.story().Story.Done < want {
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			s.t.Fatalf("%d steps are not played", want)
		}
	}
}

// A story of 145 lines takes minutes to read. bench/playground measures how long
// it takes at once, with nothing else running.
func TestAStoryIsPlayedAtOnce(t *testing.T) {
	s := openStagePage(t, true)
	began := time.Now()
	s.play("evaluation_from_h30_to_the_day", "0")
	seen := s.awaitMode("ended")
	took := time.Since(began)
	t.Logf("%d steps took %v", seen.Story.Steps, took)
	if seen.Story.Steps < 100 || len(seen.Story.Failed) > 0 || took > 20*time.Second {
		t.Errorf("%d steps took %v: %+v", seen.Story.Steps, took, seen.Story.Failed)
	}
}
