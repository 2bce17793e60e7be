package store

import (
	"strings"

	"github.com/rembuk/rembuk/council"
)

// Erasure says of whom everything is forgotten, and what stands in the place of what was
// there.
type Erasure struct {
	Member   council.Member
	Blank    string // in the place of words that others answered to, or stand behind
	Nameless string // in the place of the name, in what others have kept
}

// Erase forgets who a member is and what the member gave as a person, everywhere, as the
// catalogue has it. What was made in office stays, without the person; so does the number
// of the member, which events name. It gives the contents of the vault that are to be
// removed, unless others need them. The bytes are gone from the files after Compact.
//
// Rows that this transaction queued before may still go out with what is forgotten.
func (tx *Tx) Erase(e Erasure) (contents []string, err error) {
	traces, err := tx.tracesOf(e)
	if err != nil {
		return nil, err
	}
	contents, err = all(tx, scalar[string], `SELECT DISTINCT hash FROM evidence WHERE hash <> '' AND member_id`+whose+unchecked, e.Member.ID)
	if err != nil {
		return nil, err
	}
	for _, table := range catalogue {
		if err := tx.eraseFrom(table, e); err != nil {
			return nil, err
		}
	}
	if err := tx.eraseMentions(traces); err != nil {
		return nil, err
	}
	tx.unsettle()
	tx.forgetCity()
	return contents, tx.eraseTraces(traces)
}

func (tx *Tx) eraseFrom(table personal, e Erasure) error {
	for _, statement := range table.erase {
		if err := tx.run(statement, e.Member.ID); err != nil {
			return err
		}
	}
	for _, statement := range table.blank {
		if err := tx.run(statement, e.Blank, e.Member.ID); err != nil {
			return err
		}
	}
	if e.Member.TelegramID == 0 {
		return nil
	}
	for _, statement := range table.private {
		if err := tx.run(statement, e.Member.TelegramID); err != nil {
			return err
		}
	}
	return tx.erasePlace(table, e.Member.TelegramID)
}

// erasePlace forgets in which private chat something was said.
func (tx *Tx) erasePlace(table personal, telegramID int64) error {
	if table.place == "" {
		return nil
	}
	chat, message, has := strings.Cut(table.place, "/")
	set := chat + ` = 0`
	if has {
		set += `, ` + message + ` = 0`
	}
	return tx.run(`UPDATE `+table.table+` SET `+set+` WHERE `+chat+` = ?`, telegramID)
}

// tracesOf is what of a person may stand in what others have kept or wait to be told: it
// must be asked before anything is erased.
func (tx *Tx) tracesOf(e Erasure) (traces, error) {
	found := traces{blank: e.Blank, nameless: e.Nameless}
	names, err := all(tx, func(row scanner) (names [2]string, err error) { return names, row.Scan(&names[0], &names[1]) },
		`SELECT name, username FROM member WHERE id = ?1 OR same_as = ?1`, e.Member.ID)
	if err != nil {
		return found, err
	}
	for _, name := range names {
		found.addName(name[0])
		if name[1] != "" {
			found.addName("@" + name[1])
		}
	}
	for _, table := range catalogue {
		if table.own == "" {
			continue
		}
		for column := range strings.FieldsSeq(table.words) {
			thing := table.thing
			if thing == "" {
				thing = `''`
			}
			texts, err := all(tx, scanNamed, `SELECT `+column+`, coalesce(`+thing+`, '') FROM `+table.table+` WHERE `+table.own, e.Member.ID)
			if err != nil {
				return found, err
			}
			for _, text := range texts {
				found.addWords(text[0], text[1], table.remark)
			}
		}
	}
	return found, nil
}

