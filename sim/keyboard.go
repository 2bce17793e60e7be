package sim

import (
	"net/url"
	"strings"
)

const (
	mostButtons   = 100
	mostPressData = 64 // bytes
)

// markup is what a bot puts under a message.
type markup struct {
	keyboard   [][]Button
	forceReply bool
}

// parseMarkup reads reply_markup, which may be absent.
func parseMarkup(r *request) (markup, *refusal) {
	if r.values["reply_markup"] == "" {
		return markup{}, nil
	}
	shape, err := r.shape("reply_markup")
	if err != nil {
		return markup{}, badRequest("can't parse reply keyboard markup JSON object")
	}
	fields, isObject := shape.(map[string]any)
	if !isObject {
		return markup{}, badRequest("object expected as reply markup")
	}
	rows, given := fields["inline_keyboard"]
	if !given {
		return markup{forceReply: fields["force_reply"] == true}, nil
	}
	lines, isArray := rows.([]any)
	if !isArray {
		return markup{}, badRequest(`field "inline_keyboard" must be of type Array`)
	}
	keyboard, refused := parseRows(lines)
	return markup{keyboard: keyboard}, refused
}

func parseRows(lines []any) ([][]Button, *refusal) {
	var keyboard [][]Button
	for _, line := range lines {
		cells, isArray := line.([]any)
		if !isArray {
			return nil, badRequest(`field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays`)
		}
		var row []Button
		for _, cell := range cells {
			button, err := parseButton(cell)
			if err != nil {
				return nil, badRequest("can't parse inline keyboard button: " + err.Error())
			}
			row = append(row, button)
		}
		if len(row) > 0 {
			keyboard = append(keyboard, row)
		}
	}
	return keyboard, nil
}

// parseButton looks at a button's fields in Telegram's order: a link, then data to call back, then text to copy.
func parseButton(shape any) (Button, error) {
	fields, isObject := shape.(map[string]any)
	if !isObject {
		return Button{}, unreadable("expected an Object")
	}
	text, given := fields["text"].(string)
	if !given {
		return Button{}, unreadable(`Can't find field "text"`)
	}
	button := Button{Text: strings.TrimSpace(text)}
	if button.URL = textOf(fields["url"]); button.URL != "" {
		return button, nil
	}
	if button.Data = textOf(fields["callback_data"]); button.Data != "" {
		return button, nil
	}
	if copied, isObject := fields["copy_text"].(map[string]any); isObject && textOf(copied["text"]) != "" {
		button.Copy = &copyText{Text: textOf(copied["text"])}
		return button, nil
	}
	return Button{}, unreadable("Text buttons are unallowed in the inline keyboard")
}

// textOf is a decoded value if it is text, and else "".
func textOf(value any) string {
	text, isText := value.(string)
	if !isText {
		return ""
	}
	return text
}

// refuseKeyboard is what Telegram's servers find only after everything else is in order.
func refuseKeyboard(keyboard [][]Button) *refusal {
	count := 0
	for _, row := range keyboard {
		for _, button := range row {
			count++
			switch {
			case len(button.Data) > mostPressData:
				return badRequest("BUTTON_DATA_INVALID")
			case button.URL != "" && !linkWorks(button.URL):
				return badRequest("inline keyboard button URL '" + button.URL + "' is invalid: Wrong HTTP URL")
			}
		}
	}
	if count > mostButtons {
		return badRequest("reply markup is too long")
	}
	return nil
}

// linkWorks says whether Telegram takes the text as a link: it has a host with a dot, or is one of Telegram's own.
func linkWorks(link string) bool {
	if !strings.Contains(link, "://") {
		link = "http://" + link
	}
	parsed, err := url.Parse(link)
	if err != nil || parsed.Host == "" {
		return false
	}
	switch parsed.Scheme {
	case "tg", "ton":
		return true
	case "http", "https":
		return strings.Contains(parsed.Hostname(), ".")
	}
	return false
}
