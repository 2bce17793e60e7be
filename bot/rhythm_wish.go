package bot

import "github.com/rembuk/rembuk/council"

// rhythmWish is what somebody wrote about when, and with which sentence, things
// are to be said. What it does not speak of stays as it is.
type rhythmWish struct {
	usual   bool                      // everything as usual first
	ladders map[string]council.Ladder // by a meaning in the words' table "rhythm"; nil: as usual
	minute  int                       // after local midnight; 0 stays, usualMinute is as usual
	wording string
	worded  bool // wording is the new sentence, "" for none
}

// usualMinute is a wish for the usual hour.
const usualMinute = -1

// wordingLimit is how long the sentence of a rhythm may be, in runes.
const wordingLimit = 200

// Meanings of the words' table "rhythm".
const (
	rhythmGroups  = "groups"
	rhythmCouncil = "council"
	rhythmLeader  = "leader"
	rhythmTasks   = "tasks"
	rhythmHour    = "hour"
	rhythmDay     = "day"
	rhythmWording = "wording"
	rhythmSilent  = "no_wording"
	rhythmUsual   = "usual"
	rhythmFiller  = "filler"
)

// apply gives a rhythm what the wish changes of it.
func (w rhythmWish) apply(rhythm council.Rhythm) council.Rhythm {
	if w.usual {
		rhythm = council.Rhythm{}
	}
	for audience, ladder := range w.ladders {
		switch audience {
		case rhythmGroups:
			rhythm.Groups = ladder
		case rhythmCouncil:
			rhythm.Council = ladder
		case rhythmLeader:
			rhythm.Leader = ladder
		case rhythmTasks:
			rhythm.Tasks = ladder
		}
	}
	if w.minute != 0 {
		rhythm.Minute = max(w.minute, 0)
	}
	if w.worded {
		rhythm.Wording = w.wording
	}
	return rhythm
}
