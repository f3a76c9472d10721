package journey

import (
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
)

// TestOwnClausesReachTheContract writes a clause in the hall, with wrong input too,
// and reads it where the clerk files, the reviewer decides and the worker signs.
func TestOwnClausesReachTheContract(t *testing.T) {
	s := demoSite(t)
	j := &mainJob{site: s, phones: s.phones()}
	w := j.at(desktop, link.Hall)
	w.logIn(demo.Boss)
	w.click("合同条款")
	w.sees("第 1 条", "【姓名】")
	w.fill("第 1 条", "甲方为【员工】提供工作餐。")
	w.click("再加一条")
	w.fill("第 2 条", "【姓名】在【岗位】岗位使用甲方车辆的，应当持有有效驾驶证；因公发生的费用由甲方承担。")
	w.click("预览合同")
	w.sees("请更正以下 1 处", "没有名为“员工”的字段")
	j.shoot(w, "clauses-faulty")
	w.fill("第 1 条", "甲方为【姓名】提供工作餐。")
	w.click("上移第 2 条")
	w.click("预览合同")
	w.sees("以一位虚构的员工为例，还没有保存。")
	j.shoot(w, "clauses-preview")
	w.click("保存条款")
	w.sees("已保存为第 1 版")
	j.shoot(w, "clauses-saved")
	w.click("查看第 1 版")
	w.sees("第 1 版条款", "甲方为【姓名】提供工作餐。")
	j.shoot(w, "clauses-version")
	w.click("退出")

	j.fileNewContract()
	j.hall.sees("单位自定条款", "甲方为王秀兰提供工作餐。")
	j.hall.click("合同条款")
	j.hall.sees("由法定代表人或有“经办人管理”权限的经办人修改。")
	j.shoot(j.hall, "clauses-read")
	j.approveAndRoster()
	worker := j.at(phone, link.Mobile)
	worker.logIn(demo.WorkerA)
	worker.click("我的合同")
	worker.click("劳动合同")
	worker.click("文字版（大字，便于在手机上阅读）")
	worker.sees("王秀兰在质检员岗位使用甲方车辆的", "甲方为王秀兰提供工作餐。")
}
