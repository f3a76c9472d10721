package apptest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"laoqi/app/face"
	"laoqi/app/provider"
)

// FaceSecret is the secret of FaceCloud.
const FaceSecret = "0123456789abcdef0123456789abcdef"

// FaceCloud is a face service outside, as docs/face.md describes it, over the
// built-in model.
func FaceCloud(t testing.TB, now func() time.Time) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Laoqi-Signature") != provider.SignFace(FaceSecret, "request", r.Header.Get("Laoqi-Time"), body) {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		var q struct {
			ID, Ask string
			Picture []byte
		}
		if err := json.Unmarshal(body, &q); err != nil {
			t.Error(err)
		}
		answer := map[string]any{"id": q.ID, "faces": 0}
		if q.Ask != "nothing" {
			f, err := reader.ReadDocument(r.Context(), q.Picture)
			if q.Ask == "frame" {
				f, err = reader.Read(r.Context(), q.Picture, face.Box{})
			}
			switch template, failed := describe(r, f, err); {
			case errors.Is(err, face.ErrSeveral):
				answer["faces"] = 2
			case failed == nil:
				answer["faces"], answer["yaw"], answer["share"], answer["template"] = 1, f.Yaw, f.Share, template
			}
		}
		send, err := json.Marshal(answer)
		if err != nil {
			t.Error(err)
		}
		at := strconv.FormatInt(now().Unix(), 10)
		w.Header().Set("Laoqi-Time", at)
		w.Header().Set("Laoqi-Signature", provider.SignFace(FaceSecret, "answer", at, send))
		_, _ = w.Write(send)
	}))
	t.Cleanup(s.Close)
	return s
}

func describe(r *http.Request, f face.Face, err error) (face.Template, error) {
	if err != nil {
		return nil, err
	}
	return f.Describe(r.Context())
}
