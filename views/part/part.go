// Package part holds the components that every page is made of: fields and
// their faults, tags, tables, pictures. They carry no inline style or script,
// so a strict Content-Security-Policy holds, and all work without JavaScript;
// app.js only adds comfort by their data- attributes.
package part
