package web_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

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
