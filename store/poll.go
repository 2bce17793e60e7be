package store

import (
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/rembuk/rembuk/council"
)

const pollColumns = `number, question, options, several, named, deadline_at, zone, state, created_by, created_at, closed_at, version`

func scanPoll(row scanner) (council.Poll, error) {
	var p council.Poll
	var options string
	var deadline, closed sql.NullInt64
	var created int64
	err := row.Scan(&p.Number, &p.Question, &options, &p.Several, &p.Named, &deadline, &p.Deadline.Zone, &p.State,
		&p.CreatedBy, &created, &closed, &p.Version)
	if err != nil {
		return p, err
	}
	p.Deadline.At, p.CreatedAt, p.ClosedAt = optionalMoment(deadline), moment(created), optionalMoment(closed)
	return p, json.Unmarshal([]byte(options), &p.Options)
}

// CreatePoll keeps a new poll with its copies and numbers all of them.
func (tx *Tx) CreatePoll(p council.Poll, copies []council.PollCopy) (council.Poll, []council.PollCopy, error) {
	options, err := json.Marshal(p.Options)
	if err != nil {
		return p, nil, err
	}
	p.Version = 1
	p.Number, err = tx.insert(`INSERT INTO poll (question, options, several, named, deadline_at, zone, state, created_by, created_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.Question, string(options), p.Several, p.Named, optional(p.Deadline.At), p.Deadline.Zone, p.State, p.CreatedBy, milliseconds(p.CreatedAt), p.Version)
	for i := range copies {
		if err != nil {
			return p, nil, err
		}
		one := &copies[i]
		one.Poll = p.Number
		one.ID, err = tx.insert(`INSERT INTO poll_copy (poll_number, group_id, kind, chat_id, thread_id, state) VALUES (?, ?, ?, ?, ?, ?)`,
			p.Number, one.GroupID, one.Kind, one.ChatID, one.ThreadID, one.State)
	}
	return p, copies, err
}

// Poll finds a poll.
func (tx *Tx) Poll(number int64) (council.Poll, error) {
	return one(tx, scanPoll, `SELECT `+pollColumns+` FROM poll WHERE number = ?`, number)
}

// SavePoll keeps a poll as a change has left it.
func (tx *Tx) SavePoll(p council.Poll) error {
	return tx.run(`UPDATE poll SET deadline_at = ?, zone = ?, state = ?, closed_at = ?, version = ? WHERE number = ?`,
		optional(p.Deadline.At), p.Deadline.Zone, p.State, optional(p.ClosedAt), p.Version, p.Number)
}

const pollCopyColumns = `id, poll_number, group_id, kind, chat_id, thread_id, message_id, telegram_id, state, missing, votes, voters, final`

func scanPollCopy(row scanner) (council.PollCopy, error) {
	var c council.PollCopy
	var votes string
	err := row.Scan(&c.ID, &c.Poll, &c.GroupID, &c.Kind, &c.ChatID, &c.ThreadID, &c.MessageID, &c.TelegramID, &c.State, &c.Missing,
		&votes, &c.Tally.Voters, &c.Tally.Final)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(votes), &c.Tally.Votes)
}

// PollCopies lists the copies of a poll in the order in which they were made.
func (tx *Tx) PollCopies(number int64) ([]council.PollCopy, error) {
	return all(tx, scanPollCopy, `SELECT `+pollCopyColumns+` FROM poll_copy WHERE poll_number = ? ORDER BY id`, number)
}

// PollCopy finds one copy.
func (tx *Tx) PollCopy(id int64) (council.PollCopy, error) {
	return one(tx, scanPollCopy, `SELECT `+pollCopyColumns+` FROM poll_copy WHERE id = ?`, id)
}

// PollCopyOf finds the copy that Telegram knows by this id.
func (tx *Tx) PollCopyOf(telegramID string) (council.PollCopy, error) {
	return one(tx, scanPollCopy, `SELECT `+pollCopyColumns+` FROM poll_copy WHERE telegram_id = ? AND telegram_id <> ''`, telegramID)
}

// PollCopiesIn lists the copies that stand in a chat or are to be posted there,
// and of which more is waited for.
func (tx *Tx) PollCopiesIn(chatID int64) ([]council.PollCopy, error) {
	return all(tx, scanPollCopy, `SELECT `+pollCopyColumns+` FROM poll_copy WHERE chat_id = ? AND state NOT IN ('final', 'missing') ORDER BY id`, chatID)
}

// SavePollCopy keeps a copy as a change has left it.
func (tx *Tx) SavePollCopy(c council.PollCopy) error {
	votes, err := json.Marshal(c.Tally.Votes)
	if err != nil {
		return err
	}
	return tx.run(`UPDATE poll_copy SET message_id = ?, telegram_id = ?, state = ?, missing = ?, votes = ?, voters = ?, final = ? WHERE id = ?`,
		c.MessageID, c.TelegramID, c.State, c.Missing, string(votes), c.Tally.Voters, c.Tally.Final, c.ID)
}

// CountUnsettled counts the copies of a poll of which more is waited for.
func (tx *Tx) CountUnsettled(number int64) (int, error) {
	return one(tx, scalar[int], `SELECT count(*) FROM poll_copy WHERE poll_number = ? AND state NOT IN ('final', 'missing')`, number)
}

// KeepStrayTally keeps the numbers of a poll that no copy is known by yet, as long
// as one is being posted: any other is none of the bot's. Final numbers stay.
func (tx *Tx) KeepStrayTally(telegramID string, tally council.Tally) error {
	votes, err := json.Marshal(tally.Votes)
	if err != nil {
		return err
	}
	return tx.run(`INSERT INTO poll_stray (telegram_id, votes, voters, final)
		SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM poll_copy WHERE state = 'waiting')
		ON CONFLICT (telegram_id) DO UPDATE SET votes = excluded.votes, voters = excluded.voters, final = excluded.final WHERE final = 0`,
		telegramID, string(votes), tally.Voters, tally.Final)
}

// TakeStrayTally gives the numbers that were kept for a poll, and forgets them;
// when nothing is being posted any more, it forgets all others too. ErrNotFound
// when there are none.
func (tx *Tx) TakeStrayTally(telegramID string) (council.Tally, error) {
	tally, err := one(tx, func(row scanner) (council.Tally, error) {
		var tally council.Tally
		var votes string
		if err := row.Scan(&votes, &tally.Voters, &tally.Final); err != nil {
			return tally, err
		}
		return tally, json.Unmarshal([]byte(votes), &tally.Votes)
	}, `DELETE FROM poll_stray WHERE telegram_id = ? RETURNING votes, voters, final`, telegramID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return tally, err
	}
	return tally, errors.Join(err, tx.run(`DELETE FROM poll_stray WHERE NOT EXISTS (SELECT 1 FROM poll_copy WHERE state = 'waiting')`))
}
