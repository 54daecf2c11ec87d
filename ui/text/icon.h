/* Icons by name: codepoints of Material Icons, drawn as text of WEIGHT_ICON. */
#pragma once

/* UTF-8 of the icon, or of a plain question mark in a circle for an unknown name. Static storage.
 */
const char *icon_named(const char *name);
