// Laoqi (劳契) lets an employer and its workers conclude electronic labour
// contracts in the browser, on one machine of the office's own.
package main

import (
	"context"
	"embed"
	"os"
	"os/signal"
	"syscall"

	"laoqi/app/boot"
)

//go:embed static schema.sql
var files embed.FS

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(boot.Main(ctx, boot.World{Files: files, Args: os.Args[1:], Getenv: os.Getenv, Out: os.Stdout, Err: os.Stderr}))
}
