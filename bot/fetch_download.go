package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Why a file cannot be had, however often it is tried.
var (
	errFileTooLarge = errors.New("the file is too large")
	errFileGone     = errors.New("the file is not given out")
)

// errNotStored is a file that came and that this machine could not take, as for want
// of room.
var errNotStored = errors.New("the file could not be stored")

// fetch gives the content of a file of which Telegram told the id, if that has no
// more bytes than limit. Errors are errFileTooLarge, errFileGone, or those of call.
func (a *api) fetch(ctx context.Context, fileID string, limit int) (content []byte, err error) {
	err = a.fetchInto(ctx, fileID, limit, func(body io.Reader) (err error) {
		content, err = io.ReadAll(io.LimitReader(body, int64(limit)+1))
		if len(content) > limit {
			return errFileTooLarge
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return content, nil
}

// fetchInto lets take read the content. Errors are errFileTooLarge, which take says
// too, errFileGone, those of call, and errNotStored for all that take fails with.
func (a *api) fetchInto(ctx context.Context, fileID string, limit int, take func(io.Reader) error) error {
	var file models.File
	err := a.call(ctx, "getFile", telegram.GetFileParams{FileID: fileID}, &file)
	var failed *apiError
	switch {
	case errors.As(err, &failed) && strings.Contains(failed.Description, "file is too big"):
		return errFileTooLarge
	case errors.As(err, &failed) && failed.Code == http.StatusBadRequest, errors.Is(err, errUnreadable):
		return errFileGone
	case err != nil:
		return err
	case file.FileSize > int64(limit):
		return errFileTooLarge
	}
	return a.download(ctx, file.FilePath, take)
}

// download gets what stands under a path that getFile gave. A server on the same
// machine may give paths of its own disk: those are not followed.
func (a *api) download(ctx context.Context, place string, take func(io.Reader) error) error {
	if place == "" || path.IsAbs(place) || path.Clean(place) != place || strings.HasPrefix(place, "..") {
		return errFileGone
	}
	address := a.files + (&url.URL{Path: place}).EscapedPath()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return errFileGone // what is wrong with the address may hold the token
	}
	client := *a.client
	client.Timeout = downloadTimeout
	response, err := client.Do(request)
	if err != nil {
		return broken(ctx, err, false)
	}
	defer func() { _ = response.Body.Close() }() // it has been read, or is not wanted
	switch code := response.StatusCode; {
	case code == http.StatusTooManyRequests || code >= http.StatusInternalServerError:
		return &apiError{Code: code, Description: fmt.Sprintf("status %d for a file", code)}
	case code != http.StatusOK:
		return errFileGone
	}
	body := &watched{reader: response.Body}
	switch err = take(body); {
	case body.broken != nil:
		return broken(ctx, body.broken, false)
	case err != nil && !errors.Is(err, errFileTooLarge):
		return fmt.Errorf("%w: %w", errNotStored, err)
	}
	return err
}

// downloadTimeout is how long a file may take, in real time: 20 MB take it a line of
// a megabit a second.
const downloadTimeout = 3 * time.Minute

// watched remembers whether a line broke while it was read.
type watched struct {
	reader io.Reader
	broken error
}

func (w *watched) Read(part []byte) (int, error) {
	count, err := w.reader.Read(part)
	if err != nil && !errors.Is(err, io.EOF) {
		w.broken = err
	}
	return count, err
}
