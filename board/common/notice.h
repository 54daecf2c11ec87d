/* What a board shows when no kiosk does: a sign and a few lines in Chinese and English, apart from how they come to the glass. Words of
 * their own: translations may be what is broken. */
#pragma once

#include "ui/text/text.h"

enum { NOTICE_W = 1080, NOTICE_H = 1920 };

struct notice; /* body in notice.c */

/* The kiosk cannot run; and: it is about to. */
extern const struct notice notice_out_of_service, notice_starting;

/* A canvas of NOTICE_W x NOTICE_H with that notice. 0 or a fault. */
NODISCARD int notice_draw(struct canvas **out, const struct font_files *fonts,
                          const struct notice *what);
