/* splash: the picture of a board that starts, from the initramfs until the kiosk's own. Started by `early` beside the way to
 * the root, so nothing waits for it: loads the display's modules (/display/modules), shows /display/start.runs and lets go of
 * the display, which whoever comes next takes without asking. The picture stays as long as this program holds its buffer. It
 * ends when the display shows anything else. Statically linked; in mounts of its own, since the root comes to lie over
 * what it began in. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "board/common/display.h"
#include "board/common/module_list.h"
#include "board/common/onlooker.h"
#include "board/common/start_picture.h"
#include "ui/present/kms.h"

#define PICTURE "/display/start.runs"

/* A display that has not come by then is found by the kiosk. */
enum { W = 1080, H = 1920, PATIENCE_MS = 60000, STEP_MS = 20, LOOK_MS = 100 };

/* Until the display's driver has found its panel. */
static int wait_for_display(struct kms *k)
{
    int r = -ENODEV;
    for (int waited = 0; r == -ENODEV && waited < PATIENCE_MS; waited += STEP_MS) {
        r = kms_open(k, this_panel.turn, W, H);
        if (r) {
            kms_close(k);
            usleep(STEP_MS * 1000);
        }
    }
    return r;
}

static int show(struct kms *k)
{
    AUTO(canvas_free) struct canvas *c = NULL;
    struct damage all = { 0 };
    int r = canvas_new(&c, W, H);
    if (!r)
        r = start_picture_read(c, PICTURE);
    unlink(PICTURE);
    if (!r)
        r = wait_for_display(k);
    if (r)
        return r;
    damage_add(&all, c->clip);
    r = kms_show(k, c, &all);
    return r ? r : kms_let_go(k);
}

int main(void)
{
    struct kms k;
    module_list_load("/display/modules");
    int r = show(&k);
    if (!r)
        r = onlooker_become(KMS_LOOK);
    if (r) {
        fprintf(stderr, "splash: %s\n", strerror(-r));
        return 1;
    }
    while (kms_is_shown(&k))
        usleep(LOOK_MS * 1000);
    _exit(0); /* the kernel takes the buffer with the last that holds it */
}
