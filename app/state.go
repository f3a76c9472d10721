package app

// FilingState is where a filing stands.
type FilingState string

const (
	FilingDraft     FilingState = "draft"     // 草稿
	FilingSubmitted FilingState = "submitted" // 待审核
	FilingReturned  FilingState = "returned"  // 已退回
	FilingApproved  FilingState = "approved"  // 审核通过
	FilingRostered  FilingState = "rostered"  // 已生成名册
)

// FilingStates lists the states as options of a filter.
var FilingStates = []Option{
	{string(FilingDraft), "草稿"},
	{string(FilingSubmitted), "待审核"},
	{string(FilingReturned), "已退回"},
	{string(FilingApproved), "审核通过"},
	{string(FilingRostered), "已生成名册"},
}

// Label is the printed name of the state.
func (s FilingState) Label() string { return LabelOf(FilingStates, string(s)) }

// DocumentState is where a contract document stands.
type DocumentState string

const (
	DocumentNone     DocumentState = ""         // 未生成
	DocumentUnsigned DocumentState = "unsigned" // 待个人签名
	DocumentUnsealed DocumentState = "unsealed" // 待企业盖章
	DocumentSigned   DocumentState = "signed"   // 已签署
	DocumentDeclined DocumentState = "declined" // 已拒签

	DocumentUnconfirmed DocumentState = "unconfirmed" // 待操作员确认, of supplements only
	DocumentWithdrawn   DocumentState = "withdrawn"   // 已撤回, of supplements only
)

// DocumentStates lists the states that a main document can have, as options of a filter.
var DocumentStates = []Option{
	{string(DocumentUnsigned), "待个人签名"},
	{string(DocumentUnsealed), "待企业盖章"},
	{string(DocumentSigned), "已签署"},
	{string(DocumentDeclined), "已拒签"},
}

// Label is the printed name of the state.
func (s DocumentState) Label() string {
	switch s {
	case DocumentNone:
		return "未生成"
	case DocumentUnconfirmed:
		return "待操作员确认"
	case DocumentWithdrawn:
		return "已撤回"
	}
	return LabelOf(DocumentStates, string(s))
}
