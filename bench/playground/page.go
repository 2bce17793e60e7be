package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// page is the playground as a browser has it.
type page struct{ address string }

// ask gets something of the page and reads it as JSON, unless into is nil.
func (p page) ask(ctx context.Context, path string, into any) (size int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address+path, nil)
	if err != nil {
		return 0, err
	}
	return answer(request, into)
}

// act does something on the page.
func (p page) act(ctx context.Context, path string, fields map[string]string) error {
	var form bytes.Buffer
	parts := multipart.NewWriter(&form)
	for name, value := range fields {
		if err := parts.WriteField(name, value); err != nil {
			return err
		}
	}
	if err := parts.Close(); err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.address+"/api/"+path, &form)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", parts.FormDataContentType())
	request.Header.Set("Origin", p.address)
	_, err = answer(request, nil)
	return err
}

func answer(request *http.Request, into any) (size int, err error) {
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		return 0, err
	}
	if got.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s answers %s: %s", request.URL.Path, got.Status, body)
	}
	if into == nil {
		return len(body), nil
	}
	return len(body), json.Unmarshal(body, into)
}

// state is what the benchmark needs of what the page shows.
type state struct {
	Person int64
	Chats  []chat
	Chat   *struct {
		Total    int
		Messages []struct{ ID int }
	}
}

type chat struct {
	ID   int64
	Kind string
}

// group is the first group that a person is in.
func (s state) group() (int64, error) {
	at := slices.IndexFunc(s.Chats, func(c chat) bool { return c.Kind != "private" })
	if at < 0 {
		return 0, errors.New("the city has no group")
	}
	return s.Chats[at].ID, nil
}

// state opens a chat as somebody; with more a window of it.
func (p page) state(ctx context.Context, person, chat int64, more url.Values) (shown state, size int, err error) {
	query := url.Values{"person": {strconv.FormatInt(person, 10)}, "chat": {strconv.FormatInt(chat, 10)}}
	for name, values := range more {
		query[name] = values
	}
	size, err = p.ask(ctx, "/api/state?"+query.Encode(), &shown)
	return shown, size, err
}

// tools is what the benchmark needs of the page's tools.
type tools struct{ Building bool }

// listen opens a stream of events; heard receives a value for each.
func (p page) listen(ctx context.Context) (heard <-chan struct{}, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address+"/api/events", nil)
	if err != nil {
		return nil, err
	}
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	events := make(chan struct{}, 1000)
	go func() {
		defer got.Body.Close()
		for lines := bufio.NewScanner(got.Body); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "data:") {
				events <- struct{}{}
			}
		}
	}()
	return events, nil
}
