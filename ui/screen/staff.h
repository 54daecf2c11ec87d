/* What the staff screens share. Inside ui/screen only. Every page has the heading "page:<word>" for robots. */
#pragma once

#include "ui/screen/scene.h"

/* A verb of the shift. */
struct action staff_action(struct scene *s, enum shift_event event, const char *value);
/* In the page's language. */
const char *staff_words(const struct scene *s, const char *zh, const char *en);
const char *staff_saying(const struct scene *s, enum saying said);
bool staff_may(const struct scene *s, enum staff_action action);
/* A button of full width at s->y; `value` of its event. */
struct widget *staff_button(struct scene *s, const char *id, const char *icon, const char *label,
                            enum shift_event event, const char *value);
/* Two of them side by side, or one below the other where words need the room. */
struct staff_choice {
    const char *id, *icon, *label;
    enum shift_event event;
    const char *value;
    const char *about; /* told by ear with the label: which one? NULL: the label says it */
};
void staff_pair(struct scene *s, const struct staff_choice *left, const struct staff_choice *right);
/* How one thing goes, as a notice; nothing for STEP_OFF. Texts NULL: said by nobody. */
struct staff_said {
    const char *now, *well, *unsure, *failed;
};
void staff_step(struct scene *s, enum shift_step step, const struct staff_said *said);
const char *staff_number(struct scene *s, int64_t n);
/* Millimetres of paper as metres. */
const char *staff_metres(struct scene *s, int64_t mm);

/* ---- pages: each between the header and `bottom` ---------------------------------------- */
void staff_refused(struct scene *s, int bottom);
void staff_pin(struct scene *s, int bottom);
void staff_menu(struct scene *s, int bottom);
void staff_readiness(struct scene *s, int bottom);
void staff_counters(struct scene *s, int bottom);
void staff_figures(struct scene *s, int bottom);
void staff_network(struct scene *s, int bottom);
void staff_join(struct scene *s, int bottom);
void staff_wired(struct scene *s, int bottom);
void staff_paper(struct scene *s, int bottom);
void staff_clean(struct scene *s, int bottom);
void staff_settle(struct scene *s, int bottom);
void staff_queue(struct scene *s, int bottom);
void staff_carry(struct scene *s, int bottom);
void staff_update(struct scene *s, int bottom);
void staff_handover(struct scene *s, int bottom);
void staff_logs(struct scene *s, int bottom);
void staff_practice(struct scene *s, int bottom);
void staff_devices(struct scene *s, int bottom);
void staff_reader(struct scene *s, int bottom);
void staff_printer(struct scene *s, int bottom);
void staff_keypad(struct scene *s, int bottom);
void staff_scanner(struct scene *s, int bottom);
void staff_sound(struct scene *s, int bottom);
void staff_touch(struct scene *s, int bottom);
void staff_calibrate(struct scene *s, int bottom);
