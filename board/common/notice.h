/* What a board shows when no kiosk does: a sign and a few lines in Chinese and English, apart from how they come to the glass. Words of
 * their own: translations may be what is broken. */
#pragma once

#include "ui/text/text.h"

enum { NOTICE_W = 1080, NOTICE_H = 1920 };

struct notice; /* body in notice.c */

/* The kiosk cannot run; and: it is about to. */
extern const struct notice notice_out_of_service, notice_starting;

/* Why the kiosk does not run: for staff who read it to the technician, and for whoever wonders whether to wait. */
struct notice_why {
    const char *zh, *en;
};
/* Of systemd's word for how a service ended (systemd.exec(5), $SERVICE_RESULT); NULL or unknown: what holds of any. */
const struct notice_why *notice_why(const char *result);

/* A canvas of NOTICE_W x NOTICE_H with that notice; `why` may be NULL. 0 or a fault. */
NODISCARD int notice_draw(struct canvas **out, const struct font_files *fonts,
                          const struct notice *what, const struct notice_why *why);
