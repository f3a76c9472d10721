package boot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"laoqi/app/face"
	"laoqi/app/face/trial"
)

// benchFaces tries the face model on pictures of people: one folder a person.
func benchFaces(ctx context.Context, w World) error {
	if len(w.Args) == 0 || strings.HasPrefix(w.Args[0], "-") {
		return errors.New("folder of pictures is missing: laoqi face-bench FOLDER")
	}
	folder := os.DirFS(w.Args[0])
	w.Args = w.Args[1:]
	cfg, err := readConfig(w, ":8080")
	if err != nil {
		return err
	}
	if cfg.Face == faceOff {
		return errors.New("人脸验证已关闭（-face off），没有读取任何照片")
	}
	var m face.Model
	cost, err := trial.Measure(ctx, &m, folder)
	if err != nil {
		return err
	}
	read := 0
	faces, err := trial.Read(ctx, &m, folder, func(string) {
		if read++; read%100 == 0 {
			fmt.Fprintf(w.Err, "已读取 %d 张\n", read)
		}
	})
	if err != nil {
		return err
	}
	printFaces(w.Out, faces, cfg.FaceLimit)
	printCost(w.Out, cost)
	return nil
}

func printFaces(out io.Writer, f trial.Faces, limit float64) {
	fmt.Fprintf(out, "照片 %d 张，%d 人；读不出人脸的 %d 张\n", f.Pictures(), f.People(), len(f.Unread))
	for _, u := range f.Unread {
		fmt.Fprintf(out, "  %s：%s\n", u.Name, whyUnread(u.Err))
	}
	thresholds := []float64{0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.65}
	if !slices.Contains(thresholds, limit) {
		thresholds = append(thresholds, limit)
		slices.Sort(thresholds)
	}
	printRates(out, "单张对单张", f.Pairs(thresholds), limit)
	printRates(out, "单张对登记（同一人最多 4 张的平均）", f.Enrolments(thresholds), limit)
}

func whyUnread(err error) string {
	switch {
	case errors.Is(err, face.ErrNone):
		return "没有看到人脸"
	case errors.Is(err, face.ErrSeveral):
		return "画面里的人太多"
	case errors.Is(err, face.ErrPicture):
		return "不是 JPG 或 PNG 照片，或者太大"
	}
	return err.Error()
}

func printRates(out io.Writer, title string, rates []trial.Rate, limit float64) {
	fmt.Fprintf(out, "\n%s\n  门限    本人被拒              他人通过\n", title)
	for _, r := range rates {
		mark := map[bool]string{true: " ← 现在的门限"}[r.Threshold == limit]
		fmt.Fprintf(out, "  %.2f  %-20s  %s%s\n", r.Threshold, share(r.Rejected), share(r.Accepted), mark)
	}
}

// share is a count with its percentage, such as 3/40 (7.5%).
func share(s trial.Share) string {
	if s.All == 0 {
		return "-"
	}
	return fmt.Sprintf("%d/%d (%.2f%%)", s.Some, s.All, 100*float64(s.Some)/float64(s.All))
}

func printCost(out io.Writer, c trial.Cost) {
	ms := func(d time.Duration) int64 { return d.Round(time.Millisecond).Milliseconds() }
	fmt.Fprintf(out, "\n每张用时：解码 %d ms，检测 %d ms，网格 %d ms，特征 %d ms\n", ms(c.Parts.Decode), ms(c.Parts.Detect), ms(c.Parts.Mesh), ms(c.Parts.Describe))
	fmt.Fprintf(out, "一次验证（%d 帧，其中 %d 帧计算特征，一个核心）：%d ms", trial.Frames, trial.Described, ms(c.Whole))
	if c.Memory > 0 {
		fmt.Fprintf(out, "，内存最多 %d MB", c.Memory>>20)
	}
	fmt.Fprintln(out)
}
