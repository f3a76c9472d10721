package hub_test

import (
	"sync"
	"testing"

	"laoqi/app/hub"
)

func TestOnlyThoseWhoAskedForATopicHearIt(t *testing.T) {
	var h hub.Hub
	seven, endSeven := h.Subscribe(hub.Account(7), hub.Enterprise(3))
	eight, endEight := h.Subscribe(hub.Account(8))
	defer endSeven()
	defer endEight()
	h.Publish(hub.Account(7))
	h.Publish(hub.Enterprise(3))
	h.Publish(hub.Enterprise(7))
	for _, want := range []hub.Topic{"account:7", "enterprise:3"} {
		if got := <-seven; got != want {
			t.Errorf("heard %s, want %s", got, want)
		}
	}
	if len(seven) > 0 || len(eight) > 0 {
		t.Error("heard what was not asked for")
	}
}

func TestNobodyHearsAfterTheEnd(t *testing.T) {
	var h hub.Hub
	ch, end := h.Subscribe(hub.Account(7), hub.Account(7))
	end()
	h.Publish(hub.Account(7))
	if len(ch) > 0 {
		t.Error("heard a topic after the end")
	}
}

func TestWhoeverDoesNotListenBlocksNobody(t *testing.T) {
	var h hub.Hub
	deaf, end := h.Subscribe(hub.Phone)
	defer end()
	var publishers sync.WaitGroup
	for range 4 {
		publishers.Go(func() {
			for range 1000 {
				h.Publish(hub.Phone)
			}
		})
	}
	publishers.Wait()
	if len(deaf) == 0 {
		t.Error("nothing was kept")
	}
}
