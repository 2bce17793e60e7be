package story

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// Rejoin finds the cast of a script again on a local Telegram on which it has been played already, in a program that
// runs again since then, and goes on to write down what is done by hand. False when somebody or something of the cast
// is not there.
func Rejoin(script Script, telegram *sim.Server, program Program, zone *time.Location) (*Recorder, bool) {
	s := &Stage{script: script, zone: zone, telegram: telegram, program: program, people: map[string]int64{},
		groups: map[string]*stand{}, chats: map[int64]Place{}, watch: newWatch(), running: true}
	for _, person := range telegram.People() {
		name := strings.TrimSpace(person.FirstName + " " + person.LastName)
		s.people[name] = person.ID
		s.chats[person.ID] = Place{Person: name}
	}
	for _, group := range telegram.Groups() {
		here := &stand{chat: group.ID, topics: map[string]int{}}
		topics := telegram.Topics(group.ID)
		for _, thread := range slices.Sorted(maps.Keys(topics)) {
			here.topics[topics[thread]] = thread
		}
		s.groups[group.Title] = here
		s.chats[group.ID] = Place{Group: group.Title}
	}
	if !s.hasCast() || s.look() != nil {
		return nil, false
	}
	s.watch.dropAll()
	recorder := s.Record()
	recorder.clock = time.Time{} // so that the script says where it stands
	recorder.moveClock(program.Now())
	recorder.steps = append(recorder.steps, Step{Kind: Restart})
	return recorder, true
}

func (s *Stage) hasCast() bool {
	for _, person := range s.script.Cast.People {
		if s.people[person.Name] == 0 {
			return false
		}
	}
	for _, group := range s.script.Cast.Groups {
		if s.groups[group.Title] == nil {
			return false
		}
	}
	return true
}

// Written is everything until now as a script, for Rejoin to go on with.
func (r *Recorder) Written() Script {
	r.turn.Lock()
	defer r.turn.Unlock()
	script := r.stage.script
	script.Steps = restarts(r.steps)
	script.Files = slices.Clone(r.files)
	return script
}
