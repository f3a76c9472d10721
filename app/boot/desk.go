package boot

import (
	"context"
	"fmt"
	"strings"
)

// deskAccount adds or ends a reviewer's account or gives it another password, also
// while the installation runs.
func deskAccount(ctx context.Context, w World, command string) error {
	if len(w.Args) == 0 || strings.HasPrefix(w.Args[0], "-") {
		return fmt.Errorf("name of the account is missing: laoqi %s NAME", command)
	}
	name, password := w.Args[0], w.Getenv("LAOQI_PASSWORD")
	w.Args = w.Args[1:]
	s, err := open(ctx, w)
	if err != nil {
		return err
	}
	defer s.Close()
	done := "审核账号已创建。"
	switch command {
	case "desk":
		err = s.Identity.AddDesk(ctx, name, password)
	case "desk-end":
		err, done = s.Identity.EndDesk(ctx, name), "审核账号已停用，已在所有设备上退出登录。"
	case "desk-password":
		err, done = s.Identity.ResetDesk(ctx, name, password), "密码已修改，已在所有设备上退出登录。"
	}
	if err == nil {
		fmt.Fprintln(w.Out, done)
	}
	return err
}
