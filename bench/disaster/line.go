//go:build linux && (amd64 || arm64)

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// shuffler stands before a local Telegram and, when it is told to, hands updates over in
// any order, some of them twice, and some again that came long before.
type shuffler struct {
	telegram http.Handler

	mutex    sync.Mutex
	random   *rand.Rand
	shuffles bool
	earlier  []json.RawMessage
	repeated int
	polls    []time.Time // when each began
}

func newShuffler(telegram http.Handler, seed uint64) *shuffler {
	return &shuffler{telegram: telegram, random: rand.New(rand.NewPCG(seed, 1))}
}

func (s *shuffler) order(shuffles bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.shuffles = shuffles
}

// ServeHTTP passes calls on; answers to polls may be changed.
func (s *shuffler) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	polls := strings.HasSuffix(request.URL.Path, "/getUpdates")
	s.mutex.Lock()
	shuffles := s.shuffles
	if polls {
		s.polls = append(s.polls, time.Now())
	}
	s.mutex.Unlock()
	if !shuffles || !polls {
		s.telegram.ServeHTTP(answer, request)
		return
	}
	kept := httptest.NewRecorder()
	s.telegram.ServeHTTP(kept, request)
	body := kept.Body.Bytes()
	var updates struct {
		OK     bool              `json:"ok"`
		Result []json.RawMessage `json:"result"`
	}
	if kept.Code == http.StatusOK && json.Unmarshal(body, &updates) == nil && len(updates.Result) > 0 {
		updates.Result = s.change(updates.Result)
		if changed, err := json.Marshal(updates); err == nil {
			body = changed
		}
	}
	kept.Header().Del("Content-Length")
	maps.Copy(answer.Header(), kept.Header())
	answer.WriteHeader(kept.Code)
	_, _ = answer.Write(body) // a bot that has gone away polls again
}

// begun are the moments at which polls began.
func (s *shuffler) begun() []time.Time {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.polls)
}

// change repeats some of what comes, and some of what came before, and shuffles it all.
func (s *shuffler) change(updates []json.RawMessage) []json.RawMessage {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.earlier = append(s.earlier, updates...)
	for range 1 + s.random.IntN(5) {
		updates = append(updates, s.earlier[s.random.IntN(len(s.earlier))])
		s.repeated++
	}
	s.random.Shuffle(len(updates), func(i, j int) { updates[i], updates[j] = updates[j], updates[i] })
	return updates
}

// shuffled lets people write while updates come in any order and more than once, also
// to a program that has just been started.
func shuffled(s *stage) error {
	if err := s.open(); err != nil {
		return err
	}
	s.before.order(true)
	times := 40
	if s.short {
		times = 8
	}
	for turn := range times {
		s.city.Say(6 * groups)
		if turn%4 == 3 {
			s.city.Say(6 * groups)
			if err := s.process().Send(killed); err != nil {
				return err
			}
			s.city.Say(6 * groups)
		}
		if _, err := s.answered(); err != nil {
			return err
		}
	}
	s.before.order(false)
	s.before.mutex.Lock()
	defer s.before.mutex.Unlock()
	s.promise("many updates came again", s.before.repeated > 2*times, fmt.Sprint(s.before.repeated))
	return nil
}

// storms lets Telegram ask for patience: one chat after the other, and all of them.
func storms(s *stage) error {
	if err := s.open(); err != nil {
		return err
	}
	ban := s.span(30, 3)
	banned := s.telegram.Groups()[0].ID
	times := 3
	s.telegram.Fail(sim.Fault{Method: "sendMessage", Chat: banned, Times: times, Kind: sim.Error429, RetryAfter: int(ban.Seconds())})
	began, mark := time.Now(), len(s.telegram.Calls())
	s.city.Say(10 * groups)
	others := s.city.Commands() - 10
	if err := s.wait("the other chats are answered", func() bool { return s.city.Answered() >= others }); err != nil {
		return err
	}
	s.promise("nobody else waits for a chat that is banned", time.Since(began) < time.Second, fmt.Sprintf("50 commands at once, %.2f s", time.Since(began).Seconds()))
	var slowest time.Duration
	for range int(ban.Seconds()) {
		asked := time.Now()
		s.city.Say(groups)
		others += groups - 1
		if err := s.wait("the other chats are answered", func() bool { return s.city.Answered() >= others }); err != nil {
			return err
		}
		slowest = max(slowest, time.Since(asked))
		time.Sleep(500 * time.Millisecond)
	}
	s.promise("answers in other chats meanwhile take at most 1 s", slowest < time.Second, fmt.Sprintf("%.2f s", slowest.Seconds()))
	if _, err := s.answered(); err != nil {
		return err
	}
	s.bans(s.telegram.Calls()[mark:], banned, ban, times)
	return s.generalStorm(ban)
}

// generalStorm lets every chat be banned, and polls as well.
func (s *stage) generalStorm(ban time.Duration) error {
	mark := len(s.telegram.Calls())
	s.telegram.Fail(sim.Fault{Method: "sendMessage", Times: groups, Kind: sim.Error429, RetryAfter: int(ban.Seconds())})
	s.city.Say(4 * groups)
	if err := s.wait("every chat is banned", func() bool { return s.refused(mark) == groups }); err != nil {
		return err
	}
	if err := s.wait("a poll is held", s.telegram.PollWaiting); err != nil { // one on its way would meet the fault itself
		return err
	}
	s.telegram.Fail(sim.Fault{Method: "getUpdates", Kind: sim.Error429, RetryAfter: int(ban.Seconds())})
	polled := len(s.before.begun())
	s.city.Say(groups) // ends the poll that is held: the next one meets the fault, and the one after it waits
	if err := s.wait("polls go on", func() bool { return len(s.before.begun()) >= polled+2 }); err != nil {
		return err
	}
	begun := s.before.begun()[polled:]
	waited := begun[1].Sub(begun[0])
	s.promise("polls are left alone until their ban is over, and go on within 1.5 s then", waited >= ban && waited < ban+1500*time.Millisecond, fmt.Sprintf("after %.2f s of %.0f", waited.Seconds(), ban.Seconds()))
	_, err := s.answered()
	return err
}

func (s *stage) refused(mark int) int {
	count := 0
	for _, call := range s.telegram.Calls()[mark:] {
		if strings.HasPrefix(call.Outcome, "429") {
			count++
		}
	}
	return count
}

// bans looks how soon a chat was tried again after each ban.
func (s *stage) bans(calls []sim.Call, chat int64, ban time.Duration, times int) {
	var until time.Time
	soonest, latest, seen := time.Hour, -time.Hour, 0
	for _, call := range calls {
		if call.Chat != chat {
			continue
		}
		if !until.IsZero() {
			after := call.At.Sub(until)
			soonest, latest = min(soonest, after), max(latest, after)
			until = time.Time{}
		}
		if strings.HasPrefix(call.Outcome, "429") {
			until, seen = call.At.Add(ban), seen+1
		}
	}
	s.promise("the chat is left alone until its ban is over, and tried within 1.5 s then", seen == times && soonest >= 0 && latest < 1500*time.Millisecond,
		fmt.Sprintf("%d of %.0f s, %.1f to %.1f ms", seen, ban.Seconds(), soonest.Seconds()*1000, latest.Seconds()*1000))
}
