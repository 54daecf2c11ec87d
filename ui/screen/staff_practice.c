/* Before practice begins: what it is, and that the shift ends with it. */
#include "ui/screen/staff.h"

void staff_practice(struct scene *s, int bottom)
{
    (void)bottom;
    if (!s->shift->devices.has_exercises) {
        flow_notice(s, STYLE_WARNING, "warning",
                    tr("There is nothing to practise: the exercises are missing, or do not fit "
                       "the catalogue. The log names each."));
        return;
    }
    flow_text(s, TYPE_BODY, COLOR_TEXT,
              tr("Somebody made up comes to the kiosk; do what is to be done for them. Each "
                 "exercise is scored, and whoever passes all of them gets a certificate."),
              8);
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "info",
                tr("The shift ends here. Nothing is kept or sent, and a real ID card ends "
                   "practice at once."));
}
