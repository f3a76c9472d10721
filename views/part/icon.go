package part

// Glyph is a line drawing on a grid of 24 by 24, as the inside of an SVG element.
type Glyph string

// The icons of the product.
const (
	IconHome    Glyph = `<path d="M4 11l8-7 8 7"/><path d="M6 9.5V20h4.5v-5.5h3V20H18V9.5"/>`
	IconBell    Glyph = `<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15z"/><path d="M10 21h4"/>`
	IconScan    Glyph = `<path d="M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16"/>`
	IconUser    Glyph = `<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"/>`
	IconUsers   Glyph = `<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c0-4 2.8-6 6.5-6s6.5 2 6.5 6M15.5 5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.8 3.5 2.6 3.5 5.5"/>`
	IconSeal    Glyph = `<path d="M9.5 13c0-3-1.5-4-1.5-6a4 4 0 0 1 8 0c0 2-1.5 3-1.5 6"/><path d="M5 17v-2a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v2zM5 20.5h14"/>`
	IconPaper   Glyph = `<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>`
	IconPen     Glyph = `<path d="M4 20l1-4L16.5 4.5l3 3L8 19z"/><path d="M14 7l3 3"/>`
	IconKey     Glyph = `<circle cx="8" cy="15" r="4"/><path d="M11 12l8-8M16 7l3 3"/>`
	IconBadge   Glyph = `<rect x="4" y="4" width="16" height="12" rx="1"/><path d="M7.5 8h6M7.5 11.5h4"/><circle cx="16" cy="15" r="3"/><path d="M14.5 17.5V22l1.5-1 1.5 1v-4.5"/>`
	IconList    Glyph = `<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"/>`
	IconClock   Glyph = `<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>`
	IconPhone   Glyph = `<path d="M5 4h4l1.5 4.5L8 10.5a11 11 0 0 0 5.5 5.5l2-2.5L20 15v4a1.5 1.5 0 0 1-1.6 1.5A16 16 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4z"/>`
	IconSwitch  Glyph = `<path d="M4 8h15l-4-4M20 16H5l4 4"/>`
	IconInbox   Glyph = `<path d="M4 13l3-8h10l3 8v6H4z"/><path d="M4 13h5l1.5 2.5h3L15 13h5"/>`
	IconDone    Glyph = `<circle cx="12" cy="12" r="8.5"/><path d="M8 12.5l2.8 2.8L16.5 9.5"/>`
	IconWarn    Glyph = `<path d="M12 4L2.5 20h19z"/><path d="M12 10v4.5M12 17.2v.1"/>`
	IconInfo    Glyph = `<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.8v.1"/>`
	IconBack    Glyph = `<path d="M15 5l-7 7 7 7"/>`
	IconForward Glyph = `<path d="M9 5l7 7-7 7"/>`
	IconMenu    Glyph = `<path d="M4 6h16M4 12h16M4 18h16"/>`
	IconClose   Glyph = `<path d="M5 5l14 14M19 5L5 19"/>`
	IconDown    Glyph = `<path d="M12 4v11M7 11l5 5 5-5M4 20h16"/>`
	IconUp      Glyph = `<path d="M12 16V5M7 9l5-5 5 5M4 20h16"/>`
	IconPrint   Glyph = `<path d="M7 8V3h10v5M7 17H4V8h16v9h-3"/><path d="M7 14h10v7H7z"/>`
	IconShield  Glyph = `<path d="M12 3l8 3v6c0 4.5-3.2 7.6-8 9-4.8-1.4-8-4.5-8-9V6z"/><path d="M8.5 12l2.5 2.5 4.5-5"/>`
)
