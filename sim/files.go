package sim

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"image"
	_ "image/jpeg" // photos come as JPEG
	_ "image/png"  // or as PNG
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

const (
	mostDownload = 20 << 20 // bytes that getFile gives out
	mostPhoto    = 10 << 20
	noPicture    = "IMAGE_PROCESS_FAILED"
)

type storedFile struct {
	File
	id            string
	kind          string // of mediaKinds
	width, height int    // of a photo, in pixels
}

// keepFile stores a file under a new id; the caller holds the mutex.
func (s *Server) keepFile(file File, kind string) *storedFile {
	if file.MIME == "" {
		file.MIME = mime.TypeByExtension(path.Ext(file.Name))
	}
	kept := &storedFile{File: file, kind: kind}
	if kind == photoKind {
		if size, _, err := image.DecodeConfig(bytes.NewReader(file.Bytes)); err == nil {
			kept.width, kept.height = size.Width, size.Height
		}
	}
	sum := sha256.Sum256(binary.AppendVarint(file.Bytes[:min(len(file.Bytes), 64):min(len(file.Bytes), 64)], int64(len(s.files))))
	kept.id = "BQAC" + base64.RawURLEncoding.EncodeToString(sum[:24])
	s.files[kept.id] = kept
	return kept
}

// place is the path under which a file can be fetched.
func (f *storedFile) place() string {
	extension := path.Ext(f.Name)
	if f.kind == photoKind {
		extension = ".jpg"
	}
	return mediaKinds[f.kind].folder + "/file_" + f.id[4:16] + extension
}

func (f *storedFile) photoSize() wireFile {
	return wireFile{ID: f.id, UniqueID: f.id[4:16], Size: len(f.Bytes), Width: f.width, Height: f.height}
}

// sendFile is the method that sends one file of this kind.
func sendFile(kind string) handler {
	return func(s *Server, r *request) (any, *refusal) {
		caption, entities, refused := formatted(r, r.values["caption"], "caption_entities")
		if refused != nil {
			return nil, refused
		}
		file, refused := s.fileOf(r, kind, r.values[kind])
		if refused != nil {
			return nil, refused
		}
		return s.deliver(r, &message{text: caption, entities: entities, file: file})
	}
}

// fileOf finds what a call sends: an upload, or the file that is here already and has the reference as its id.
func (s *Server) fileOf(r *request, kind, reference string) (*storedFile, *refusal) {
	uploaded, given := r.upload(kind, reference)
	if given {
		if kind == photoKind {
			if _, _, err := image.DecodeConfig(bytes.NewReader(uploaded.Bytes)); err != nil {
				return nil, badRequest(noPicture)
			}
			if len(uploaded.Bytes) > mostPhoto {
				return nil, badRequest("file is too big")
			}
		}
		if len(uploaded.Bytes) == 0 {
			return nil, badRequest("file must be non-empty")
		}
		return s.keepFile(uploaded, kind), nil
	}
	known := s.files[reference]
	switch {
	case reference == "":
		return nil, badRequest("there is no " + kind + " in the request")
	case known == nil:
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	case known.kind != kind:
		return nil, badRequest("can't use file of type " + mediaKinds[known.kind].name + " as " + mediaKinds[kind].name)
	}
	return known, nil
}

func (s *Server) getFile(r *request) (any, *refusal) {
	id := r.values["file_id"]
	if id == "" {
		return nil, badRequest("file_id not specified")
	}
	file := s.files[id]
	switch {
	case file == nil && !strings.HasPrefix(id, "BQAC"):
		return nil, badRequest("invalid file_id")
	case file == nil:
		return nil, badRequest("wrong file_id or the file is temporarily unavailable")
	case len(file.Bytes) > mostDownload:
		return nil, badRequest("file is too big")
	}
	shape := file.photoSize()
	shape.Width, shape.Height, shape.Path = 0, 0, file.place()
	return shape, nil
}

// serveFile answers /file/bot<token>/PATH; rest is what follows "/file/bot".
func (s *Server) serveFile(w http.ResponseWriter, _ *http.Request, rest string) {
	token, place, _ := strings.Cut(rest, "/")
	if refused := s.checkToken(token); refused != nil {
		writeAnswer(w, nil, refused)
		return
	}
	s.mutex.Lock()
	var found *storedFile
	for _, file := range s.files {
		if file.place() == place {
			found = file
		}
	}
	s.mutex.Unlock()
	if found == nil {
		writeAnswer(w, nil, &refusal{code: http.StatusNotFound, description: "Not Found"})
		return
	}
	if s.failFile(w, place, found.File) {
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(found.Bytes)))
	_, _ = w.Write(found.Bytes)
}
