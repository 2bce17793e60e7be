package town

import "github.com/rembuk/rembuk/sim"

// lively is how many things go on at once.
const lively = 16

// begin lets new scenes begin until enough go on.
func (t *Town) begin(round int) {
	for len(t.scenes) < lively {
		t.scenes = append(t.scenes, t.newTask())
	}
}

// goesOn tells whether there is something left to do.
func (t *Town) goesOn() bool { return len(t.scenes) > 0 }

// act lets everybody do what comes next.
func (t *Town) act(script func(string)) {
	before := len(t.acts)
	var left []scene
	for _, s := range t.scenes {
		if s.step(t) {
			left = append(left, s)
		}
	}
	t.scenes = left
	for _, a := range t.acts[before:] {
		script(a.what)
	}
}

// shown are the messages of a chat.
func (t *Town) shown(chat int64) []sim.Shown { return t.telegram.Messages(chat) }
