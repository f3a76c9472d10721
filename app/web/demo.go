package web

import (
	"regexp"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/hub"
	"laoqi/app/link"
	viewdemo "laoqi/views/demo"
)

var demoSteps = []viewdemo.Step{
	{Guide: "指南 1.1", Who: "周敏（经办人，电脑）", Text: "进入网厅，点“新签”新增备案，回答“是否启用电子劳动合同”：是；填写王秀兰的信息并提交。"},
	{Guide: "用工备案", Who: "审核员（电脑）", Text: "在用工备案审核中通过，并生成名册。"},
	{Guide: "指南 2.3、1.6", Who: "王秀兰（劳动者，手机）", Text: "在“我的合同”里阅读合同，激活数字证书，手写签名并输入口令和短信验证码。"},
	{Guide: "指南 2.5", Who: "孙庆国（法定代表人，手机）", Text: "在“我的印章”里激活证书，添加电子法定名称章，再授权给刘洋。"},
	{Guide: "指南 1.3", Who: "周敏（经办人，电脑）", Text: "打开“电子合同签章授权”，显示二维码。"},
	{Guide: "指南 1.3", Who: "刘洋（操作员，手机）", Text: "扫码（或在手机窗口打开二维码下面的地址），选择印章，输入证书密码；网厅弹出“授权成功”，等待的合同自动盖章。"},
	{Guide: "指南 1.6", Who: "周敏（经办人，电脑）", Text: "在“电子劳动合同生成”里看到“已签署”，点“电子劳动合同下载”。合同上的二维码打开公开核验页面。"},
}

func (s *Server) demoHome(q *request) error {
	f := q.frame("劳契演示")
	f.Lead = "自己托管的电子劳动合同"
	f.EventsURL = link.DemoEvents
	p := viewdemo.Home{Frame: f, Steps: demoSteps, Phone: s.phone(), Password: demo.Password, Check: link.Check}
	for _, who := range demo.Samples {
		p.People = append(p.People, viewdemo.Person{Name: who.Name, Role: who.Role, Text: who.Text, Button: "成为" + who.Name, URL: link.To(link.DemoBecome, who.Who)})
	}
	return q.page(viewdemo.HomePage(p))
}

var sixDigits = regexp.MustCompile(`\b[0-9]{6}\b`)

func (s *Server) phone() viewdemo.Phone {
	p := viewdemo.Phone{URL: link.DemoPhone}
	for _, m := range s.Screen.Messages() {
		p.Messages = append(p.Messages, viewdemo.SMS{
			To: nameOf(m.Mobile) + " " + app.MaskMobile(m.Mobile), Text: m.Text,
			Code: sixDigits.FindString(m.Text), At: m.At.In(app.Zone).Format("15:04:05"),
		})
	}
	return p
}

func nameOf(mobile string) string {
	for _, who := range demo.Samples {
		if who.Mobile == mobile {
			return who.Name
		}
	}
	return "其他人"
}

// inDemo is not found outside the demo.
func (s *Server) inDemo() error {
	if s.Screen == nil {
		return app.Fail(app.NotFound, "没有这个页面。")
	}
	return nil
}

func (s *Server) demoPhone(q *request) error {
	if err := s.inDemo(); err != nil {
		return err
	}
	return q.page(viewdemo.Messages(s.phone()))
}

func (s *Server) demoEvents(q *request) error {
	if err := s.inDemo(); err != nil {
		return err
	}
	return s.stream(q, hub.Phone)
}

// demoBecome logs the browser in as a sample person.
func (s *Server) demoBecome(q *request) error {
	if err := s.inDemo(); err != nil {
		return err
	}
	who, ok := demo.Find(demo.Who(q.Param("who")))
	if !ok {
		return app.Fail(app.NotFound, "没有这个演示人物。")
	}
	token, err := s.Identity.LogIn(q.Request().Context(), who.Face, who.Credentials(), q.actor.Device)
	if err != nil {
		return err
	}
	if err := q.signIn(who.Face, token); err != nil {
		return err
	}
	return q.leave("/" + who.Face)
}
