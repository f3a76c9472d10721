//go:build !linux && !darwin

package boot

import "errors"

// freeSpace is not known how to ask for on this system.
func freeSpace(string) (uint64, error) { return 0, errors.ErrUnsupported }
