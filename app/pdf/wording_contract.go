package pdf

import (
	"strconv"

	"laoqi/app"
)

// contractTitle is the title of a new contract or of a renewal.
func contractTitle(d ContractDoc) string {
	if d.Kind == app.FilingRenewal {
		return "劳动合同（续订）"
	}
	return "劳动合同"
}

// contractPreamble says what the parties do.
func contractPreamble(d ContractDoc) string {
	const law = "根据《中华人民共和国劳动法》《中华人民共和国劳动合同法》等法律、法规，甲乙双方遵循合法、公平、平等自愿、协商一致、诚实信用的原则，"
	switch {
	case d.Kind == app.FilingRenewal && d.Previous != "":
		return law + "就编号为{previous}的劳动合同期满后继续履行劳动关系，续订本合同，共同遵守。"
	case d.Kind == app.FilingRenewal:
		return law + "就原劳动合同期满后继续履行劳动关系，续订本合同，共同遵守。"
	}
	return law + "订立本合同，共同遵守。"
}

// contractValues fills the wording of a contract in.
func contractValues(d ContractDoc) values {
	t := d.Terms
	clauses := ownParagraphs(t.Clauses)
	return values{
		texts: map[string]string{
			"previous": d.Previous,
			"start":    t.Start.Chinese(), "end": t.End.Chinese(), "task": oneParagraph(t.Task),
			"probation": months(t.Probation), "probationEnd": d.ProbationEnd.Chinese(),
			"post": oneParagraph(t.Post), "duties": oneParagraph(t.Duties), "workplace": oneParagraph(t.Workplace),
			"hours":   app.LabelOf(app.Hours, string(t.Hours)),
			"payKind": app.LabelOf(app.PayKinds, string(t.PayKind)), "pay": yuan(t.Pay), "payRule": oneParagraph(t.PayRule),
			"probationPay": yuan(t.ProbationPay), "payDay": strconv.Itoa(t.PayDay) + "日",
			"insured": t.Insured.Label(), "insurance": oneParagraph(t.Insurance), "protection": oneParagraph(t.Protection),
			"clauses": clauses,
		},
		facts: map[string]bool{
			"dispatch": t.Employment == app.EmploymentDispatch, "full": t.Employment != app.EmploymentDispatch,
			"insured": t.Insured != 0, "uninsured": t.Insured == 0,
			"fixed": t.Kind == app.TermFixed, "open": t.Kind == app.TermOpen, "task": t.Kind == app.TermTask,
			"probation":    t.Probation > 0 && !d.ProbationEnd.IsZero(),
			"probationFor": t.Probation > 0 && d.ProbationEnd.IsZero(),
			"noProbation":  t.Probation == 0,
			"standard":     t.Hours == app.HoursStandard, "comprehensive": t.Hours == app.HoursComprehensive, "flexible": t.Hours == app.HoursFlexible,
			"monthly": t.PayKind == app.PayMonthly, "piece": t.PayKind == app.PayPiece, "bonus": t.PayKind == app.PayBonus,
			"monthlyRule":  t.PayKind == app.PayMonthly && t.PayRule != "",
			"probationPay": t.Probation > 0,
			"clauses":      clauses != "", "noClauses": clauses == "",
			"paper": d.Paper, "electronic": !d.Paper,
		},
	}
}

func months(n int) string { return strconv.Itoa(n) + "个月" }

func yuan(f app.Fen) string {
	if f == 0 {
		return ""
	}
	return f.String() + "元"
}

