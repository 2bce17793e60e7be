package bot

import (
	"strconv"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// agendaLines is the agenda of a meeting in its order, numbered; none where nobody
// wrote one. Things are named by their reference and how they are called; nothing of
// it is known to fewer people than the meeting's invited.
func (r *request) agendaLines(speak locale.Speaker, m council.Meeting) ([]string, error) {
	topics, err := r.tx.Topics(m.Number)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, topic := range topics {
		if topic.State == council.TopicOnAgenda {
			lines = append(lines, strconv.Itoa(len(lines)+1)+". "+topic.Text)
		}
	}
	return lines, nil
}
