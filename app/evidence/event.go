package evidence

import (
	"context"
	"encoding/json"
	"slices"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// An event is a row of the audit log that concerns the document.
type event struct {
	store.Audit
	actor  string
	detail []byte     // what the detail's hash is of; nil if the actor may not see it
	device app.Device // zero if the actor may not see it
}

// kinds are the steps that belong to a document, by the subject they are about.
// Steps such as looking something up are left out.
var kinds = map[string]string{
	"enterprise.registered": "企业登记入驻", "enterprise.admitted": "企业通过核验", "legalrep.changed": "变更法定代表人", "electronic.enabled": "启用电子劳动合同", "electronic.closed": "关闭电子劳动合同",
	"clauses.saved": "保存单位自定条款",
	"registered":    "注册个人账号", "identity.claimed": "申请身份核验", "identity.accepted": "身份核验通过", "identity.refused": "身份核验未通过",
	"certificate.activated": "激活数字证书", "seal.made": "生成电子印章", "seal.certified": "更换印章的证书", "seal.revoked": "签发机构吊销印章的证书", "grant.added": "授权使用印章", "grant.changed": "变更印章授权", "grant.removed": "取消印章授权",
	"authorization.given": "电子合同签章授权", "filing.submitted": "提交用工备案", "filing.withdrawn": "撤回用工备案", "filing.returned": "退回用工备案", "filing.approved": "审核通过",
	"filing.rostered": "列入名册", "roster.made": "生成备案名册", "contract.bound": "确认劳动者账号", "document.made": "生成合同文件", "document.downloaded": "下载合同文件",
	"document.signed": "劳动者签名", "document.sealed": "企业盖章", "document.stamped": "加盖文件时间戳", "supplement.uploaded": "上传补充条款", "supplement.confirmed": "操作员确认盖章",
	"confirmation.lapsed": "操作员的确认失效", "document.received": "劳动者签收证明书", "paper.asked": "劳动者申请纸质文本", "paper.given": "单位提供纸质文本",
}

// events returns the steps from filing to conclusion that concern the document, and
// what the parties did with it afterwards: receipt and paper.
func (s *Service) events(ctx context.Context, by app.Actor, e store.EvidenceRow) ([]event, error) {
	last, err := s.db.Conclusion(ctx, audit.Subject("document", e.ID))
	if err != nil {
		return nil, err
	}
	subjects, err := s.subjects(ctx, e)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.EventsOf(ctx, store.EventsOfParams{Subjects: subjects, Last: last})
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r store.Audit) bool { return !concerns(r, e) })
	actors, err := s.actors(ctx, rows, e.EnterpriseID)
	if err != nil {
		return nil, err
	}
	list := make([]event, len(rows))
	for i, r := range rows {
		actor := actors[r.AccountID]
		list[i] = event{Audit: r, actor: role(actor, e)}
		if actor.PersonID == 0 || int64(actor.PersonID) != by.Person {
			continue
		}
		if err := s.disclose(ctx, &list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (s *Service) subjects(ctx context.Context, e store.EvidenceRow) (string, error) {
	persons, err := json.Marshal([]int64{int64(e.PersonID), e.OperatorID})
	if err != nil {
		return "", err
	}
	accounts, err := s.db.EvidenceAccounts(ctx, string(persons))
	if err != nil {
		return "", err
	}
	names := map[string][]int64{"enterprise": {e.EnterpriseID}, "person": {int64(e.PersonID), e.OperatorID}, "seal": {e.SealID}, "authorization": {e.AuthorizationID},
		"filing": {e.FilingID}, "clauses": {int64(e.ClauseSetID)}, "roster": {int64(e.RosterID)}, "contract": {e.ContractID}, "document": {e.ID}}
	for _, a := range accounts {
		names["account"] = append(names["account"], a.ID)
	}
	subjects := map[string]bool{}
	for kind, ids := range names {
		for _, id := range ids {
			subjects[audit.Subject(kind, id)] = true
		}
	}
	var list []string
	for name := range subjects {
		list = append(list, name)
	}
	text, err := json.Marshal(list)
	return string(text), err
}

// concerns tells the steps of the document from others about the same subject:
// certificates and grants that were not used for it.
func concerns(r store.Audit, e store.EvidenceRow) bool {
	if kinds[r.Kind] == "" {
		return false
	}
	var facts struct{ Certificate, Grant int64 }
	if json.Unmarshal([]byte(r.Facts), &facts) != nil {
		return false
	}
	switch r.Kind {
	case "certificate.activated":
		return facts.Certificate == int64(e.CertificateID) || facts.Certificate == e.OperatorCertificateID
	case "grant.added", "grant.changed", "grant.removed":
		return facts.Grant == e.GrantID
	}
	return true
}

func (s *Service) actors(ctx context.Context, rows []store.Audit, enterprise int64) (map[int64]store.EvidenceActorsRow, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.AccountID
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found, err := s.db.EvidenceActors(ctx, store.EvidenceActorsParams{Ids: string(list), EnterpriseID: app.Ref(enterprise)})
	actors := map[int64]store.EvidenceActorsRow{}
	for _, a := range found {
		actors[a.ID] = a
	}
	return actors, err
}

// role says who acted, by office and not by name.
func role(a store.EvidenceActorsRow, e store.EvidenceRow) string {
	switch {
	case a.ID == 0:
		return "系统"
	case a.Kind == app.AccountDesk:
		return "审核人员"
	case a.Legalrep: // now or before
		return "法定代表人"
	case a.Kind == app.AccountAgent:
		return "单位经办人"
	case a.PersonID == e.PersonID:
		return "劳动者"
	case int64(a.PersonID) == e.OperatorID:
		return "授权操作员"
	}
	return "其他人员"
}

// disclose adds the actor's own device.
func (s *Service) disclose(ctx context.Context, e *event) error {
	row, err := s.db.EventDetail(ctx, e.ID)
	if err != nil {
		return ignoreNone(err)
	}
	detail, device, err := s.log.Open(row.Detail)
	e.detail, e.device = audit.DetailText(row.Salt, detail), device
	return err
}
