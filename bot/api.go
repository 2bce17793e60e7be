package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// api calls Telegram's Bot API with JSON bodies, and with forms where a file goes
// along. The library's own calls are multipart forms written by one goroutine
// each, which costs as much again as the whole of a conversation; its parameter
// types are used as they are.
type api struct {
	base   string // "https://api.telegram.org/bot<token>/"; never logged
	files  string // "https://api.telegram.org/file/bot<token>/"; never logged
	client *http.Client
}

// answerLimit bounds what is read of an answer: 100 updates of 512 KiB at most.
const answerLimit = 64 << 20

func newAPI(base, token string, timeout time.Duration) *api {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 64
	transport.MaxIdleConns = 64
	return &api{base: base + "/bot" + token + "/", files: base + "/file/bot" + token + "/", client: &http.Client{
		Timeout: timeout, Transport: transport,
		// To follow would tell another server the address of this request, which holds the token.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// apiError is what Telegram answered when it did not do what it was asked.
type apiError struct {
	Code        int
	Description string
	RetryAfter  time.Duration
	MigrateTo   int64
}

func (e *apiError) Error() string {
	return fmt.Sprintf("telegram answered %d: %s", e.Code, e.Description)
}

// lineError is a request for which no answer came. Written tells that it may
// have reached Telegram and taken effect.
type lineError struct {
	Written bool
	cause   error
}

func (e *lineError) Error() string {
	if e.Written {
		return "the line broke after the request went out"
	}
	return "no connection to telegram"
}

// Unwrap keeps the cause for errors.Is; its text may hold the token and is not shown.
func (e *lineError) Unwrap() error { return e.cause }

type answer struct {
	OK          bool   `json:"ok"`
	Result      any    `json:"result"` // a pointer to what is expected
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// errUnreadable is a result that came and could not be decoded: what was asked
// for has been done.
var errUnreadable = errors.New("the result is not readable")

// call makes one request and decodes its result. Errors are *apiError,
// *lineError, errUnreadable, or the context's.
func (a *api) call(ctx context.Context, method string, parameters, result any) error {
	body, err := json.Marshal(parameters)
	if err != nil {
		return fmt.Errorf("encode %s: %w", method, err)
	}
	return a.post(ctx, a.client, method, requestBody{"application/json", int64(len(body)), func() io.Reader { return bytes.NewReader(body) }}, result)
}

// requestBody is what a request carries. It may be read anew, as over a fresh
// connection where the other side has just closed the one that was kept.
type requestBody struct {
	contentType string
	size        int64
	open        func() io.Reader
}

// post makes one request.
func (a *api) post(ctx context.Context, client *http.Client, method string, body requestBody, result any) error {
	var written atomic.Bool
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { written.Store(true) }})
	request, err := http.NewRequestWithContext(traced, http.MethodPost, a.base+method, body.open())
	if err != nil {
		return errors.New("the telegram api address is not usable")
	}
	request.ContentLength = body.size
	request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(body.open()), nil }
	request.Header.Set("Content-Type", body.contentType)
	response, err := client.Do(request)
	if err != nil {
		return broken(ctx, err, written.Load())
	}
	defer func() { _ = response.Body.Close() }() // the answer has been read
	text, err := io.ReadAll(io.LimitReader(response.Body, answerLimit))
	if err != nil {
		return broken(ctx, err, true)
	}
	return decodeAnswer(response.StatusCode, text, result)
}

func broken(ctx context.Context, err error, written bool) error {
	if ctx.Err() != nil && !written {
		return ctx.Err()
	}
	var operation *net.OpError
	if errors.As(err, &operation) && operation.Op == "dial" {
		written = false
	}
	return &lineError{Written: written, cause: err}
}

func decodeAnswer(status int, text []byte, result any) error {
	if result == nil {
		result = new(json.RawMessage)
	}
	decoded := answer{Result: result}
	err := json.Unmarshal(text, &decoded)
	if !decoded.OK && (err != nil || decoded.Code == 0) {
		// Of the front end, or of something between, not of the Bot API; its text is not kept.
		return &apiError{Code: max(status, http.StatusInternalServerError), Description: "an answer that is not the bot api's"}
	}
	if !decoded.OK {
		return &apiError{
			Code: decoded.Code, Description: decoded.Description, MigrateTo: decoded.Parameters.MigrateTo,
			RetryAfter: time.Duration(decoded.Parameters.RetryAfter) * time.Second,
		}
	}
	if err != nil {
		return errUnreadable // what the decoder says may hold words
	}
	return nil
}

// freshConnection drops the idle connections, so that the next call opens a new one.
func (a *api) freshConnection() { a.client.CloseIdleConnections() }
