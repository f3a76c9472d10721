package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
)

func TestTheClerkUrgesAWorkerFromTheReminders(t *testing.T) {
	s := open(t)
	d := s.contract(demo.WorkerA)
	s.Wait(3*24*time.Hour + time.Minute)
	clerk := s.as(demo.Agent)
	clerk.get(link.Hall).shows(t, http.StatusOK, "今日待办", link.HallReminders+"#unsigned", "document=unsigned")
	clerk.get(link.HallReminders).shows(t, http.StatusOK, "生成 3 天后仍未签署", "催签：王秀兰", "已用工、备案未提交", "还有 21 天")
	s.Screen.Clear()
	clerk.sendFrom(link.HallReminders, link.To(link.HallUrge, d.Contract), url.Values{}).shows(t, http.StatusOK, "已向劳动者发送催签短信和消息。", "今天已催签")
	clerk.sendFrom(link.HallContracts, link.To(link.HallUrge, d.Contract), url.Values{}).shows(t, http.StatusOK, "今天已经催签过")
}

func TestTheListSaysWhyContractsWaitAndWhenTheAuthorizationLapses(t *testing.T) {
	s := open(t)
	s.Activate(s.Actor(demo.WorkerA), demo.WorkerA)
	s.sign(s.contract(demo.WorkerA))
	clerk := s.as(demo.Agent)
	for _, path := range []string{link.Hall, link.HallContracts} {
		clerk.get(path).shows(t, http.StatusOK, "1 份合同在等待企业盖章：还没有办理过电子合同签章授权")
	}
	boss, operator := s.Actor(demo.Boss), s.Actor(demo.Operator)
	s.Grant(boss, s.MakeSeal(boss, app.SealName), demo.Operator)
	s.Activate(operator, demo.Operator)
	s.Authorize(s.clerk, operator)
	s.Wait(340 * 24 * time.Hour)
	for _, path := range []string{link.Hall, link.HallContracts} {
		s.as(demo.Agent).get(path).shows(t, http.StatusOK, "电子合同签章授权将于2027年5月6日到期")
	}
}
