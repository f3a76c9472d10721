// Package journey walks the product as its users do: the built program, a real
// Chromium, one window a person, clicks on what the screen says. Every page that
// a window visits is checked by axe, and no page may complain on the console.
// With ARTIFACTS=dir the journeys leave their screenshots and documents there.
package journey
