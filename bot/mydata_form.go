package bot

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/store"
)

// stateForm marks among what is shown to a person a form that is not filled in yet.
const stateForm = "form"

// formCode are the words that a form keeps for the bot, and nobody has typed.
var formCode = regexp.MustCompile(`^[a-z0-9_:/+.-]*$|^[A-Z]-\d+$|^[A-Z][a-z]+/[A-Z][A-Za-z_]+$`)

// formText says what somebody has filled in so far, without what the form keeps for the
// bot beside it; "" where nothing is filled in.
func (r *request) formText(kept string) string {
	var form map[string]any
	if json.Unmarshal([]byte(kept), &form) != nil {
		return ""
	}
	return strings.Join(r.filledIn(form), "\n")
}

func (r *request) filledIn(part any) (found []string) {
	switch value := part.(type) {
	case string:
		if at, err := time.Parse(time.RFC3339, value); err == nil && at.Year() > 1 {
			found = append(found, r.when(at))
		} else if err != nil && !formCode.MatchString(value) {
			found = append(found, value)
		}
	case []any:
		for _, one := range value {
			found = append(found, r.filledIn(one)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if name == "ID" || name == "UniqueID" {
				continue // of a file, in Telegram
			}
			if typed, is := value[name].(string); is && typedFields[name] && typed != "" {
				found = append(found, typed)
				continue
			}
			found = append(found, r.filledIn(value[name])...)
		}
	}
	return found
}

// typedFields hold what somebody has typed, whatever it looks like.
var typedFields = map[string]bool{"Title": true, "Text": true, "Words": true, "Name": true, "Question": true, "Reason": true, "Place": true, "Address": true}

// textOf is what a record says.
func (r *request) textOf(record store.OwnRecord) string {
	if record.State == stateForm {
		return r.formText(record.Text)
	}
	return strings.TrimSpace(record.Text)
}
