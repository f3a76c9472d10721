// Package hub tells waiting pages that something they show has changed. It
// carries topics only, never data: a page that hears one fetches its fragment
// again, so permission and rendering have a single path.
package hub

import (
	"strconv"
	"sync"
)

// Topic names what changed, such as account:7 or enterprise:3.
type Topic string

// Account is the topic of an account's messages.
func Account(id int64) Topic { return Topic("account:" + strconv.FormatInt(id, 10)) }

// Enterprise is the topic of an enterprise's contracts and authorization.
func Enterprise(id int64) Topic { return Topic("enterprise:" + strconv.FormatInt(id, 10)) }

// Person is the topic of what a person has signed or may sign.
func Person(id int64) Topic { return Topic("person:" + strconv.FormatInt(id, 10)) }

// Session is the topic of a session's end.
func Session(id int64) Topic { return Topic("session:" + strconv.FormatInt(id, 10)) }

// Reach is the topic of a phone that opened the code which the session shows in 设置自检.
func Reach(session int64) Topic { return Topic("reach:" + strconv.FormatInt(session, 10)) }

// Phone is the topic of the demo's simulated phone messages.
const Phone Topic = "phone"

// Hub fans topics out to subscribers. It is safe for concurrent use; the zero
// Hub is ready.
type Hub struct {
	mu   sync.Mutex
	subs map[Topic]map[chan Topic]struct{}
}

// Subscribe returns a channel that receives the topics, and a function that
// ends the subscription. A slow reader misses repetitions, never the last one
// of a topic while its buffer has room; 16 topics wait at most.
func (h *Hub) Subscribe(topics ...Topic) (<-chan Topic, func()) {
	ch := make(chan Topic, 16)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.subs == nil {
		h.subs = map[Topic]map[chan Topic]struct{}{}
	}
	for _, t := range topics {
		if h.subs[t] == nil {
			h.subs[t] = map[chan Topic]struct{}{}
		}
		h.subs[t][ch] = struct{}{}
	}
	return ch, func() { h.drop(ch, topics) }
}

func (h *Hub) drop(ch chan Topic, topics []Topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, t := range topics {
		delete(h.subs[t], ch)
		if len(h.subs[t]) == 0 {
			delete(h.subs, t)
		}
	}
}

// Publish sends the topic to all who subscribed to it; it never blocks.
func (h *Hub) Publish(t Topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.subs[t] {
		select {
		case ch <- t:
		default:
		}
	}
}
