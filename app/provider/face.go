package provider

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"

	"laoqi/app/face"
)

// FaceService reads faces by an HTTP service outside, as docs/face.md describes.
// Any doubt about an answer is face.ErrDown; nothing is asked twice.
type FaceService struct {
	URL    string
	Secret string
	Client *http.Client
	Now    func() time.Time
}

// Rules of the service.
const (
	frameWait    = 3 * time.Second // a step of a challenge takes four
	documentWait = 10 * time.Second
	faceWindow   = time.Minute // how far the clocks may differ
	maxAnswer    = 64 << 10
	maxTemplate  = 4096
)

// Headers of request and answer.
const (
	faceTime      = "Laoqi-Time"
	faceSignature = "Laoqi-Signature"
)

// What is asked for.
const (
	askNothing  = "nothing" // whether the service answers
	askFrame    = "frame"
	askDocument = "document"
)

type faceRequest struct {
	ID      string `json:"id"`
	Ask     string `json:"ask"`
	Picture []byte `json:"picture,omitempty"` // base64
}

type faceAnswer struct {
	ID       string        `json:"id"`
	Faces    int           `json:"faces"`
	Yaw      float64       `json:"yaw"`
	Share    float64       `json:"share"`
	Template face.Template `json:"template"`
}

// Name tells the templates of one service from those of another.
func (s FaceService) Name() string { return "http/1 " + s.URL }

// Read asks for the one face in a frame of a camera.
func (s FaceService) Read(ctx context.Context, frame []byte, _ face.Box) (face.Face, error) {
	ctx, cancel := context.WithTimeout(ctx, frameWait)
	defer cancel()
	return s.read(ctx, askFrame, frame, face.MaxFrame)
}

// ReadDocument asks for the greatest face in a picture of an identity document.
func (s FaceService) ReadDocument(ctx context.Context, picture []byte) (face.Face, error) {
	ctx, cancel := context.WithTimeout(ctx, documentWait)
	defer cancel()
	return s.read(ctx, askDocument, picture, face.MaxDocument)
}

// Answers reports whether the service answers as it should; no picture is sent.
func (s FaceService) Answers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, frameWait)
	defer cancel()
	_, err := s.ask(ctx, faceRequest{Ask: askNothing})
	return err
}

func (s FaceService) read(ctx context.Context, what string, picture []byte, most int) (f face.Face, err error) {
	if _, kind, err := image.DecodeConfig(bytes.NewReader(picture)); err != nil || len(picture) > most || kind != "jpeg" && kind != "png" {
		return f, face.ErrPicture
	}
	a, err := s.ask(ctx, faceRequest{Ask: what, Picture: picture})
	switch {
	case err != nil:
		return f, err
	case a.Faces == 0:
		return f, face.ErrNone
	case a.Faces > 1 && what == askFrame:
		return f, face.ErrSeveral
	}
	if err := a.check(); err != nil {
		return f, err
	}
	return face.Face{Yaw: a.Yaw, Share: a.Share, Describe: func(context.Context) (face.Template, error) { return a.Template, nil }}, nil
}

// check refuses what cannot be a face.
func (a faceAnswer) check() error {
	if a.Faces < 0 || math.Abs(a.Yaw) > 90 || !(a.Share > 0 && a.Share <= 1) || len(a.Template) == 0 || len(a.Template) > maxTemplate {
		return down("the answer is no face")
	}
	return nil
}

func down(why string) error { return fmt.Errorf("%w: %s", face.ErrDown, why) }

// ask sends the request and returns the answer to it, once both are proved.
func (s FaceService) ask(ctx context.Context, q faceRequest) (a faceAnswer, err error) {
	q.ID = rand.Text()
	body, err := json.Marshal(q)
	if err != nil {
		return a, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.URL, bytes.NewReader(body))
	if err != nil {
		return a, down("the address is malformed")
	}
	at := strconv.FormatInt(s.Now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(faceTime, at)
	req.Header.Set(faceSignature, SignFace(s.Secret, "request", at, body))
	resp, err := s.Client.Do(req)
	if err != nil {
		return a, down("no answer")
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return a, down("status " + strconv.Itoa(resp.StatusCode))
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil || len(answer) > maxAnswer {
		return a, down("the answer breaks off or is too large")
	}
	if err := s.proved(resp.Header, answer); err != nil {
		return a, err
	}
	if err := json.Unmarshal(answer, &a); err != nil || a.ID != q.ID {
		return a, down("the answer is to another question")
	}
	return a, nil
}

// proved checks that the answer was signed with the secret, and now.
func (s FaceService) proved(h http.Header, answer []byte) error {
	at := h.Get(faceTime)
	if !hmac.Equal([]byte(h.Get(faceSignature)), []byte(SignFace(s.Secret, "answer", at, answer))) {
		return down("the signature is wrong")
	}
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil || s.Now().Sub(time.Unix(seconds, 0)).Abs() > faceWindow {
		return down("the time is more than a minute off")
	}
	return nil
}

// SignFace is the signature of a request or an answer: HMAC-SHA256, in lower-case
// hexadecimal, over the direction ("request" or "answer"), the time and the body,
// each of the first two followed by a line feed.
func SignFace(secret, direction, at string, body []byte) string {
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(direction + "\n" + at + "\n"))
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}

// errRedirect keeps pictures from following an answer to another address.
var errRedirect = errors.New("the face service leads elsewhere")

// FaceClient is the client for a FaceService: it follows nobody elsewhere.
func FaceClient() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect }}
}
