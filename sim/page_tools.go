package sim

import (
	"context"
	"net/http"
	"time"
)

// Tools is what the page's tools need of the bot's side: a clock that goes on by itself, what will be said, the bot's
// program, and another city.
type Tools interface {
	// Standing tells how things stand.
	Standing() Standing
	// Coming lists what the bot will say of its own accord, the soonest first, at most so many.
	Coming(ctx context.Context, most int) ([]Coming, error)
	// Halt ends the move of the clock that is under way, where it has come.
	Halt()
	// Run lets the clock go on by itself, so many times as fast as real time; 0 lets it stand.
	Run(speed int)
	// Program carries out StartProgram, StopProgram or KillProgram. What has been done already is no error.
	Program(ctx context.Context, deed string) error
	// StartOver puts another city in the place of this one: the sample city, or one with the bot and a coordinator alone.
	StartOver(ctx context.Context, empty bool) error
}

// What can be done to the bot's program.
const (
	StartProgram = "start"
	StopProgram  = "stop" // in order
	KillProgram  = "kill" // without letting it finish
)

// Standing is how things stand on the bot's side.
type Standing struct {
	World    string    // names what is shown: another one after starting over
	Building bool      // what is shown is still coming about
	Running  bool      // the bot's program runs
	Speed    int       // how many times as fast as real time the clock goes by itself
	Moving   time.Time // where a move of the clock is to end; zero when none is under way
}

// Coming is something that the bot will say of its own accord.
type Coming struct {
	At     time.Time
	Step   string // which rung of a ladder, as the bot's side names them
	About  string // the reference of the thing
	Title  string
	Part   string  // which part of the thing, if it has some
	People []int64 // in whose private chats
	Groups []int64
}

// Tell wakes whoever watches: something beside the local Telegram has changed, such as its clock.
func (s *Server) Tell() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.changed()
}

// mostComing is how much of what will be said the page lists, and mostSpeed how fast its clock may go.
const (
	mostComing = 20
	mostSpeed  = 3600
)

// pageTools is everything that the tools show.
type pageTools struct {
	World    string       `json:"world"`
	Building bool         `json:"building"`
	Running  bool         `json:"running"`
	Speed    int          `json:"speed"`
	Moving   *pageTime    `json:"moving"`
	Coming   []pageComing `json:"coming"`
	Faults   []pageFault  `json:"faults"`
	Waiting  int          `json:"waiting"` // updates that the bot has not fetched
	Tally
}

type pageComing struct {
	When  pageTime `json:"when"`
	Late  bool     `json:"late"` // its moment has passed
	Step  string   `json:"step"`
	About string   `json:"about"`
	Title string   `json:"title"`
	Part  string   `json:"part"`
	To    []string `json:"to"`
}

func (p *page) tools(w http.ResponseWriter, r *http.Request) {
	coming, err := p.side.Coming(r.Context(), mostComing)
	if err != nil {
		refuse(w, http.StatusServiceUnavailable, "failed")
		return
	}
	standing, now := p.side.Standing(), p.side.Now()
	shown := pageTools{World: standing.World, Building: standing.Building, Running: standing.Running, Speed: standing.Speed, Coming: []pageComing{}}
	if !standing.Moving.IsZero() {
		moving := timeOf(standing.Moving.In(now.Location()))
		shown.Moving = &moving
	}
	s := p.server
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, one := range coming {
		shown.Coming = append(shown.Coming, pageComing{When: timeOf(one.At.In(now.Location())), Late: one.At.Before(now),
			Step: one.Step, About: one.About, Title: one.Title, Part: one.Part, To: s.namesOf(one)})
	}
	shown.Faults, shown.Waiting, shown.Tally = s.pageFaults(), s.queue.undelivered, s.tally.Tally
	writeJSON(w, http.StatusOK, shown)
}

// namesOf are those to whom something will be said, as the page calls them: groups first.
func (s *Server) namesOf(coming Coming) []string {
	names := []string{}
	for _, id := range coming.Groups {
		if c := s.chats[id]; c != nil {
			names = append(names, c.Title)
		}
	}
	for _, id := range coming.People {
		if someone := s.people[id]; someone != nil {
			names = append(names, fullName(someone.wireUser))
		}
	}
	return names
}

func (p *page) program(w http.ResponseWriter, r *http.Request) {
	deed := r.FormValue("do")
	if deed != StartProgram && deed != StopProgram && deed != KillProgram {
		refuse(w, http.StatusBadRequest, "failed")
		return
	}
	err := p.side.Program(r.Context(), deed)
	p.server.Tell()
	if err != nil {
		refuse(w, http.StatusInternalServerError, "tools_program_failed")
		return
	}
	writeJSON(w, http.StatusOK, struct{}{})
}

func (p *page) startOver(w http.ResponseWriter, r *http.Request) {
	if err := p.side.StartOver(r.Context(), r.FormValue("empty") == "true"); err != nil {
		refuse(w, http.StatusInternalServerError, "tools_over_failed")
		return
	}
	writeJSON(w, http.StatusOK, struct{}{})
}
