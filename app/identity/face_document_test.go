package identity_test

import (
	"context"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/head"
	"laoqi/app/demo"
	"laoqi/app/face"
	"laoqi/app/identity"
)

// moody is the built-in model on a bad day with documents.
type moody struct {
	identity.FaceReader
	name     string
	document error
	asked    int // for documents
}

func (m *moody) Name() string { return m.name }

func (m *moody) ReadDocument(ctx context.Context, picture []byte) (face.Face, error) {
	if m.asked++; m.document != nil {
		return face.Face{}, m.document
	}
	return m.FaceReader.ReadDocument(ctx, picture)
}

// taking is a boss whose face is taken, but not compared to the document yet.
func taking(t *testing.T) (*sitter, *moody) {
	m := &moody{FaceReader: apptest.BuiltIn, name: "moody/1"}
	s := &sitter{apptest.Facing(t, identity.Faces{Reader: m, Threshold: 0.42}), t, app.Actor{}}
	s.People()
	s.boss = s.Actor(demo.Boss)
	s.must(s.Identity.SendCode(t.Context(), s.boss, identity.ForFace))
	token, err := s.Identity.Enrol(t.Context(), s.boss, s.agreed())
	s.must(err)
	if p := s.follows(token, s.begins(token), head.Wang); !p.Passed {
		t.Fatalf("%+v", p)
	}
	return s, m
}

// match is what the desk sees beside the document.
func (s *sitter) match(want identity.DocumentMatch) {
	s.t.Helper()
	if match, err := s.Identity.MatchDocument(s.t.Context(), s.boss.Person); match != want || err != nil {
		s.t.Errorf("the desk sees %v, %v; want %v", match, err, want)
	}
}

// accepts has the desk accept the document of somebody who is not there, and
// returns what the person is told of the face.
func (s *sitter) accepts() (told string) {
	s.t.Helper()
	waiting, err := s.Identity.WaitingClaims(s.t.Context(), 0)
	s.must(err)
	s.must(s.Identity.DecideClaim(s.t.Context(), s.Actor(demo.Reviewer), waiting[0].ID, "", false, s.Verified))
	list, err := s.Notify.Inbox(s.t.Context(), s.boss.Account, 0)
	s.must(err)
	return list[0].Text
}

func TestADocumentThatABusyReaderPutOffIsComparedWhenTheDeskOpensIt(t *testing.T) {
	s, m := taking(t)
	for _, m.document = range []error{face.ErrBusy, face.ErrDown} {
		if m.asked == 0 {
			s.must(s.Identity.Claim(t.Context(), s.boss, head.Wang.JPEG(800, 600, 4)))
		}
		s.match(identity.NotCompared)
	}
	m.document = nil
	s.match(identity.FaceMatches)
	m.document = face.ErrDown
	s.match(identity.FaceMatches)
	if told := s.accepts(); !strings.Contains(told, "已开通") {
		t.Error(told)
	}
}

func TestADocumentThatWasNotComparedIsNotToldToDiffer(t *testing.T) {
	s, m := taking(t)
	m.document = face.ErrNone
	s.must(s.Identity.Claim(t.Context(), s.boss, head.Wang.JPEG(800, 600, 4)))
	asked := m.asked
	s.match(identity.NoFaceShown)
	if m.asked != asked {
		t.Error("a document without a face is read again")
	}
	if told := s.accepts(); !strings.Contains(told, "未能与证件照片比对") || strings.Contains(told, "不一致") {
		t.Error(told)
	}
}

func TestADocumentIsNotShownToAReaderThatTheFaceWasNotTakenBy(t *testing.T) {
	s, m := taking(t)
	s.must(s.Identity.Claim(t.Context(), s.boss, head.Wang.JPEG(800, 600, 4)))
	s.match(identity.FaceMatches)
	asked := m.asked
	m.name = "another/1"
	s.match(identity.NoFaceTaken)
	if told := s.accepts(); strings.Contains(told, "人脸") || m.asked != asked {
		t.Errorf("%s; read %d times", told, m.asked-asked)
	}
	s.refused("a document that nothing waits for", s.Identity.Claim(t.Context(), s.boss, head.Wang.JPEG(800, 600, 4)), app.Conflict)
}
