package face

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"
)

// Turn is where the head is asked to look.
type Turn string

// The turns, as the person in front of the camera means them.
const (
	Straight Turn = "straight"
	Left     Turn = "left"
	Right    Turn = "right"
)

// Rules of a challenge.
const (
	Steps     = 4 // look straight, then three random turns
	StepLife  = 4 * time.Second
	FirstLife = 8 * time.Second // to find the place before the camera
	WholeLife = 20 * time.Second
	maxFrames = 100

	startYaw    = 14.0 // how far the first look may be off, in degrees
	turnedYaw   = 18.0 // from there: a turn to the side
	straightYaw = 9.0  // from there: back again
	minShare    = 0.16 // of the picture's width that the face takes

	// Distances to the first look of the same challenge. A turned face is further
	// from itself: of 8 photos animated by 24 and 32 degrees all lay within 0.60,
	// of strangers' a tenth; within 0.68 lay four tenths.
	sameStraight = 0.5
	sameTurned   = 0.6
	maxUnlike    = 3 // frames in a row further away than that, blurred ones perhaps
)

// Verdict is what a frame made of a challenge.
type Verdict int

// The verdicts. The last three end the challenge.
const (
	Waiting Verdict = iota // nothing yet
	Closer                 // the face is too small
	Next                   // the step is done; another is asked
	Passed
	TooLate
	WrongTurn
	Changed // another face came before the camera
)

// Challenge is the test that somebody is there and follows: a first look and
// three turns that nobody knew before, each revealed once the one before is done.
// It is plain data, so that it can be kept between two frames.
type Challenge struct {
	Turns     [Steps]Turn
	At        int // the step asked for
	Frames    int
	Looks     int // straight looks that the first step wants
	Begun     time.Time
	StepBegun time.Time
	Base      float64 // yaw of the first look
	From      Turn    // where the head was when the step began, "" once it left
	Near      Box
	First     []Template // the straight looks of the first step
	Straight  []Template // those of later steps
	Unlike    int        // frames in a row that looked like somebody else
}

// NewChallenge asks for so many looks in the first step: several make a better template.
func NewChallenge(now time.Time, looks int) *Challenge {
	c := &Challenge{Looks: looks, Begun: now, StepBegun: now}
	c.Turns[0] = Straight
	for i := 1; i < Steps; i++ {
		others := slices.DeleteFunc([]Turn{Left, Straight, Right}, func(t Turn) bool { return t == c.Turns[i-1] })
		c.Turns[i] = others[rand.IntN(len(others))] // ChaCha8, seeded by the system
	}
	return c
}

// Turn is what is asked for now.
func (c *Challenge) Turn() Turn { return c.Turns[min(c.At, Steps-1)] }

// Late reports whether the time is over.
func (c *Challenge) Late(now time.Time) bool {
	life := StepLife
	if c.At == 0 {
		life = FirstLife
	}
	return now.Sub(c.StepBegun) > life || now.Sub(c.Begun) > WholeLife || c.Frames >= maxFrames
}

// See takes the next frame. Its template is made only where the frame counts.
func (c *Challenge) See(ctx context.Context, now time.Time, f Face) (Verdict, error) {
	c.Frames++
	c.Near = f.Box
	switch {
	case c.Late(now):
		return TooLate, nil
	case f.Share < minShare:
		return Closer, nil
	case c.At == 0:
		return c.first(ctx, now, f)
	}
	where := c.where(f.Yaw)
	if where != c.Turn() {
		return c.strayed(where), nil
	}
	t, err := f.Describe(ctx)
	if err != nil {
		return Waiting, err
	}
	return c.turned(now, where, t), nil
}

// turned judges a turn that was asked for by whose it is.
func (c *Challenge) turned(now time.Time, where Turn, t Template) Verdict {
	limit := sameTurned
	if where == Straight {
		limit = sameStraight
	}
	if !(t.Distance(Centroid(c.First)) <= limit) {
		if c.Unlike++; c.Unlike == maxUnlike {
			return Changed
		}
		return Waiting
	}
	if where == Straight {
		c.Straight = append(c.Straight, t)
	}
	c.Unlike = 0
	return c.next(now)
}

// Miss takes a frame that does not show one face alone.
func (c *Challenge) Miss(now time.Time) Verdict {
	c.Frames++
	c.Near = Box{}
	if c.Late(now) {
		return TooLate
	}
	return Waiting
}

// first collects the looks of the first step; what came before a look away is dropped.
func (c *Challenge) first(ctx context.Context, now time.Time, f Face) (Verdict, error) {
	if f.Yaw < -startYaw || f.Yaw > startYaw {
		c.First = nil
		return Waiting, nil
	}
	t, err := f.Describe(ctx)
	if err != nil {
		return Waiting, err
	}
	if len(c.First) > 0 && t.Distance(c.First[0]) > sameStraight {
		return Changed, nil
	}
	c.First = append(c.First, t)
	c.Base += (f.Yaw - c.Base) / float64(len(c.First))
	if len(c.First) < c.Looks {
		return Waiting, nil
	}
	return c.next(now), nil
}

// where tells which way the head looks, "" between the turns.
func (c *Challenge) where(yaw float64) Turn {
	switch off := yaw - c.Base; {
	case off > turnedYaw:
		return Left
	case off < -turnedYaw:
		return Right
	case off > -straightYaw && off < straightYaw:
		return Straight
	}
	return ""
}

// strayed judges a look that was not asked for: the head may still be where the
// last step left it and pass through the middle, but not turn to the wrong side.
func (c *Challenge) strayed(where Turn) Verdict {
	if where == c.From {
		return Waiting
	}
	if where == Left || where == Right {
		return WrongTurn
	}
	if where == Straight {
		c.From = ""
	}
	return Waiting
}

func (c *Challenge) next(now time.Time) Verdict {
	c.From, c.StepBegun = c.Turn(), now
	if c.At++; c.At == Steps {
		return Passed
	}
	return Next
}

// Template is the mean of all straight looks.
func (c *Challenge) Template() Template { return Centroid(slices.Concat(c.First, c.Straight)) }
