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

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Why a file cannot be had, however often it is tried.
var (
	errFileTooLarge = errors.New("the file is too large")
	errFileGone     = errors.New("the file is not given out")
)

// fetch gives the content of a file of which Telegram told the id, if that has no
// more bytes than limit. Errors are errFileTooLarge, errFileGone, or those of call.
func (a *api) fetch(ctx context.Context, fileID string, limit int) ([]byte, error) {
	var file models.File
	err := a.call(ctx, "getFile", telegram.GetFileParams{FileID: fileID}, &file)
	var failed *apiError
	switch {
	case errors.As(err, &failed) && strings.Contains(failed.Description, "file is too big"):
		return nil, errFileTooLarge
	case errors.As(err, &failed) && failed.Code == http.StatusBadRequest, errors.Is(err, errUnreadable):
		return nil, errFileGone
	case err != nil:
		return nil, err
	case file.FileSize > int64(limit):
		return nil, errFileTooLarge
	}
	return a.download(ctx, file.FilePath, limit)
}

// download gets what stands under a path that getFile gave. A server on the same
// machine may give paths of its own disk: those are not followed.
func (a *api) download(ctx context.Context, place string, limit int) ([]byte, error) {
	if place == "" || path.IsAbs(place) || path.Clean(place) != place || strings.HasPrefix(place, "..") {
		return nil, errFileGone
	}
	address := a.files + (&url.URL{Path: place}).EscapedPath()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errFileGone // what is wrong with the address may hold the token
	}
	response, err := a.client.Do(request)
	if err != nil {
		return nil, broken(ctx, err, false)
	}
	defer func() { _ = response.Body.Close() }() // it has been read, or is not wanted
	switch code := response.StatusCode; {
	case code == http.StatusTooManyRequests || code >= http.StatusInternalServerError:
		return nil, &apiError{Code: code, Description: fmt.Sprintf("status %d for a file", code)}
	case code != http.StatusOK:
		return nil, errFileGone
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, int64(limit)+1))
	switch {
	case err != nil:
		return nil, broken(ctx, err, false)
	case len(content) > limit:
		return nil, errFileTooLarge
	}
	return content, nil
}
