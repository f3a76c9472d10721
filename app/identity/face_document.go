package identity

import (
	"context"
	"errors"
	"math"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/face"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// What stands in place of the distance of a taken face to the document.
const (
	notCompared = -1
	noFaceShown = -2 // the picture of the document shows none that can be read
)

// compareFace notes how far the face that a person had taken lies from the picture
// of the document. Where the reader is busy or down nothing is noted, and the desk's
// look at the document asks again.
func (s *Service) compareFace(ctx context.Context, person int64, picture []byte) error {
	row, waits, err := s.takenFace(ctx, s.db.Queries, person)
	if err != nil || !waits {
		return err
	}
	taken, err := s.openTemplate(row)
	if err != nil {
		return err
	}
	distance := int64(noFaceShown)
	document, err := s.readDocument(ctx, picture)
	switch {
	case errors.Is(err, face.ErrBusy), errors.Is(err, face.ErrDown):
		return nil
	case err == nil:
		distance = thousandths(taken.Distance(document))
	case !errors.Is(err, face.ErrNone) && !errors.Is(err, face.ErrSeveral) && !errors.Is(err, face.ErrPicture):
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.CompareFace(ctx, store.CompareFaceParams{PersonID: person, TakenAt: row.TakenAt, Distance: distance})
	})
}

func (s *Service) readDocument(ctx context.Context, picture []byte) (face.Template, error) {
	f, err := s.faces.Reader.ReadDocument(ctx, picture)
	if err != nil {
		return nil, err
	}
	return f.Describe(ctx)
}

func thousandths(d float64) int64 { return int64(math.Round(min(d, 10) * 1000)) }

// DocumentMatch is how the face that a person had taken stands to the document.
type DocumentMatch int

const (
	NoFaceTaken DocumentMatch = iota
	NotCompared               // the reader was busy or down until now
	NoFaceShown               // no face was found on the document
	FaceDiffers
	FaceMatches
)

// MatchDocument tells it to the desk, and compares first what was not yet.
func (s *Service) MatchDocument(ctx context.Context, person int64) (DocumentMatch, error) {
	row, waits, err := s.takenFace(ctx, s.db.Queries, person)
	if err == nil && waits && row.Distance == notCompared {
		if err := s.compareWaiting(ctx, person); err != nil {
			return NotCompared, err
		}
		row, waits, err = s.takenFace(ctx, s.db.Queries, person)
	}
	if err != nil || !waits {
		return NoFaceTaken, err
	}
	return s.match(row), nil
}

func (s *Service) match(row store.Face) DocumentMatch {
	switch {
	case row.Distance == notCompared:
		return NotCompared
	case row.Distance == noFaceShown:
		return NoFaceShown
	case row.Distance > thousandths(s.faces.Threshold):
		return FaceDiffers
	}
	return FaceMatches
}

// anchorFace ends the waiting of a taken face: it becomes active where it matches
// the document or the desk saw the person, and is deleted otherwise.
func (s *Service) anchorFace(ctx context.Context, tx *store.Tx, by app.Actor, person int64, accepted, seen bool) error {
	row, waits, err := s.takenFace(ctx, tx.Queries, person)
	if err != nil || !waits {
		return err
	}
	match := s.match(row)
	kind, text := "face.dropped", unmatched[match]
	if accepted && (match == FaceMatches || seen) {
		kind, text = "face.activated", "人脸验证已开通，登录和办理印章等业务时可以选择使用。"
		_, err = tx.ActivateFace(ctx, store.ActivateFaceParams{PersonID: person, ActiveAt: tx.Now})
	} else {
		_, err = tx.DeleteTakenFace(ctx, person)
	}
	if err != nil {
		return err
	}
	if accepted {
		if err := s.TellPerson(ctx, tx, person, notify.IdentityKnown, text, link.MobileFace); err != nil {
			return err
		}
	}
	return s.audit.Add(ctx, tx, by, kind, audit.Subject("person", person), audit.Facts{"matches": match == FaceMatches, "seen": seen, "distance": row.Distance})
}

const (
	faceUncompared = "登记的人脸未能与证件照片比对，已删除。请重新登记，或带证件到现场由审核人员核对。"
	faceUnlike     = "登记的人脸与证件照片不一致，已删除。请重新登记，或带证件到现场由审核人员核对。"
)

// unmatched is why a face was deleted when the document was accepted.
var unmatched = map[DocumentMatch]string{NotCompared: faceUncompared, NoFaceShown: faceUncompared, FaceDiffers: faceUnlike}

// compareWaiting compares the face that a person had taken to a document that waits at the desk.
func (s *Service) compareWaiting(ctx context.Context, person int64) error {
	claim, err := s.db.LatestClaim(ctx, person)
	if store.IsNone(err) || err == nil && claim.State != "waiting" {
		return nil
	}
	if err != nil {
		return err
	}
	picture, err := s.files.Get(claim.Picture)
	if err != nil {
		return err
	}
	return s.compareFace(ctx, person, picture)
}
