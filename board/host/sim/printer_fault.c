/* What hands and bad luck do to the printer. */
#include "board/host/sim/printer_inside.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_PER_MM = 8, LONG_BLOCK = 200 };

static void faults_off(struct sim_printer *p)
{
    p->nak_after = p->unplug_after = p->stall_after = p->paper_out_after = p->heat_after = -1;
    p->is_mute = p->is_flooding = p->stalls_once = p->stalls = p->is_byte_by_byte =
        p->has_no_clear = false;
    p->has_no_id = p->kind->has_no_process_id;
    p->has_no_reply = p->kind->has_no_reply;
    p->jams_next = p->jams_late = p->is_jammed = p->is_hot = p->is_dead = p->is_halted = false;
    p->drops_bytes = p->says_offline = p->has_constant_port = p->has_swapped_id =
        p->has_no_id_text = p->is_late = p->has_no_paper_left = false;
    p->answers_from_ms = p->cools_at_ms = 0;
    p->inject = NULL;
    if (p->is_off) {
        p->is_off = false;
        p->device.is_plugged = true;
    }
}

void printer_power_off(struct sim_printer *p)
{
    p->is_off = true;
    p->device.is_plugged = false;
    printer_drop_buffers(p);
    p->watch = 0;
    p->answer_used = p->answer_sent = 0;
    p->has_process_id = p->is_jammed = p->is_hot = false;
}

/* Bytes that come once, before the next answer (section 6, the rows in brackets). */
static bool inject(struct sim_printer *p, const char *name)
{
    static const struct {
        const char *name, *bytes;
        size_t length;
    } rows[] = {
#define ROW(name, text) { name, text, sizeof(text) - 1 }
        ROW("broken-asb", "\x10\x00"),                  /* 14 */
        ROW("half-block", "\x37\x22\x41\x30"),          /* 15 */
        ROW("foreign-id", "\x37\x22ZZZZ\x00"),          /* 16 */
        ROW("bad-id", "\x37\x22\x1F\x30\x30\x31\x00"),  /* 17 */
        ROW("noise", "\x92\xFF\xFF\xFF\xFF\x02"),       /* 19 */
        ROW("bad-asb", "\x10\x90\x00\x0F"),             /* 20 */
        ROW("xon", "\x11\x13"),                         /* 21 */
        ROW("full-status", "\x10\x0F\x01\x00\x00\x00"), /* 22 */
#undef ROW
    };
    static char block[1 + LONG_BLOCK]; /* 18 */
    if (!strcmp(name, "long-block")) {
        memset(block, 0x41, sizeof(block));
        block[0] = 0x37;
        p->inject = block;
        p->inject_length = sizeof(block);
        return true;
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].name, name)) {
            p->inject = rows[i].bytes;
            p->inject_length = rows[i].length;
            return true;
        }
    return false;
}

/* Things that are no faults but happen to a printer, so that one command of kiosk-sim reaches all. */
static bool hand(struct sim_printer *p, const char *name, uint32_t at)
{
    if (!strcmp(name, "take"))
        return sim_printer_take(p), true;
    if (!strcmp(name, "roll"))
        return sim_printer_roll(p, at), true;
    if (!strncmp(name, "model-", 6))
        return sim_printer_be(p, name + 6);
    return false;
}

bool sim_printer_fault(struct sim_printer *p, const char *name, uint32_t at)
{
    const struct {
        const char *name;
        bool *flag;
        int64_t *limit;
    } rows[] = {
        { "nak-after", NULL, &p->nak_after },
        { "unplug-after", NULL, &p->unplug_after },
        { "stall-once", &p->stalls_once, &p->stall_after },
        { "stall", &p->stalls, &p->stall_after },
        { "paper-out-after", NULL, &p->paper_out_after },
        { "heat-after", NULL, &p->heat_after },
        { "mute", &p->is_mute, NULL },
        { "flood", &p->is_flooding, NULL },
        { "short-writes", &p->is_byte_by_byte, NULL },
        { "drops-bytes", &p->drops_bytes, NULL },
        { "no-process-id", &p->has_no_id, NULL },
        { "no-reply", &p->has_no_reply, NULL },
        { "no-clear", &p->has_no_clear, NULL },
        { "cutter", &p->jams_next, NULL },
        { "cutter-late", &p->jams_late, NULL },
        { "head-hot", &p->is_hot, NULL },
        { "unrecoverable", &p->is_dead, NULL },
        { "late", &p->is_late, NULL },
        { "says-offline", &p->says_offline, NULL },
        { "constant-port-status", &p->has_constant_port, NULL },
        { "swapped-id", &p->has_swapped_id, NULL },
        { "no-id", &p->has_no_id_text, NULL },
        { "no-paper-left", &p->has_no_paper_left, NULL },
    };
    if (!strcmp(name, "none"))
        return faults_off(p), true;
    if (!strcmp(name, "power-off"))
        return printer_power_off(p), true;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].name, name) != 0)
            continue;
        if (rows[i].flag)
            *rows[i].flag = true;
        if (rows[i].limit)
            *rows[i].limit = at;
        return true;
    }
    return inject(p, name) || hand(p, name, at);
}

void sim_printer_paper(struct sim_printer *p, enum sim_paper paper)
{
    p->paper = paper;
    if (paper == SIM_PAPER_OK)
        p->roll_rows = -1;
}

void sim_printer_roll(struct sim_printer *p, uint32_t left_mm)
{
    p->roll_rows = (int64_t)left_mm * ROWS_PER_MM;
    p->paper = SIM_PAPER_OK;
}

void sim_printer_cover(struct sim_printer *p, bool is_open)
{
    p->is_cover_open = is_open;
}

void sim_printer_speed(struct sim_printer *p, unsigned mm_per_s)
{
    p->mm_per_s = mm_per_s;
}
