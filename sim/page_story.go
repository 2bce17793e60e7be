package sim

import (
	"context"
	"errors"
	"net/http"
	"strconv"
)

// Stories is what the page needs of the bot's side to have stories played in the place of the city, and to keep as a
// story what was done by hand.
type Stories interface {
	// StoryTitles are the stories that can be played.
	StoryTitles() []StoryTitle
	// Story is the one that is on the page, nil if none is.
	Story() *StoryShown
	// StorySteps are all steps of that one.
	StorySteps() []StoryStep
	// PlayStory puts a story in the place of what is shown. Speed is that of reading, 0 is without any pause; a paused
	// one waits before its first step. ErrNoStory if there is none of that name.
	PlayStory(name string, speed float64, paused bool) error
	// DirectStory carries out one of the deeds for stories; speed goes with GoOnWithStory.
	DirectStory(deed string, speed float64) error
	// Recorded counts what was done by hand in what is shown; false when it cannot be kept as a story.
	Recorded() (int, bool)
	// SaveStory writes down as a story what has happened in what is shown.
	SaveStory(ctx context.Context, title string) (SavedStory, error)
}

// ErrNoStory says that there is no such story, or none that could do this.
var ErrNoStory = errors.New("there is no such story")

// What can be done with the story on the page.
const (
	GoOnWithStory = "go"
	PauseStory    = "pause"
	StepStory     = "step"
	TakeStory     = "take"  // go on by hand
	LeaveStory    = "leave" // the city comes back
)

// StoryTitle is a story that can be played.
type StoryTitle struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	About string `json:"about"`
	Steps int    `json:"steps"`
}

// StoryShown is the story on the page. Mode is preparing, playing, paused, ended, or left when people go on by hand.
type StoryShown struct {
	StoryTitle
	Mode    string       `json:"mode"`
	Speed   float64      `json:"speed"`
	Done    int          `json:"done"` // steps that were played
	Failed  []StoryFault `json:"failed"`
	Problem string       `json:"problem"` // why it cannot be played at all
	// Person sees in Chat and Thread what has happened last.
	Person int64 `json:"person"`
	Chat   int64 `json:"chat"`
	Thread int   `json:"thread"`
}

// StoryFault is a step that came out otherwise than it was written.
type StoryFault struct {
	Step   int    `json:"step"` // from 0
	Reason string `json:"reason"`
	There  string `json:"there"` // what was there instead
}

// StoryStep is one step as the page shows it; what is of no interest to a step is empty.
type StoryStep struct {
	Kind    string   `json:"kind"`
	Acts    bool     `json:"acts"` // somebody does something, rather than something being expected
	Who     string   `json:"who"`
	Place   string   `json:"place"` // where, as the page may write it; empty for the own private chat
	Private bool     `json:"private"`
	On      string   `json:"on"`
	Text    string   `json:"text"`
	Buttons []string `json:"buttons"`
	Files   []string `json:"files"`
	Gloss   string   `json:"gloss"`
	Line    string   `json:"line"` // as it stands in the script
}

// SavedStory is the file of a story. Problem says why it would not pass as a test, empty if it would.
type SavedStory struct {
	Name    string `json:"name"`
	Text    string `json:"text"`
	Steps   int    `json:"steps"`
	Problem string `json:"wrong"`
}

// longestTitle is how many bytes the title of a saved story may have.
const longestTitle = 200

func (p *page) handleStories(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/stories", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"stories": p.side.StoryTitles()})
	})
	mux.HandleFunc("GET /api/story", p.story)
	mux.HandleFunc("GET /api/story/steps", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]any{"steps": p.side.StorySteps()})
	})
	mux.HandleFunc("POST /api/story/play", p.playStory)
	mux.HandleFunc("POST /api/story/direct", p.directStory)
	mux.HandleFunc("POST /api/story/save", p.saveStory)
}

func (p *page) story(w http.ResponseWriter, _ *http.Request) {
	recorded, possible := p.side.Recorded()
	writeJSON(w, http.StatusOK, map[string]any{"story": p.side.Story(), "recorded": recorded, "recording": possible})
}

// playStory begins a story: POST api/story/play (name, speed, paused).
func (p *page) playStory(w http.ResponseWriter, r *http.Request) {
	speed, good := speedOf(r)
	if !good {
		refuse(w, http.StatusBadRequest, "story_no_speed")
		return
	}
	answerStory(w, p.side.PlayStory(r.FormValue("name"), speed, r.FormValue("paused") == "true"))
}

// directStory does something with the story on the page: POST api/story/direct (do, speed).
func (p *page) directStory(w http.ResponseWriter, r *http.Request) {
	speed, good := speedOf(r)
	if !good {
		refuse(w, http.StatusBadRequest, "story_no_speed")
		return
	}
	answerStory(w, p.side.DirectStory(r.FormValue("do"), speed))
}

// saveStory gives what has happened as the file of a story: POST api/story/save (title).
func (p *page) saveStory(w http.ResponseWriter, r *http.Request) {
	title := r.FormValue("title")
	if len(title) > longestTitle {
		refuse(w, http.StatusBadRequest, "story_title_too_long")
		return
	}
	saved, err := p.side.SaveStory(r.Context(), title)
	if err != nil {
		answerStory(w, err)
		return
	}
	writeJSON(w, http.StatusOK, saved)
}

func answerStory(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, ErrNoStory):
		refuse(w, http.StatusNotFound, "story_none")
	case err != nil:
		refuse(w, http.StatusInternalServerError, "failed")
	default:
		writeJSON(w, http.StatusOK, struct{}{})
	}
}

// fastestReading is the highest speed at which a story is played with pauses.
const fastestReading = 16

// speedOf reads a speed of reading; left out it is the usual one.
func speedOf(r *http.Request) (speed float64, good bool) {
	given := r.FormValue("speed")
	if given == "" {
		return 1, true
	}
	speed, err := strconv.ParseFloat(given, 64)
	return speed, err == nil && speed >= 0 && speed <= fastestReading
}
