package council

import "strconv"

// Criterion is one question of the rubric by which an idea is scored.
type Criterion struct {
	Name   string `json:"name"`            // "novelty", …, or what the city calls its own one
	Weight int    `json:"weight"`          // percent
	Label  string `json:"label,omitempty"` // the city's own name; empty for the usual ones
}

// UsualRubric is the rubric of IGA's presentations (domain.md section 6).
var UsualRubric = []Criterion{
	{Name: "novelty", Weight: 30}, {Name: "benefit", Weight: 25}, {Name: "authority", Weight: 15},
	{Name: "replication", Weight: 20}, {Name: "readiness", Weight: 10},
}

// ScoreMost is the best score of a criterion; the least is 1.
const ScoreMost = 5

// CheckRubric refuses a rubric whose weights are not 100 percent together
// ("rubric_weights" with the sum), that has no criterion or more than ten
// ("rubric_size"), or a criterion without a name of
// its own or a weight ("rubric_criterion").
func CheckRubric(rubric []Criterion) error {
	if len(rubric) == 0 || len(rubric) > 10 {
		return Refuse("rubric_size")
	}
	sum, names := 0, make(map[string]bool, len(rubric))
	for _, criterion := range rubric {
		if criterion.Name == "" || criterion.Weight <= 0 || names[criterion.Name] {
			return Refuse("rubric_criterion")
		}
		names[criterion.Name] = true
		sum += criterion.Weight
	}
	if sum != 100 {
		return Refuse("rubric_weights", "Sum", strconv.Itoa(sum))
	}
	return nil
}

// Scores are what one member of the council gave: points by criterion.
type Scores map[string]int

// Complete tells whether every criterion of a rubric has its points.
func (s Scores) Complete(rubric []Criterion) bool {
	for _, criterion := range rubric {
		if points := s[criterion.Name]; points < 1 || points > ScoreMost {
			return false
		}
	}
	return true
}

// Average is the weighted mean over those who have scored every criterion, from 1
// to 5, and how many they are; 0 when there is nobody.
func Average(rubric []Criterion, given []Scores) (average float64, scorers int) {
	for _, scores := range given {
		if !scores.Complete(rubric) {
			continue
		}
		scorers++
		for _, criterion := range rubric {
			average += float64(scores[criterion.Name]*criterion.Weight) / 100
		}
	}
	if scorers > 0 {
		average /= float64(scorers)
	}
	return average, scorers
}