// eraseMentions takes the whole name and the @username out of what others wrote, for the
// city or for themselves: a name of one word may as well be another word.
func (tx *Tx) eraseMentions(t traces) error {
	for _, table := range catalogue {
		for column := range strings.FieldsSeq(table.words + " " + table.record) {
			if namesApart[table.table+"."+column] {
				continue
			}
			for _, name := range t.mentions() {
				if err := tx.run(`UPDATE `+table.table+` SET `+column+` = replace(`+column+`, ?1, ?2) WHERE instr(`+column+`, ?1) > 0
					AND `+column+` NOT GLOB '*' || ?1 || '[A-Za-z0-9_]*'`, name, t.nameless); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// namesApart are columns that hold numbers, or JSON in which names are looked for apart.
var namesApart = map[string]bool{
	"inbox.raw": true, "outbox.payload": true, "dialog.data": true, "undo.snapshot": true, "handover.snapshot": true, "event.detail": true,
	"meeting_minutes_edition.papers": true, "idea_support.supports": true, "idea_feedback.helped": true, "idea_score.points": true,
	"quiet_time.from_minute": true, "quiet_time.to_minute": true, "idea_term.term": true,
}

// heldElsewhere are texts that others have kept, or that wait to be told to them: two
// numbers that name the row, and the text.
var heldElsewhere = []struct {
	find, keep string
	change     func(traces, string) (string, error)
}{
	{`SELECT id, id, payload FROM outbox WHERE ended_at IS NULL AND payload <> ''`, `UPDATE outbox SET payload = ? WHERE id = ? AND id = ?`, traces.inMessage},
	{`SELECT chat_id, member_id, data FROM dialog WHERE data <> ''`, `UPDATE dialog SET data = ? WHERE chat_id = ? AND member_id = ?`, traces.inForm},
	{`SELECT number, edition, papers FROM meeting_minutes_edition`, `UPDATE meeting_minutes_edition SET papers = ? WHERE number = ? AND edition = ?`, traces.namesInJSON},
	{`SELECT number, number, snapshot FROM handover WHERE snapshot <> ''`, `UPDATE handover SET snapshot = ? WHERE number = ? AND number = ?`, traces.inSnapshot},
	{`SELECT number, number, chair_name FROM meeting WHERE chair_name <> ''`, `UPDATE meeting SET chair_name = ? WHERE number = ? AND number = ?`, traces.wholeName},
	{`SELECT number, number, scribe_name FROM meeting WHERE scribe_name <> ''`, `UPDATE meeting SET scribe_name = ? WHERE number = ? AND number = ?`, traces.wholeName},
	{`SELECT number, member_id, representative_name FROM meeting_guest WHERE representative_name <> ''`,
		`UPDATE meeting_guest SET representative_name = ? WHERE number = ? AND member_id = ?`, traces.wholeName},
	{`SELECT id, id, name FROM meeting_attendee WHERE name <> ''`, `UPDATE meeting_attendee SET name = ? WHERE id = ? AND id = ?`, traces.wholeName},
}

// eraseTraces takes a person's name and words out of what others have kept and what
// waits to be told to them.
func (tx *Tx) eraseTraces(t traces) error {
	for _, held := range heldElsewhere {
		rows, err := all(tx, scanHeld, held.find)
		if err != nil {
			return err
		}
		for _, row := range rows {
			changed, err := held.change(t, row.text)
			if err != nil {
				return err
			}
			if changed == row.text {
				continue
			}
			if err := tx.run(held.keep, changed, row.first, row.second); err != nil {
				return err
			}
		}
	}
	return tx.forgetHolding(t)
}

// forgetHolding forgets how things were before a change, and what could not be handled,
// where a trace of a person is in it.
func (tx *Tx) forgetHolding(t traces) error {
	undone, err := all(tx, scanNamed, `SELECT subject, snapshot FROM undo`)
	if err != nil {
		return err
	}
	for _, row := range undone {
		if t.foundIn(row[1]) {
			if err := tx.ForgetUndo(row[0]); err != nil {
				return err
			}
		}
	}
	aside, err := all(tx, scanHeld, `SELECT update_id, 0, raw FROM inbox WHERE state = 'set_aside' AND raw <> ''`)
	if err != nil {
		return err
	}
	for _, row := range aside {
		if t.foundIn(row.text) {
			if err := tx.run(`UPDATE inbox SET raw = '' WHERE update_id = ?`, row.first); err != nil {
				return err
			}
		}
	}
	return nil
}

type heldText struct {
	first, second int64
	text          string
}

func scanHeld(row scanner) (held heldText, err error) {
	return held, row.Scan(&held.first, &held.second, &held.text)
}

func scanNamed(row scanner) (named [2]string, err error) {
	return named, row.Scan(&named[0], &named[1])
}
