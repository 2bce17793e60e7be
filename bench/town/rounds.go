package town

import "github.com/rembuk/rembuk/sim"

// lively is how many things go on at once.
const lively = 20

// openings are what is done before the first kill, one after the other.
func (t *Town) openings() []func() {
	return []func(){
		t.linkGroups,
		t.greet,
		func() { t.ownerSays("/evaluasi_baru Evaluasi Tahap I, Kamis 30 Juli 2026 jam 9") },
		func() { t.ownerPresses("Benar") },
		func() {
			sheet := "Kode;Dimensi;Indikator;Bobot;OPD\n" + indicatorCode + ";Lingkungan;Sampah terkelola;100;DLH\n"
			t.telegram.Say(sim.Message{Chat: t.owner.id, Person: t.owner.id, Caption: "/indikator", Document: &sim.File{Name: "indikator.csv", Bytes: []byte(sheet)}})
		},
		func() { t.ownerPresses("Simpan") },
	}
}

func (t *Town) ownerSays(text string) {
	t.telegram.Say(sim.Message{Chat: t.owner.id, Person: t.owner.id, Text: text})
}

func (t *Town) ownerPresses(button string) {
	t.press(t.owner.id, t.owner.id, button, nil, act{what: "prepares the evaluation"})
}

// begin lets new things begin until enough go on. Of twenty, eight are tasks.
func (t *Town) begin() {
	for tries := 0; len(t.scenes) < lively && tries < 2*lively; tries++ {
		if next, possible := t.newScene(t.random.IntN(20)); possible {
			t.scenes = append(t.scenes, next)
		}
	}
}

func (t *Town) newScene(kind int) (scene, bool) {
	switch kind {
	case 0, 1:
		return t.newIdea()
	case 2, 3:
		return t.newQuestion()
	case 4:
		return t.newPrompt()
	case 5:
		return t.newAnnouncement()
	case 6, 7, 8:
		return t.newReminder(), true
	case 9, 10, 11:
		return t.newEvidence()
	}
	return t.newTask(), true
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
