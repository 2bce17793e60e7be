package store

// OwnSentence is a sentence that the city says in words of its own.
type OwnSentence struct {
	Key      string
	Language string
	One      string // empty where there is no form for a single thing
	Other    string
}

const ownSentenceColumns = `key, language, one, other`

func scanOwnSentence(row scanner) (OwnSentence, error) {
	var s OwnSentence
	err := row.Scan(&s.Key, &s.Language, &s.One, &s.Other)
	return s, err
}

// OwnSentences lists what the city says in words of its own, by key.
func (tx *Tx) OwnSentences() ([]OwnSentence, error) {
	return all(tx, scanOwnSentence, `SELECT `+ownSentenceColumns+` FROM sentence ORDER BY key, language`)
}

// SetOwnSentence keeps the city's own words for a sentence; without Other it is said in
// the usual ones again.
func (tx *Tx) SetOwnSentence(s OwnSentence) error {
	tx.forgetCity()
	if s.Other == "" {
		return tx.run(`DELETE FROM sentence WHERE key = ? AND language = ?`, s.Key, s.Language)
	}
	return tx.run(`INSERT INTO sentence (key, language, one, other) VALUES (?, ?, ?, ?)
		ON CONFLICT (key, language) DO UPDATE SET one = excluded.one, other = excluded.other`, s.Key, s.Language, s.One, s.Other)
}

// ReadyAnswer is a text that is kept ready for answers that are given often.
type ReadyAnswer struct {
	Number int64
	Name   string // a few words by which it is chosen
	Words  string
}

func scanReadyAnswer(row scanner) (ReadyAnswer, error) {
	var a ReadyAnswer
	err := row.Scan(&a.Number, &a.Name, &a.Words)
	return a, err
}

// ReadyAnswers lists the texts that are kept ready, by name.
func (tx *Tx) ReadyAnswers() ([]ReadyAnswer, error) {
	return all(tx, scanReadyAnswer, `SELECT number, name, words FROM ready_answer ORDER BY name, number`)
}

// ReadyAnswer finds a text that is kept ready; ErrNotFound when it is there no more.
func (tx *Tx) ReadyAnswer(number int64) (ReadyAnswer, error) {
	return one(tx, scanReadyAnswer, `SELECT number, name, words FROM ready_answer WHERE number = ?`, number)
}

// SaveReadyAnswer keeps a text, as a new one when it has no number yet; a number that
// was dropped comes back with its text.
func (tx *Tx) SaveReadyAnswer(a ReadyAnswer) (ReadyAnswer, error) {
	var err error
	if a.Number == 0 {
		a.Number, err = tx.insert(`INSERT INTO ready_answer (name, words) VALUES (?, ?)`, a.Name, a.Words)
		return a, err
	}
	return a, tx.run(`INSERT INTO ready_answer (number, name, words) VALUES (?, ?, ?)
		ON CONFLICT (number) DO UPDATE SET name = excluded.name, words = excluded.words`, a.Number, a.Name, a.Words)
}

// DropReadyAnswer forgets a text.
func (tx *Tx) DropReadyAnswer(number int64) error {
	return tx.run(`DELETE FROM ready_answer WHERE number = ?`, number)
}
