package store

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
)

// SetScore keeps the points that a member of the council gives an idea for one
// criterion; the last ones count. onBehalf is the coordinator who records them for the
// member; 0: the member did so.
func (tx *Tx) SetScore(idea, memberID, onBehalf int64, criterion string, points int, at time.Time) error {
	return tx.run(`INSERT OR REPLACE INTO idea_score (idea_number, member_id, criterion, points, at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)`,
		idea, memberID, criterion, points, milliseconds(at), onBehalf)
}

// ScoreHands lists by whose hands the points of one member for an idea were recorded,
// each once: coordinators on the member's behalf, 0 for the member.
func (tx *Tx) ScoreHands(idea, memberID int64) ([]int64, error) {
	return all(tx, func(s scanner) (hand int64, err error) { return hand, s.Scan(&hand) },
		`SELECT DISTINCT recorded_by FROM idea_score WHERE idea_number = ? AND member_id = ? ORDER BY recorded_by`, idea, memberID)
}

// ScoresBy is what one member has given an idea so far; empty for nothing.
func (tx *Tx) ScoresBy(idea, memberID int64) (council.Scores, error) {
	given, err := tx.Scores(idea)
	if scores, has := given[memberID]; has {
		return scores, err
	}
	return council.Scores{}, err
}

// Scores are what the members of the council have given an idea so far, by member.
func (tx *Tx) Scores(idea int64) (map[int64]council.Scores, error) {
	type row struct {
		member    int64
		criterion string
		points    int
	}
	rows, err := all(tx, func(s scanner) (r row, err error) { return r, s.Scan(&r.member, &r.criterion, &r.points) },
		`SELECT member_id, criterion, points FROM idea_score WHERE idea_number = ? ORDER BY member_id, criterion`, idea)
	given := make(map[int64]council.Scores)
	for _, one := range rows {
		if given[one.member] == nil {
			given[one.member] = council.Scores{}
		}
		given[one.member][one.criterion] = one.points
	}
	return given, err
}

// Scorers lists whose scores are waited for: the members of the council, by role or by
// being seen in its linked groups, but for the coordinators, who are there to help.
func (tx *Tx) Scorers() ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE id IN (
		SELECT member_id FROM role WHERE role = 'council'
		UNION SELECT membership.member_id FROM membership JOIN linked_group ON linked_group.chat_id = membership.chat_id
			WHERE linked_group.kind = 'council' AND linked_group.linked = 1 AND membership.member_id NOT IN (SELECT id FROM member WHERE rests = 1))
		AND id NOT IN (SELECT member_id FROM role WHERE role = 'coordinator') ORDER BY id`)
}

// rubricText is a rubric as it is kept; empty for none.
func rubricText(rubric []council.Criterion) (string, error) {
	if len(rubric) == 0 {
		return "", nil
	}
	text, err := json.Marshal(rubric)
	return string(text), err
}

func readRubric(text string) (rubric []council.Criterion, err error) {
	if text == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(text), &rubric)
	return rubric, err
}

// Rubric is the rubric by which reviews are opened from now on.
func (tx *Tx) Rubric() ([]council.Criterion, error) {
	text, err := tx.Setting(SettingRubric)
	if err != nil || text == "" {
		return council.UsualRubric, err
	}
	return readRubric(text)
}

// Unscored lists those whose scores for an idea are still waited for; who gave it is
// not among them.
func (tx *Tx) Unscored(family council.IdeaFamily) ([]council.Member, error) {
	given, err := tx.Scores(family.Root.Number)
	if err != nil {
		return nil, err
	}
	scorers, err := tx.Scorers()
	return slices.DeleteFunc(scorers, func(member council.Member) bool {
		return slices.Contains(family.Submitters(), member.ID) || len(family.Root.Review.Rubric) > 0 && given[member.ID].Complete(family.Root.Review.Rubric)
	}), err
}
