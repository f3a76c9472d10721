//go:build linux || darwin

package boot

import "syscall"

// freeSpace is the number of bytes that may still be written to the folder's disk.
func freeSpace(folder string) (uint64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return s.Bavail * uint64(s.Bsize), nil
}
