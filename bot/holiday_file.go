package bot

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
	"golang.org/x/text/encoding/charmap"

	"github.com/rembuk/rembuk/council"
)

// fetchHolidays is why the file of a list of days off is fetched.
const fetchHolidays = "holidays"

// holidayFileLimit is how many bytes the file of a list may have.
const holidayFileLimit = 256 << 10

// holidayDocument is the file that was sent with the command, or is replied to.
func (r *request) holidayDocument() *models.Document {
	if r.message.Document != nil {
		return r.message.Document
	}
	if reply := r.message.ReplyToMessage; reply != nil && strings.TrimSpace(r.text) == "" {
		return reply.Document
	}
	return nil
}

// fetchHolidayList lets the file of a list be fetched. What cannot be one is said
// at once.
func (r *request) fetchHolidayList(document *models.Document) error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	kind, _, _ := strings.Cut(document.MimeType, ";")
	extension := strings.ToLower(path.Ext(document.FileName))
	switch {
	case !slices.Contains([]string{".txt", ".csv"}, extension) && (extension != "" || !strings.HasPrefix(kind, "text/")):
		return council.Refuse("holiday_file_type")
	case document.FileSize > holidayFileLimit:
		return council.Refuse("holiday_file_large")
	}
	return r.queueFetch(fetchHolidays, document.FileID, holidayFileLimit, strings.TrimSpace(r.text))
}

// readHolidayFile shows what was understood of a list that came as a file.
func (r *request) readHolidayFile(file fetchedFile) error {
	if err := r.mayInPlace(council.ActionSettings); err != nil {
		return err
	}
	switch file.failure {
	case fetchTooLarge:
		return council.Refuse("holiday_file_large")
	case fetchGone:
		return council.Refuse("holiday_file_gone")
	}
	text, isText := textOf(file.content)
	switch {
	case !isText:
		return council.Refuse("holiday_file_type")
	case strings.TrimSpace(text) == "":
		return council.Refuse("holiday_file_empty")
	}
	year, _ := onlyYear(r.text)
	return r.previewList(maskText(text), year)
}

// textOf reads a file as text in UTF-8, otherwise in the alphabet of western
// Windows, of which Latin-1 is a part; false when it is no text.
func textOf(content []byte) (string, bool) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	if !utf8.Valid(content) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(content)
		if err != nil {
			return "", false
		}
		content = decoded
	}
	strange := 0
	for _, letter := range string(content) {
		if letter == 0 {
			return "", false
		}
		if unicode.IsControl(letter) && !unicode.IsSpace(letter) || letter == utf8.RuneError {
			strange++
		}
	}
	return string(content), strange*20 <= len(content)
}
