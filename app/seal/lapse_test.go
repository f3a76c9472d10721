package seal_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app/demo"
)

func TestTheHallSaysWhyNoAuthorizationIsInForce(t *testing.T) {
	for _, x := range []struct {
		want string
		end  func(c cast, id, grant int64) error
	}{
		{"已作废", func(c cast, id, _ int64) error {
			return c.Seal.Void(t.Context(), c.boss, id, c.Proof(c.boss, demo.Boss))
		}},
		{"的印章授权已取消", func(c cast, _, grant int64) error { return c.Seal.RemoveGrant(t.Context(), c.boss, grant) }},
		{"撤销", func(c cast, _, _ int64) error {
			live, _, err := c.Seal.Live(t.Context(), c.clerk.Enterprise)
			if err != nil {
				return err
			}
			return c.Seal.Revoke(t.Context(), c.boss, live.ID)
		}},
		{"签章授权已于2027年5月6日到期", func(c cast, _, _ int64) error { c.Wait(366 * 24 * time.Hour); return nil }},
		{"的印章授权已于2028年5月6日到期", func(c cast, _, _ int64) error { c.Wait(3 * 366 * 24 * time.Hour); return nil }},
	} {
		c, id, grant := newGranted(t)
		c.wantWhy("还没有办理过")
		c.Authorize(c.clerk, c.operator)
		c.Wait(2 * time.Minute)
		if err := x.end(c, id, grant); err != nil {
			t.Fatal(err)
		}
		c.wantWhy(x.want)
	}
}

func (c cast) wantWhy(want string) {
	c.T.Helper()
	if got, err := c.Seal.WhyNone(c.T.Context(), c.clerk.Enterprise); err != nil || !strings.Contains(got, want) {
		c.T.Errorf("it says %q (%v), want %q", got, err, want)
	}
}
