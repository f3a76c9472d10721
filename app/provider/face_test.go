package provider_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"laoqi/app/apptest/head"
	"laoqi/app/face"
	"laoqi/app/provider"
)

const faceSecret = "0123456789abcdef0123456789abcdef"

var faceNow = time.Date(2026, 5, 6, 9, 0, 0, 0, time.UTC)

// cloud is a face service as docs/face.md describes it, with a way to go wrong.
type cloud struct {
	t      *testing.T
	answer map[string]any
	wrong  func(w http.ResponseWriter, answer []byte) (send []byte)
	asked  atomic.Int32
	last   struct {
		ID, Ask string
		Picture []byte
	}
}

func (c *cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.asked.Add(1)
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Method != http.MethodPost || r.Header.Get("Laoqi-Signature") != provider.SignFace(faceSecret, "request", r.Header.Get("Laoqi-Time"), body) {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	if err := json.Unmarshal(body, &c.last); err != nil {
		c.t.Error(err)
	}
	answer := map[string]any{"id": c.last.ID}
	for k, v := range c.answer {
		answer[k] = v
	}
	send, err := json.Marshal(answer)
	if err != nil {
		c.t.Error(err)
	}
	at := strconv.FormatInt(faceNow.Unix(), 10)
	w.Header().Set("Laoqi-Time", at)
	w.Header().Set("Laoqi-Signature", provider.SignFace(faceSecret, "answer", at, send))
	if c.wrong != nil {
		send = c.wrong(w, send)
	}
	_, _ = w.Write(send)
}

func serveFaces(t *testing.T, c *cloud) provider.FaceService {
	c.t = t
	s := httptest.NewServer(c)
	t.Cleanup(s.Close)
	return provider.FaceService{URL: s.URL, Secret: faceSecret, Client: provider.FaceClient(), Now: func() time.Time { return faceNow }}
}

var oneFace = map[string]any{"faces": 1, "yaw": 21.5, "share": 0.3, "template": []float32{0.6, 0.8}}

func TestAFaceServiceReadsWhatIsSentToIt(t *testing.T) {
	c := &cloud{answer: oneFace}
	s, frame := serveFaces(t, c), head.Li.JPEG(320, 240, 0)
	f, err := s.Read(t.Context(), frame, face.Box{})
	if err != nil || f.Yaw != 21.5 || f.Share != 0.3 || c.last.Ask != "frame" || string(c.last.Picture) != string(frame) {
		t.Fatalf("%+v %v %s", f, err, c.last.Ask)
	}
	if d, err := f.Describe(t.Context()); err != nil || d.Distance(face.Template{0.6, 0.8}) > 1e-6 {
		t.Error(d, err)
	}
	if err := s.Answers(t.Context()); err != nil || c.last.Ask != "nothing" {
		t.Error(err, c.last.Ask)
	}
	c.answer = map[string]any{"faces": 0}
	if _, err := s.ReadDocument(t.Context(), frame); !errors.Is(err, face.ErrNone) {
		t.Error(err)
	}
	c.answer = map[string]any{"faces": 2, "yaw": 1, "share": 0.2, "template": []float32{1}}
	if _, err := s.Read(t.Context(), frame, face.Box{}); !errors.Is(err, face.ErrSeveral) {
		t.Error(err)
	}
	if _, err := s.ReadDocument(t.Context(), frame); err != nil {
		t.Error(err)
	}
	asked := c.asked.Load()
	for _, content := range [][]byte{nil, []byte("hello"), []byte("\xff\xd8\xff rubbish"), append(frame, make([]byte, face.MaxFrame)...)} {
		if _, err := s.Read(t.Context(), content, face.Box{}); !errors.Is(err, face.ErrPicture) || c.asked.Load() != asked {
			t.Errorf("%d bytes are sent away: %v", len(content), err)
		}
	}
}

func TestADoubtfulAnswerOfAFaceServiceIsNone(t *testing.T) {
	sign := func(w http.ResponseWriter, at time.Time, answer []byte) []byte {
		w.Header().Set("Laoqi-Time", strconv.FormatInt(at.Unix(), 10))
		w.Header().Set("Laoqi-Signature", provider.SignFace(faceSecret, "answer", strconv.FormatInt(at.Unix(), 10), answer))
		return answer
	}
	for what, wrong := range map[string]func(http.ResponseWriter, []byte) []byte{
		"another secret": func(w http.ResponseWriter, a []byte) []byte {
			w.Header().Set("Laoqi-Signature", provider.SignFace("other", "answer", w.Header().Get("Laoqi-Time"), a))
			return a
		},
		"signed as a request": func(w http.ResponseWriter, a []byte) []byte {
			w.Header().Set("Laoqi-Signature", provider.SignFace(faceSecret, "request", w.Header().Get("Laoqi-Time"), a))
			return a
		},
		"no signature": func(w http.ResponseWriter, a []byte) []byte { w.Header().Del("Laoqi-Signature"); return a },
		"changed": func(w http.ResponseWriter, a []byte) []byte {
			return []byte(strings.Replace(string(a), "21.5", "1.5", 1))
		},
		"another time":  func(w http.ResponseWriter, a []byte) []byte { w.Header().Set("Laoqi-Time", "1"); return a },
		"too old":       func(w http.ResponseWriter, a []byte) []byte { return sign(w, faceNow.Add(-61*time.Second), a) },
		"of the future": func(w http.ResponseWriter, a []byte) []byte { return sign(w, faceNow.Add(61*time.Second), a) },
		"an answer to another question": func(w http.ResponseWriter, a []byte) []byte {
			return sign(w, faceNow, []byte(`{"id":"other","faces":1,"yaw":0,"share":0.3,"template":[1]}`))
		},
		"too large": func(w http.ResponseWriter, a []byte) []byte {
			return sign(w, faceNow, append(a, []byte(strings.Repeat(" ", 64<<10))...))
		},
		"a refusal": func(w http.ResponseWriter, a []byte) []byte { w.WriteHeader(http.StatusInternalServerError); return a },
		"a way away": func(w http.ResponseWriter, a []byte) []byte {
			w.Header().Set("Location", "/")
			w.WriteHeader(http.StatusTemporaryRedirect)
			return nil
		},
		"no JSON": func(w http.ResponseWriter, a []byte) []byte { return sign(w, faceNow, []byte("<html>")) },
		"cut off": func(w http.ResponseWriter, a []byte) []byte { w.Header().Set("Content-Length", "9999"); return a },
	} {
		c := &cloud{answer: oneFace, wrong: wrong}
		_, err := serveFaces(t, c).Read(t.Context(), head.Li.JPEG(320, 240, 0), face.Box{})
		if !errors.Is(err, face.ErrDown) || strings.Contains(err.Error(), "127.0.0.1") || c.asked.Load() != 1 {
			t.Errorf("%s: %v, asked %d times", what, err, c.asked.Load())
		}
	}
	for what, answer := range map[string]map[string]any{
		"no template":       {"faces": 1, "yaw": 0, "share": 0.3},
		"no share":          {"faces": 1, "yaw": 0, "share": 0, "template": []float32{1}},
		"no yaw":            {"faces": 1, "yaw": 500, "share": 0.3, "template": []float32{1}},
		"less than no face": {"faces": -1, "yaw": 0, "share": 0.3, "template": []float32{1}},
	} {
		if _, err := serveFaces(t, &cloud{answer: answer}).Read(t.Context(), head.Li.JPEG(320, 240, 0), face.Box{}); !errors.Is(err, face.ErrDown) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAFaceServiceThatDoesNotAnswerIsLeftAfterThreeSeconds(t *testing.T) {
	t.Parallel()
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	defer silent.Close()
	for _, url := range []string{silent.URL, gone.URL, "http://bad host"} {
		start := time.Now()
		err := provider.FaceService{URL: url, Secret: faceSecret, Client: provider.FaceClient(), Now: time.Now}.Answers(t.Context())
		if !errors.Is(err, face.ErrDown) || time.Since(start) > 30*time.Second {
			t.Errorf("%s after %v: %v", url, time.Since(start), err)
		}
	}
}
