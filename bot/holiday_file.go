package bot

import (
	"path"
	"slices"
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
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
	text, isText := report.Text(file.content)
	switch {
	case !isText:
		return council.Refuse("holiday_file_type")
	case strings.TrimSpace(text) == "":
		return council.Refuse("holiday_file_empty")
	}
	year, _ := onlyYear(r.text)
	return r.previewList(maskText(text), year)
}