// contractWording covers every term that 劳动合同法 art. 17 demands, in the order of
// the ministry's model contract of 2019, in words of our own.
var contractWording = []part{
	{"一、用工形式和劳动合同期限", []clause{
		{"full", "甲方对乙方实行全日制用工。"},
		{"dispatch", "甲方是劳务派遣单位，将乙方派遣到用工单位工作；用工单位、派遣期限和工作岗位等，见双方约定的其他事项。"},
		{"fixed", "本合同为固定期限劳动合同，期限自{start}起至{end}止。"},
		{"open", "本合同为无固定期限劳动合同，自{start}起，至法律规定的解除或者终止情形出现时止。"},
		{"task", "本合同以完成一定工作任务为期限，自{start}起，至下列工作任务完成时止：{task}。工作任务是否完成，以双方确认的成果为准。"},
		{"probation", "双方约定试用期{probation}，自{start}起至{probationEnd}止。试用期包含在劳动合同期限内。"},
		{"probationFor", "双方约定试用期{probation}，自{start}起计算。试用期包含在劳动合同期限内。"},
		{"noProbation", "双方不约定试用期。"},
	}},
	{"二、工作内容和工作地点", []clause{
		{"", "乙方从事{post}岗位（工种）的工作，工作内容为：{duties}。"},
		{"", "乙方的工作地点为{workplace}。甲方安排乙方临时到其他地点工作的，应当承担由此产生的交通、食宿等合理费用。"},
		{"", "乙方应当按照岗位职责和工作标准，按时完成工作任务。甲方变更乙方的工作岗位或者工作地点，应当与乙方协商一致，法律另有规定的除外。"},
	}},
	{"三、工作时间和休息休假", []clause{
		{"standard", "乙方的岗位实行{hours}，每日工作不超过八小时，平均每周工作不超过四十小时，每周至少休息一日。"},
		{"comprehensive", "乙方的岗位经劳动行政部门批准后实行{hours}，在批准的周期内，平均每日和每周的工作时间与法定标准工作时间基本相同。甲方应当将批准的岗位、周期和期限告知乙方。"},
		{"flexible", "乙方的岗位经劳动行政部门批准后实行{hours}，乙方在保证完成工作任务的前提下自主安排工作和休息时间，甲方应当保障乙方的休息休假权利。"},
		{"", "甲方因生产经营需要，经与工会和乙方协商，可以延长工作时间，一般每日不超过一小时；因特殊原因需要延长的，在保障乙方身体健康的条件下，每日不超过三小时，每月不超过三十六小时。"},
		{"", "乙方依法享有法定节假日、带薪年休假、婚假、丧假、产假以及国家和当地规定的其他假期，甲方应当予以保障。"},
	}},
	{"四、劳动报酬", []clause{
		{"monthly", "甲方对乙方实行{payKind}，工资为每月{pay}。"},
		{"monthlyRule", "工资的构成和计发办法为：{payRule}。"},
		{"piece", "甲方对乙方实行{payKind}，计件单价和劳动定额为：{payRule}。乙方在法定工作时间内提供了正常劳动的，每月工资不低于{pay}。"},
		{"bonus", "甲方对乙方实行{payKind}，基本工资为每月{pay}，绩效部分的考核和计发办法为：{payRule}。"},
		{"probationPay", "乙方在试用期内的工资为每月{probationPay}，不低于甲方相同岗位最低档工资或者本合同约定工资的百分之八十，并且不低于甲方所在地的最低工资标准。"},
		{"", "甲方于每月{payDay}以货币形式足额支付工资，当月没有该日的在最后一日支付；遇法定节假日或者休息日，提前到最近的工作日支付。甲方不得克扣或者无故拖欠工资。"},
		{"", "甲方依法安排乙方在工作日延长工作时间的，支付不低于工资百分之一百五十的报酬；安排在休息日工作又不能补休的，支付不低于工资百分之二百的报酬；安排在法定休假日工作的，支付不低于工资百分之三百的报酬。实行综合计算工时制或者不定时工作制的，按照国家和当地的规定执行。"},
		{"", "非因乙方原因停工、停产、歇业的，未超过一个工资支付周期，甲方按照本合同约定的标准支付工资；超过一个工资支付周期的，按照国家和当地的规定支付生活费。"},
	}},
	{"五、社会保险和福利待遇", []clause{
		{"insured", "甲乙双方依法参加{insured}保险：{insurance}。乙方个人应当缴纳的部分，由甲方从工资中代扣代缴。"},
		{"uninsured", "甲乙双方依法参加社会保险：{insurance}。乙方个人应当缴纳的部分，由甲方从工资中代扣代缴。"},
		{"", "乙方患病或者非因工负伤的医疗期和待遇，因工负伤或者患职业病的工伤保险待遇，以及生育期间的待遇，按照国家和当地的规定执行。"},
		{"", "甲方依法为乙方缴存住房公积金，并按照规章制度提供其他福利待遇。"},
	}},
	{"六、劳动保护、劳动条件和职业培训", []clause{
		{"", "甲方按照国家规定为乙方提供劳动保护、劳动条件和职业危害防护：{protection}。"},
		{"", "甲方应当建立健全安全生产和职业病防治制度，对乙方进行安全生产教育和岗前培训。岗位可能产生职业病危害的，甲方应当如实告知危害后果、防护措施和待遇，并按照规定组织职业健康检查。"},
		{"", "乙方应当遵守安全操作规程；对甲方管理人员违章指挥、强令冒险作业有权拒绝，并有权对危害生命安全和身体健康的行为提出批评、检举和控告。"},
		{"", "甲方为乙方提供专项培训费用、进行专业技术培训的，双方可以另行订立协议约定服务期。"},
	}},
	{"七、劳动合同的履行和变更", []clause{
		{"", "甲方的规章制度和涉及乙方切身利益的重大事项，应当依照法定程序制定，并向乙方公示或者告知。乙方应当遵守甲方依法制定的规章制度，保守甲方的商业秘密。"},
		{"", "双方协商一致，可以变更本合同，变更应当采用书面形式；能够有形地表现内容并可以随时调取查用的数据电文，视为书面形式。"},
	}},
	{"八、劳动合同的解除、终止和经济补偿", []clause{
		{"", "双方协商一致，可以解除本合同。乙方提前三十日以书面形式通知甲方，在试用期内提前三日通知甲方，可以解除本合同；甲方有《劳动合同法》第三十八条规定情形之一的，乙方可以依法解除本合同。"},
		{"", "甲方解除本合同，应当符合《劳动合同法》第三十九条、第四十条或者第四十一条的规定，遵守第四十二条的限制，并事先将理由通知工会。"},
		{"", "有《劳动合同法》第四十四条规定情形之一的，本合同终止；期满时乙方有第四十二条规定情形之一的，本合同续延至相应的情形消失时终止，法律另有规定的除外。"},
		{"", "符合《劳动合同法》第四十六条规定的，甲方应当按照第四十七条的标准向乙方支付经济补偿，并在办结工作交接时支付。"},
		{"", "解除或者终止本合同时，甲方应当出具解除或者终止劳动合同的证明，并在十五日内为乙方办理档案和社会保险关系转移手续；乙方应当按照约定办理工作交接。"},
	}},
	{"九、双方约定的其他事项", []clause{
		{"clauses", "双方约定的其他事项如下：\n{clauses}"},
		{"noClauses", "双方没有约定其他事项。需要补充的，可以另行订立书面协议。"},
	}},
	{"十、劳动争议处理", []clause{
		{"", "因履行本合同发生争议，双方可以协商解决，也可以向调解组织申请调解；不愿协商、调解或者协商、调解不成的，可以自知道或者应当知道权利被侵害之日起一年内，向劳动人事争议仲裁委员会申请仲裁；对仲裁裁决不服的，可以依法向人民法院提起诉讼。"},
	}},
	{"十一、其他", []clause{
		{"", "本合同首部填写的地址和电话是双方通知和送达的地址和方式，发生变化的一方应当及时告知对方。甲方只在订立和履行本合同、履行法定义务所必需的范围内处理乙方个人信息。"},
		{"", "本合同未尽事宜，按照法律、法规和国家有关规定执行；本合同的约定与其不一致的，以法律、法规和国家有关规定为准。"},
		{"electronic", "本合同以数据电文形式订立，自乙方完成电子签名、甲方加盖电子印章时生效，与纸质劳动合同具有同等法律效力。双方可以随时免费查看、下载本合同，乙方需要纸质文本的，甲方应当提供。"},
		{"electronic", "电子签名和时间戳所用的数字证书，除另有标明的以外，由生成本合同的系统自行签发（自签发），并非由依法设立的电子认证服务机构签发。使用首页的二维码或者每页的核验码，可以查验签署人、签署时间以及签署后文本是否被改动。"},
		{"paper", "本合同一式两份，甲乙双方各执一份，自双方签字或者盖章之日起生效。"},
	}},
}
