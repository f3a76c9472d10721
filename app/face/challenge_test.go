package face_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"laoqi/app/face"
)

var start = time.Date(2026, 5, 6, 9, 0, 0, 0, time.UTC)

// somebody is a face at an angle, without a picture.
func somebody(yaw float64, t face.Template) face.Face {
	return face.Face{Yaw: yaw, Share: 0.3, Describe: func(context.Context) (face.Template, error) { return t, nil }}
}

var (
	me, you = face.Template{1, 0}, face.Template{0, 1}
	yaws    = map[face.Turn]float64{face.Left: 30, face.Right: -30, face.Straight: 3}
)

// opposite is the side to which nobody should turn; of straight it is where the head has not been.
func opposite(c *face.Challenge) float64 {
	switch c.Turn() {
	case face.Left:
		return yaws[face.Right]
	case face.Right:
		return yaws[face.Left]
	}
	return -yaws[c.From]
}

// begun is a challenge after its first step.
func begun(t *testing.T) *face.Challenge {
	t.Helper()
	c := face.NewChallenge(start, 1)
	if v := see(t, c, start, somebody(2, me)); v != face.Next {
		t.Fatalf("the first look gives %v", v)
	}
	return c
}

func see(t *testing.T, c *face.Challenge, now time.Time, f face.Face) face.Verdict {
	t.Helper()
	v, err := c.See(t.Context(), now, f)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWhoeverFollowsPasses(t *testing.T) {
	for range 50 {
		c := face.NewChallenge(start, 3)
		now := start
		for v := face.Waiting; v != face.Passed; {
			if now = now.Add(300 * time.Millisecond); now.Sub(start) > 10*time.Second {
				t.Fatalf("not passed: %+v", c)
			}
			v = see(t, c, now, somebody(yaws[c.Turn()], me))
		}
		if got := c.Template(); got.Distance(me) > 1e-6 || len(c.First) != 3 {
			t.Fatalf("template %v of %d looks", got, len(c.First))
		}
	}
}

func TestTheTurnsDifferAndNoneRepeats(t *testing.T) {
	seen := map[[face.Steps]face.Turn]bool{}
	for range 200 {
		c := face.NewChallenge(start, 1)
		seen[c.Turns] = true
		if c.Turns[0] != face.Straight || len(slices.Compact(c.Turns[:])) != face.Steps {
			t.Fatal(c.Turns)
		}
	}
	if len(seen) != 8 {
		t.Errorf("%d orders of 8", len(seen))
	}
}

func TestATurnToTheWrongSideFails(t *testing.T) {
	for range 20 {
		c := begun(t)
		if v := see(t, c, start, somebody(opposite(c), me)); v != face.WrongTurn {
			t.Fatalf("asked for %s, turned to %v: %v", c.Turn(), opposite(c), v)
		}
	}
}

func TestTheHeadMayComeBackFromWhereItWas(t *testing.T) {
	c := begun(t)
	side := c.Turn()
	see(t, c, start, somebody(yaws[side], me))
	if v := see(t, c, start, somebody(yaws[side], me)); v != face.Waiting {
		t.Fatalf("still at the side of the step before: %v", v)
	}
	if c.Turn() == face.Straight {
		return
	}
	see(t, c, start, somebody(0, me))
	if v := see(t, c, start, somebody(yaws[side], me)); v != face.WrongTurn {
		t.Fatalf("back to the old side after the middle: %v", v)
	}
}

func TestAStillFaceIsTooLate(t *testing.T) {
	c := begun(t)
	if v := see(t, c, start.Add(face.StepLife), somebody(2, me)); v != face.Waiting {
		t.Fatalf("in time: %v", v)
	}
	if v := see(t, c, start.Add(face.StepLife+1), somebody(2, me)); v != face.TooLate {
		t.Fatalf("after the step's time: %v", v)
	}
}

func TestAnotherFaceInBetweenFails(t *testing.T) {
	c := begun(t)
	for _, want := range []face.Verdict{face.Waiting, face.Waiting, face.Changed} {
		if v := see(t, c, start, somebody(yaws[c.Turn()], you)); v != want {
			t.Fatalf("%v, want %v", v, want)
		}
	}
}

func TestABlurredFrameIsNotAnotherFaceAndDoesNotCount(t *testing.T) {
	c := begun(t)
	for range 2 {
		see(t, c, start, somebody(yaws[c.Turn()], you))
		see(t, c, start, somebody(yaws[c.Turn()], you))
		if at := c.At; see(t, c, start, somebody(yaws[c.Turn()], me)) != face.Next || c.At != at+1 {
			t.Fatalf("after two blurred frames: %+v", c)
		}
	}
}

func TestASmallFaceIsAskedToComeCloser(t *testing.T) {
	f := somebody(0, me)
	f.Share = 0.1
	if v := see(t, face.NewChallenge(start, 1), start, f); v != face.Closer {
		t.Fatal(v)
	}
}
