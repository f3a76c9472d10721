package journey

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/chromedp"
)

// showing is a site whose clerk shows the code of 电子合同签章授权.
func showing(t *testing.T) *mainJob {
	folder := prepare(t, func(s *staff) {
		if err := s.Enterprise.Enable(s.T.Context(), s.clerk); err != nil {
			s.T.Fatal(err)
		}
		s.operator()
	})
	s := start(t, "劳契已启动：", nil, "-data", folder)
	j := &mainJob{site: s, hall: s.open(desktop, link.Hall)}
	j.hall.logIn(demo.Agent)
	j.hall.in("用工备案管理").click("电子合同签章授权")
	j.hall.sees("请操作员用手机扫一扫", "输入数字码")
	j.hall.shoot("hall")
	return j
}

// picture is what the clerk's screen shows of the code.
func (j *mainJob) picture() image.Image {
	j.t.Helper()
	var file []byte
	j.do(j.hall, chromedp.Screenshot(".qr", &file, chromedp.ByQuery))
	m, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		j.t.Fatal(err)
	}
	return m
}

func (j *mainJob) do(w *window, actions ...chromedp.Action) {
	j.t.Helper()
	w.do(w.ctx, actions...)
}

// held is the picture as a camera in the hand sees it, from a little distance and
// in the given light.
func held(m image.Image, w, h int, at image.Point, light uint8) image.Image {
	frame := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(frame, frame.Rect, image.NewUniform(color.Gray{Y: 90}), image.Point{}, draw.Src)
	draw.Draw(frame, m.Bounds().Add(at.Sub(m.Bounds().Min)), m, m.Bounds().Min, draw.Src)
	draw.Draw(frame, frame.Rect, image.NewUniform(color.Alpha{A: 255 - light}), image.Point{}, draw.Over)
	return frame
}

// authorizes is what follows every way to scan.
func (j *mainJob) authorizes(operator *window) {
	j.t.Helper()
	operator.sees("授权内容", demo.EnterpriseName)
	j.hall.sees("已扫描")
	operator.fill("证书密码", apptest.Passphrase)
	operator.click("确认授权")
	operator.sees("授权成功")
	j.hall.sees("授权成功")
}

// 点击扫一扫: the phone's camera before the clerk's screen.
func TestScanByCamera(t *testing.T) {
	j := showing(t)
	code := j.picture()
	var film []image.Image
	for i := range 8 {
		film = append(film, held(code, 640, 480, image.Pt(180+5*i, 90+3*i), 200))
	}
	operator := j.openIn(withCamera(t, film...), phone, link.Mobile)
	operator.logIn(demo.Operator)
	operator.click("扫一扫")
	j.authorizes(operator)
}

// A device without a camera says so, and a photo does as well.
func TestScanByPhoto(t *testing.T) {
	j := showing(t)
	operator := j.open(phone, link.Mobile)
	operator.logIn(demo.Operator)
	operator.click("扫一扫")
	operator.sees("这台设备没有摄像头")
	operator.shoot("no-camera")
	var photo, wall bytes.Buffer
	if err := jpeg.Encode(&wall, held(image.NewGray(image.Rect(0, 0, 9, 9)), 600, 800, image.Pt(9, 9), 200), nil); err != nil {
		t.Fatal(err)
	}
	operator.upload("二维码照片", "wall.jpg", wall.Bytes())
	operator.sees("照片中没有找到二维码")
	operator.shoot("no-code")
	if err := jpeg.Encode(&photo, held(j.picture(), 1200, 1600, image.Pt(500, 700), 150), nil); err != nil {
		t.Fatal(err)
	}
	operator.upload("二维码照片", "code.jpg", photo.Bytes())
	j.authorizes(operator)
}

// The digits lead there without script as well.
func TestScanByCode(t *testing.T) {
	j := showing(t)
	var digits string
	j.do(j.hall, chromedp.Text(".typed", &digits, chromedp.ByQuery))
	operator := j.open(phonePlain, link.Mobile)
	operator.logIn(demo.Operator)
	operator.click("扫一扫")
	operator.shoot("plain")
	operator.fill("数字码", "1234")
	operator.click("用数字码打开")
	operator.sees("8 位数字")
	operator.fill("数字码", strings.TrimSpace(digits))
	operator.click("用数字码打开")
	operator.click("继续")
	j.authorizes(operator)
}
