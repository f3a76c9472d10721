package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/store"
)

// takenElsewhere keeps a face that another model took, as after a change of -face-url.
func (s *site) takenElsewhere(person int64) {
	s.t.Helper()
	s.must(s.DB.Write(s.t.Context(), func(tx *store.Tx) error {
		return tx.TakeFace(s.t.Context(), store.TakeFaceParams{PersonID: person, Template: []byte("sealed"), Model: "another/1", TakenAt: tx.Now})
	}))
}

func TestAFaceThatServesNoMoreIsWithdrawnByWhoseItIsOrDeletedByTheDesk(t *testing.T) {
	for what, faces := range map[string]identity.Faces{"another model": {}, "switched off": {Threshold: 0.42}} {
		t.Run(what, func(t *testing.T) {
			s := openIn(t, apptest.Facing(t, faces))
			worker, person := s.as(demo.WorkerA), s.Actor(demo.WorkerA).Person
			worker.get(link.MobileFace).lacks(t, link.MobileFaceWithdraw)
			s.takenElsewhere(person)
			p := worker.get(link.MobileFace)
			p.shows(t, http.StatusOK, "以前登记的人脸")
			worker.follow(p, "停用人脸验证").shows(t, http.StatusOK, "立即删除")
			worker.send(link.MobileFaceWithdraw, url.Values{}).shows(t, http.StatusOK, "人脸特征已删除")

			desk, path := s.as(demo.Reviewer), link.To(link.DeskFace, person)
			desk.get(link.To(link.DeskPerson, person)).lacks(t, "删除人脸特征")
			s.takenElsewhere(person)
			p = desk.get(link.To(link.DeskPerson, person))
			desk.follow(p, "删除人脸特征").shows(t, http.StatusOK, "王秀兰", "删除后")
			first, second := desk.tab(path), desk.tab(path)
			first(url.Values{"reason": {"x"}}).shows(t, http.StatusUnprocessableEntity, "请写明怎样核对了本人身份")
			reason := url.Values{"reason": {"本人来电要求"}}
			first = desk.tab(path)
			first(reason).shows(t, http.StatusOK, "人脸特征已删除", "本人来电要求")
			second(reason).shows(t, http.StatusUnprocessableEntity, "没有登记人脸")
			r, err := s.Identity.Record(t.Context(), app.Actor{Person: person})
			s.must(err)
			if r.Face {
				t.Error("the face is kept")
			}
			worker.get(link.MobileInbox).shows(t, http.StatusOK, "人脸特征已由审核窗口删除")
		})
	}
}
