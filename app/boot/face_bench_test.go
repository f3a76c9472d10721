package boot

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"laoqi/app/apptest/head"
)

func faceBench(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	var b bytes.Buffer
	code = Main(t.Context(), World{Args: append([]string{"face-bench"}, args...), Getenv: func(string) string { return "" }, Out: &b, Err: &b})
	return b.String(), code
}

func TestTheFaceModelIsTriedOnPicturesOfPeople(t *testing.T) {
	folder := t.TempDir()
	add := func(name string, content []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(folder, name), content)
	}
	if out, code := faceBench(t, folder); code != 1 || !strings.Contains(out, "没有一张") {
		t.Errorf("an empty folder: %d %s", code, out)
	}
	for person, p := range map[string]head.Person{"王": head.Wang, "赵": head.Zhao} {
		for i, yaw := range []float64{0, 5, -5} {
			add(fmt.Sprintf("%s/%d.jpg", person, i), p.JPEG(640, 480, yaw))
		}
	}
	add("王/broken.png", []byte("no picture"))
	add("王/notes.txt", []byte("not read"))
	add("outside.jpg", head.Li.JPEG(640, 480, 0))
	out, code := faceBench(t, folder, "-face-threshold", "0.43")
	if code != 0 {
		t.Fatalf("%d %s", code, out)
	}
	t.Log(out)
	for _, line := range []string{"照片 6 张，2 人；读不出人脸的 1 张", "王/broken.png：不是", `0\.43  0/6 \(0\.00%\) +0/9 \(0\.00%\) ← 现在的门限`, `0\.43  0/6 \(0\.00%\) +0/6`, `0\.65  0/6`, `一次验证（13 帧，其中 5 帧计算特征，一个核心）：\d+ ms`} {
		if !regexp.MustCompile(line).MatchString(out) {
			t.Errorf("nothing of %q", line)
		}
	}
	if out, code := faceBench(t, folder, "-face", "off"); code != 1 || !strings.Contains(out, "已关闭") {
		t.Errorf("switched off: %d %s", code, out)
	}
}
