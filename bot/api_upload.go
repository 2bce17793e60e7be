package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"slices"
	"time"
)

// uploadTimeout is how long a request that brings a file may take, in real time:
// 50 MB take it a line of four megabits a second.
const uploadTimeout = 2 * time.Minute

// upload makes one request that brings a file, which stands in the field of this
// name. Errors are those of call.
func (a *api) upload(ctx context.Context, method string, parameters map[string]any, field, name string, content madeFile, result any) error {
	var around bytes.Buffer
	form := multipart.NewWriter(&around)
	for _, key := range slices.Sorted(maps.Keys(parameters)) {
		value, err := formValue(parameters[key])
		if err == nil {
			err = form.WriteField(key, value)
		}
		if err != nil {
			return fmt.Errorf("encode %s: %w", method, err)
		}
	}
	_, err := form.CreateFormFile(field, name)
	before := around.Len()
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return fmt.Errorf("encode %s: %w", method, err)
	}
	client := *a.client
	client.Timeout = uploadTimeout
	return a.post(ctx, &client, method, requestBody{form.FormDataContentType(), int64(around.Len()) + content.size, func() io.Reader {
		return io.MultiReader(bytes.NewReader(around.Bytes()[:before]), content.open(), bytes.NewReader(around.Bytes()[before:]))
	}}, result)
}

// formValue writes a parameter as a form carries it: words as they are, and all else as JSON.
func formValue(value any) (string, error) {
	if words, plain := value.(string); plain {
		return words, nil
	}
	encoded, err := json.Marshal(value)
	return string(encoded), err
}
