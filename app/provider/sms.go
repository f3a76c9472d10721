// Package provider holds the adapters to services outside the product, each
// behind one small interface.
package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// SMS sends a text to a mobile number. An error means it may not have arrived
// and is worth another try.
type SMS interface {
	Send(ctx context.Context, mobile, text string) error
}

// Webhook sends by a POST of {"mobile": ..., "text": ...} to an HTTP address,
// with the token as bearer; any status of 200 to 299 is success.
type Webhook struct {
	URL, Token string
	Client     *http.Client
}

// Send implements SMS.
func (w Webhook) Send(ctx context.Context, mobile, text string) error {
	body, err := json.Marshal(map[string]string{"mobile": mobile, "text": text})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, bytes.NewReader(body))
	if err != nil {
		return errors.New("sms webhook: the address is malformed") // the address may hold a secret
	}
	req.Header.Set("Content-Type", "application/json")
	if w.Token != "" {
		req.Header.Set("Authorization", "Bearer "+w.Token)
	}
	resp, err := w.Client.Do(req)
	if err != nil {
		return errors.New("sms webhook: no answer") // the error of Do names the address
	}
	defer resp.Body.Close()
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("sms webhook: status %d", resp.StatusCode)
	}
	return nil
}

// ScreenMessage is one simulated text message.
type ScreenMessage struct {
	Mobile, Text string
	At           time.Time
}

// Screen keeps the demo's messages in memory for its first page; nothing is sent.
type Screen struct {
	Now    func() time.Time
	Notify func() // called after each message

	mu   sync.Mutex
	kept []ScreenMessage
}

const screenKeeps = 50

// Send implements SMS.
func (s *Screen) Send(_ context.Context, mobile, text string) error {
	s.mu.Lock()
	s.kept = append([]ScreenMessage{{mobile, text, s.Now()}}, s.kept...)
	s.kept = s.kept[:min(len(s.kept), screenKeeps)]
	s.mu.Unlock()
	s.Notify()
	return nil
}

// Messages lists what was sent, newest first.
func (s *Screen) Messages() []ScreenMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]ScreenMessage(nil), s.kept...)
}

// Clear forgets all messages.
func (s *Screen) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = nil
}
