package sim

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	mostUpload = 50 << 20 // bytes of one uploaded file
	mostBody   = mostUpload + 1<<20
)

// request is one call with its parameters, however they were sent.
type request struct {
	method  string
	values  map[string]string
	literal map[string]bool // came as JSON that is not a string
	uploads map[string]File
	decoded map[string]any // parameters that were read as JSON already
	faults  []FaultKind    // that it has met
	made    []*message     // that it has sent
}

// name is the method as Telegram writes it.
func (r *request) name() string {
	if method, known := botAPI().methods[r.method]; known {
		return method.name
	}
	return r.method
}

var errTooLarge = errors.New("request entity too large")

// readRequest reads the parameters from the query and from a body of one of the three kinds that Telegram takes.
func readRequest(r *http.Request, method string) (*request, error) {
	read := &request{method: method, values: map[string]string{}}
	if r.URL.RawQuery != "" {
		read.addForm(r.URL.Query())
	}
	kind, options, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return read, nil // a body of no kind carries no parameters
	}
	body := http.MaxBytesReader(nil, r.Body, mostBody)
	switch kind {
	case "multipart/form-data":
		return read, tooLarge(read.addMultipart(multipart.NewReader(body, options["boundary"])))
	case "application/json":
		content, err := io.ReadAll(body)
		if err != nil {
			return read, tooLarge(err)
		}
		return read, read.addJSON(content)
	case "application/x-www-form-urlencoded":
		content, err := io.ReadAll(body)
		if err != nil {
			return read, tooLarge(err)
		}
		form, err := url.ParseQuery(string(content))
		read.addForm(form)
		return read, err
	}
	return read, nil
}

func tooLarge(err error) error {
	var limit *http.MaxBytesError
	if errors.As(err, &limit) {
		return errTooLarge
	}
	return err
}

func (r *request) addForm(form url.Values) {
	for name, values := range form {
		r.values[name] = values[0]
	}
}

func (r *request) addJSON(content []byte) error {
	if len(strings.TrimSpace(string(content))) == 0 {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(content, &fields); err != nil {
		return err
	}
	r.literal = make(map[string]bool, len(fields))
	for name, raw := range fields {
		if raw[0] != '"' {
			r.values[name], r.literal[name] = string(raw), true
			continue
		}
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
		r.values[name] = text
	}
	return nil
}

func (r *request) addMultipart(reader *multipart.Reader) error {
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() == "" {
			r.values[part.FormName()] = string(content)
			continue
		}
		if len(content) > mostUpload {
			return errTooLarge
		}
		if r.uploads == nil {
			r.uploads = map[string]File{}
		}
		r.uploads[part.FormName()] = File{Name: part.FileName(), MIME: part.Header.Get("Content-Type"), Bytes: content}
	}
}

// shape reads a parameter as JSON, numbers as json.Number.
func (r *request) shape(name string) (any, error) {
	if value, done := r.decoded[name]; done {
		return value, nil
	}
	var value any
	decoder := json.NewDecoder(strings.NewReader(r.values[name]))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if r.decoded == nil {
		r.decoded = map[string]any{}
	}
	r.decoded[name] = value
	return value, nil
}

// number reads an integer as Telegram does: anything else counts as 0.
func (r *request) number(name string) int64 {
	value, err := strconv.ParseInt(strings.TrimSpace(r.values[name]), 10, 64)
	if err != nil {
		return 0
	}
	return value
}

// yes reads a boolean as Telegram does.
func (r *request) yes(name string) bool {
	switch strings.ToLower(strings.TrimSpace(r.values[name])) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// upload finds an uploaded file: sent under its own name, or attached under the name that a reference gives.
func (r *request) upload(name, reference string) (File, bool) {
	if attached, ok := strings.CutPrefix(reference, "attach://"); ok {
		name = attached
	}
	file, ok := r.uploads[name]
	return file, ok
}
