package notify

import "laoqi/app"

// Kind is what a message is about; the inbox shows its label.
type Kind string

// The kinds of messages.
const (
	SealAdded      Kind = "seal_added"
	SealVoided     Kind = "seal_voided"
	SealCertified  Kind = "seal_certified"
	Granted        Kind = "granted"
	Authorized     Kind = "authorized"
	FilingDecided  Kind = "filing"
	ToSign         Kind = "to_sign"
	ToConfirm      Kind = "to_confirm"
	WorkerSigned   Kind = "worker_signed"
	Declined       Kind = "declined"
	Concluded      Kind = "concluded"
	Receipt        Kind = "receipt"
	Paper          Kind = "paper"
	DateNear       Kind = "date_near"
	IdentityKnown  Kind = "identity"
	Enterprise     Kind = "enterprise"
	AgentChanged   Kind = "agent"
	LegalRepChange Kind = "legalrep"
	Security       Kind = "security"
)

// sort is what there is to know of a kind.
type sort struct {
	kind         Kind
	label, about string
	person       bool // personal accounts get it
	staff        bool // the legal rep and agents get it
	sms          bool // a text message goes beside it to a personal account
	legalRep     bool // and to the legal rep, of what others did
	always       bool // nobody can switch it off
}

var sorts = []sort{
	{kind: ToSign, label: "合同待签", about: "有合同或补充条款等您签署", person: true, sms: true},
	{kind: ToConfirm, label: "补充条款确认", about: "有补充条款等您确认盖章", person: true, sms: true},
	{kind: FilingDecided, label: "备案审核", about: "备案审核通过、退回，名册生成", staff: true},
	{kind: WorkerSigned, label: "员工签署", about: "员工已签名，或暂时看不到合同", staff: true},
	{kind: Declined, label: "员工拒签", about: "员工拒绝签署及原因", staff: true},
	{kind: Concluded, label: "合同签订", about: "双方签完，合同可以下载", person: true, staff: true, sms: true},
	{kind: Receipt, label: "证明书签收", about: "解除（终止）证明书已出具，员工已签收", person: true, staff: true, sms: true},
	{kind: Paper, label: "纸质文本", about: "员工申请纸质文本，单位已提供", person: true, staff: true, sms: true},
	{kind: DateNear, label: "到期提醒", about: "合同、试用期和办理期限临近", staff: true},
	{kind: SealAdded, label: "添加印章", about: "单位制作了新的印章", staff: true},
	{kind: SealVoided, label: "作废印章", about: "印章作废，授权随之失效", person: true, staff: true, sms: true, legalRep: true},
	{kind: SealCertified, label: "印章证书", about: "印章更换了证书，证书将要到期", staff: true, legalRep: true},
	{kind: Granted, label: "印章授权", about: "授权新增、变更和取消", person: true, staff: true, sms: true, legalRep: true},
	{kind: Authorized, label: "签章授权", about: "电子合同签章授权生效或失效", person: true, staff: true},
	{kind: IdentityKnown, label: "身份核验", about: "身份核验的结果", person: true, staff: true},
	{kind: Enterprise, label: "企业入驻", about: "企业入驻申请的结果", person: true, staff: true},
	{kind: LegalRepChange, label: "变更法定代表人", about: "变更法定代表人的申请和结果", person: true, staff: true, always: true},
	{kind: AgentChanged, label: "经办人账号", about: "经办人账号的有效期和权限变化", staff: true, always: true},
	{kind: Security, label: "账号安全", about: "密码、手机号码、通行密钥变化", person: true, staff: true, always: true},
}

func (k Kind) sort() sort {
	for _, s := range sorts {
		if s.kind == k {
			return s
		}
	}
	return sort{}
}

// Label is the printed name of the kind.
func (k Kind) Label() string { return k.sort().label }

// gets reports whether accounts of the kind get such messages at all.
func (s sort) gets(k app.AccountKind) bool {
	if k == app.AccountPerson {
		return s.person
	}
	return s.staff
}

// texts reports whether a text message goes beside it to accounts of the kind.
func (s sort) texts(k app.AccountKind) bool {
	return s.sms && k == app.AccountPerson || s.legalRep && k == app.AccountLegalRep
}
