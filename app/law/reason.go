package law

import "slices"

// Reason is a statutory reason to end a labour contract.
type Reason struct {
	Code       string // what a filing stores: the article and its item
	Article    string // of 劳动合同法, as printed
	Label      string
	Employer   bool // the employer ends the contract, or proposed to
	Notice     bool // the employer owes 30 days' notice (arts 40, 41)
	Settlement bool // the employer owes 经济补偿 (art. 46)
}

// Expired is the code of the reason that the agreed term is over.
const Expired = "44-1"

var reasons = []Reason{
	{"36-worker", "第三十六条", "双方协商一致解除（劳动者提出）", false, false, false},
	{"36-employer", "第三十六条", "双方协商一致解除（用人单位提出）", true, false, true},
	{"37", "第三十七条", "劳动者提前三十日（试用期内提前三日）通知解除", false, false, false},
	{"38", "第三十八条", "因用人单位过错，劳动者解除", false, false, true},
	{"39-1", "第三十九条第一项", "试用期间被证明不符合录用条件", true, false, false},
	{"39-2", "第三十九条第二项", "严重违反用人单位的规章制度", true, false, false},
	{"39-3", "第三十九条第三项", "严重失职，营私舞弊，造成重大损害", true, false, false},
	{"39-4", "第三十九条第四项", "同时与其他用人单位建立劳动关系，造成严重影响或拒不改正", true, false, false},
	{"39-5", "第三十九条第五项", "以欺诈、胁迫等手段订立，致使劳动合同无效", true, false, false},
	{"39-6", "第三十九条第六项", "被依法追究刑事责任", true, false, false},
	{"40-1", "第四十条第一项", "患病或非因工负伤，医疗期满后不能工作", true, true, true},
	{"40-2", "第四十条第二项", "不能胜任工作，经培训或调岗仍不能胜任", true, true, true},
	{"40-3", "第四十条第三项", "客观情况发生重大变化，协商变更未达成协议", true, true, true},
	{"41", "第四十一条", "经济性裁员", true, true, true},
	{Expired, "第四十四条第一项", "劳动合同期满", false, false, true},
	{"44-2", "第四十四条第二项", "劳动者开始依法享受基本养老保险待遇", false, false, false},
	{"44-3", "第四十四条第三项", "劳动者死亡，或被宣告死亡、宣告失踪", false, false, false},
	{"44-4", "第四十四条第四项", "用人单位被依法宣告破产", false, false, true},
	{"44-5", "第四十四条第五项", "用人单位被吊销执照、责令关闭、撤销或决定提前解散", false, false, true},
	{"44-6", "第四十四条第六项", "法律、行政法规规定的其他终止情形", false, false, false},
}

// Reasons lists the reasons of 劳动合同法 arts 36-41 and 44 in their order.
func Reasons() []Reason { return slices.Clone(reasons) }

// ReasonOf finds a reason by its code.
func ReasonOf(code string) (Reason, bool) {
	for _, r := range reasons {
		if r.Code == code {
			return r, true
		}
	}
	return Reason{}, false
}

// Hint says what the employer owes when it ends a contract for the reason, ""
// for nothing beyond the certificate of art. 50.
func (r Reason) Hint() string {
	switch {
	case r.Notice && r.Code == "41":
		return "须提前三十日向工会或者全体职工说明情况并向劳动行政部门报告，且应支付经济补偿（《劳动合同法》第四十一条、第四十六条）。"
	case r.Notice:
		return "须提前三十日书面通知劳动者或者额外支付一个月工资，且应支付经济补偿（《劳动合同法》第四十条、第四十六条）。"
	case r.Code == Expired:
		return "除用人单位维持或者提高约定条件续订而劳动者不同意的外，应支付经济补偿（《劳动合同法》第四十六条第五项）。"
	case r.Settlement:
		return "应支付经济补偿（《劳动合同法》第四十六条）。"
	}
	return ""
}
