package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// parseMarkup reads reply_markup; "" is none.
func parseMarkup(raw string) (markup, *refusal) {
	if strings.TrimSpace(raw) == "" {
		return markup{}, nil
	}
	var any json.RawMessage
	if json.Unmarshal([]byte(raw), &any) != nil {
		return markup{}, badRequest("can't parse reply keyboard markup JSON object")
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(any, &fields) != nil || fields == nil {
		return markup{}, badRequest("object expected as reply markup")
	}
	rows, given := fields["inline_keyboard"]
	if !given {
		return markup{forceReply: bytes.Equal(bytes.TrimSpace(fields["force_reply"]), []byte("true"))}, nil
	}
	var lines []json.RawMessage
	if json.Unmarshal(rows, &lines) != nil || lines == nil {
		return markup{}, badRequest(`field "inline_keyboard" must be of type Array`)
	}
	keyboard, refused := parseRows(lines)
	return markup{keyboard: keyboard}, refused
}

func parseRows(lines []json.RawMessage) ([][]Button, *refusal) {
	var keyboard [][]Button
	for _, line := range lines {
		var cells []json.RawMessage
		if json.Unmarshal(line, &cells) != nil || cells == nil {
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
func parseButton(raw json.RawMessage) (Button, error) {
	var fields struct {
		Text *string   `json:"text"`
		URL  string    `json:"url"`
		Data string    `json:"callback_data"`
		Copy *copyText `json:"copy_text"`
	}
	if raw[0] != '{' {
		return Button{}, fmt.Errorf("expected an Object")
	}
	if err := json.Unmarshal(raw, &fields); err != nil {
		return Button{}, fmt.Errorf("a field has a wrong type")
	}
	if fields.Text == nil {
		return Button{}, fmt.Errorf(`Can't find field "text"`)
	}
	button := Button{Text: strings.TrimSpace(*fields.Text)}
	switch {
	case fields.URL != "":
		button.URL = fields.URL
	case fields.Data != "":
		button.Data = fields.Data
	case fields.Copy != nil && fields.Copy.Text != "":
		button.Copy = fields.Copy
	default:
		return Button{}, fmt.Errorf("Text buttons are unallowed in the inline keyboard")
	}
	return button, nil
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
