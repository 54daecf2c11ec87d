/* What staff set at the screen and the board keeps: how its cable is set up, and the calibration of its glass. The kiosk, which can
 * write nothing, asks for it at a socket (firmware/base/message.h); it is believed in nothing, every value is judged again here.
 *
 * Two files in a folder of their own: wired.network, for systemd-networkd (none: DHCP), and touch.json. One thread. */
#pragma once

#include "firmware/base/json.h"

/* One request's reply, with `re` and `ok`; NULL without memory. Blocks for as long as the medium does.
 *   {"op":"settings"}                      -> "wired" (firmware/base/wired.h), "touch" (touch_map.h)
 *   {"op":"wired-set","wired":{…}}         -> durable; systemd-networkd is started anew with it (onetrip-network.path)
 *   {"op":"touch-set","panel":"…","map":[…]}
 * Errors: "bad-request", "unknown-op", "storage". */
json_t *settings_answer(const char *folder, const json_t *request);
