package boot

import (
	"io"
	"strings"
	"testing"
)

func configOf(args ...string) (Config, error) {
	return readConfig(World{Args: args, Getenv: func(string) string { return "" }, Err: io.Discard}, ":8080")
}

func TestTheDeskDecidesUnlessTheConfigurationSaysOtherwise(t *testing.T) {
	if c, err := configOf(); c.Review != reviewDesk || err != nil {
		t.Errorf("review %q, %v", c.Review, err)
	}
	if c, err := configOf("-review", "auto"); c.Review != reviewAuto || err != nil {
		t.Errorf("review %q, %v", c.Review, err)
	}
	if _, err := configOf("-review", "nobody"); err == nil || !strings.Contains(err.Error(), "-review") {
		t.Errorf("error %v", err)
	}
}
