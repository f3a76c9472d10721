package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
)

func TestOneAddressHasCodesSentToFewMobilesOnly(t *testing.T) {
	s := open(t)
	for _, x := range []struct {
		b        browser
		from, to string
	}{{s.visitor(), link.MobileRegister, link.MobileRegisterSMS}, {s.as(demo.WorkerA), link.MobileNumber, link.MobileNumberNew}} {
		refused := 0
		for i := range 32 {
			if got := x.b.sendFrom(x.from, x.to, url.Values{"mobile": {fmt.Sprintf("139%08d", i)}}); strings.Contains(got.Body, "从这台设备尝试的次数太多") {
				refused++
			} else if !strings.Contains(got.Body, `data-wait="60"`) {
				got.shows(t, http.StatusOK, `data-wait="60"`)
			}
		}
		if refused == 0 {
			t.Errorf("%s texts as many mobiles as anybody likes", x.to)
		}
	}
}
