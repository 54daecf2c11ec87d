/* What the printer says: status bytes, answers, and the commands that act on reception. */
#include "board/host/sim/printer_inside.h"

#include <stdio.h>
#include <string.h>

/* ---- status -------------------------------------------------------------------------- */

bool printer_is_offline(const struct sim_printer *p)
{
    return p->is_cover_open || p->paper == SIM_PAPER_END || p->is_jammed || p->is_dead || p->is_hot;
}

/* No sensor: always "adequate" until the end (2.6). */
static bool is_near_end(const struct sim_printer *p)
{
    return p->paper == SIM_PAPER_END || (p->paper == SIM_PAPER_NEAR_END && p->kind->has_near_end);
}

/* "Offline" while it prints (python-escpos #434). */
static bool is_shy(const struct sim_printer *p)
{
    return p->says_offline && p->busy_until_ms > p->now_ms;
}

/* Custom (section 4): 10 0F, then paper, user, recoverable, unrecoverable. */
static void full_status(struct sim_printer *p)
{
    const uint8_t all[] = {
        0x10,
        0x0F,
        (uint8_t)((p->paper == SIM_PAPER_END ? 0x01 : 0) | (is_near_end(p) ? 0x04 : 0) |
                  (printer_has_slip_out(p) ? 0x20 : 0)),
        (uint8_t)(p->is_cover_open ? 0x02 : 0),
        (uint8_t)(p->is_hot ? 0x01 : 0),
        (uint8_t)((p->is_jammed ? 0x01 : 0) | (p->is_dead ? 0x04 : 0)),
    };
    printer_answer(p, all, sizeof(all));
}

static uint8_t status_byte(const struct sim_printer *p, uint8_t n)
{
    bool is_end = p->paper == SIM_PAPER_END, is_error = p->is_jammed || p->is_dead || p->is_hot;
    switch (n) {
    case 1:
        return (uint8_t)(0x12 | (printer_is_offline(p) || is_shy(p) ? 0x08 : 0));
    case 2:
        return (uint8_t)(0x12 | (p->is_cover_open ? 0x04 : 0) | (is_end ? 0x20 : 0) |
                         (is_error ? 0x40 : 0));
    case 3:
        return (uint8_t)(0x12 | (p->is_jammed ? 0x08 : 0) | (p->is_dead ? 0x20 : 0) |
                         (p->is_hot ? 0x40 : 0));
    default:
        return (uint8_t)(0x12 | (is_near_end(p) ? 0x0c : 0) | (is_end ? 0x60 : 0));
    }
}

static void status_four(const struct sim_printer *p, uint8_t out[4])
{
    out[0] = (uint8_t)(0x10 | (printer_is_offline(p) ? 0x08 : 0) | (p->is_cover_open ? 0x20 : 0));
    out[1] =
        (uint8_t)((p->is_jammed ? 0x08 : 0) | (p->is_dead ? 0x20 : 0) | (p->is_hot ? 0x40 : 0));
    out[2] = (uint8_t)((is_near_end(p) ? 0x03 : 0) | (p->paper == SIM_PAPER_END ? 0x0c : 0));
    out[3] = 0x0f;
}

void printer_answer(struct sim_printer *p, const void *data, size_t length)
{
    enum { LATE_MS = 3000 };
    if (p->inject && !p->is_mute && !p->kind->is_silent) {
        const char *bytes = p->inject;
        p->inject = NULL;
        printer_answer(p, bytes, p->inject_length);
    }
    if (p->is_late)
        p->answers_from_ms = p->now_ms + LATE_MS;
    if (p->is_mute || p->kind->is_silent || !p->device.is_plugged ||
        p->answer_used + length > PRINTER_ANSWERS)
        return;
    memcpy(p->answers + p->answer_used, data, length);
    p->answer_used += length;
}

void printer_tell_changes(struct sim_printer *p)
{
    uint8_t now[4];
    status_four(p, now);
    if (!p->watch || p->kind->has_full_status || !memcmp(now, p->told, sizeof(now)))
        return;
    memcpy(p->told, now, sizeof(now));
    printer_answer(p, now, sizeof(now));
}

/* ---- real-time commands: they act on reception (2.6, 2.7) ---------------------------- */

void printer_hear_realtime(struct sim_printer *p, uint8_t byte)
{
    static const uint8_t clear[10] = { 0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08 };
    static const uint8_t cleared[3] = { 0x37, 0x25, 0x00 };
    memmove(p->recent, p->recent + 1, sizeof(p->recent) - 1);
    p->recent[9] = byte;
    if (p->recent[7] == 0x10 && p->recent[8] == 0x04 && byte >= 1 && byte <= 4) {
        uint8_t status = status_byte(p, byte);
        printer_answer(p, &status, 1);
    } else if (p->kind->has_full_status && p->recent[7] == 0x10 && p->recent[8] == 0x04 &&
               byte == 0x14) {
        full_status(p);
    } else if (p->recent[7] == 0x10 && p->recent[8] == 0x05 && byte == 2 &&
               (p->is_jammed || p->is_cover_open)) {
        printer_drop_buffers(p);
    } else if (!p->has_no_clear && !memcmp(p->recent, clear, sizeof(clear))) {
        printer_drop_buffers(p);
        printer_answer(p, cleared, sizeof(cleared));
    }
}

/* Only the latest is sent when the host has not read (2.10). */
void printer_send_process_id(struct sim_printer *p)
{
    uint8_t block[7] = { 0x37, 0x22, 0, 0, 0, 0, 0 };
    if (!p->has_process_id || p->answer_used + sizeof(block) > PRINTER_ANSWERS)
        return;
    memcpy(block + 2, p->process_id, sizeof(p->process_id));
    printer_answer(p, block, sizeof(block));
    p->has_process_id = false;
}

/* ---- answers in their turn --------------------------------------------------------- */

/* GS I: 5F text 00, or one byte */
void printer_identify(struct sim_printer *p, uint8_t n)
{
    char text[64] = "_";
    const char *model = strstr(p->kind->id, "MDL:");
    if (n < 65) {
        printer_answer(p, "", 1);
        return;
    }
    if (!p->kind->has_identity)
        return;
    if (n == 67)
        snprintf(text, sizeof(text), "_%.*s", (int)strcspn(model + 4, ";"), model + 4);
    else
        snprintf(text, sizeof(text), "_%s",
                 n == 65   ? "1.04 SIM"
                 : n == 66 ? "EPSON"
                 : n == 68 ? "SIM0001"
                           : "CHINA GB18030");
    printer_answer(p, text, strlen(text) + 1);
}

/* Custom 1D E1 */
void printer_tell_paper_left(struct sim_printer *p)
{
    char text[32];
    if (p->has_no_paper_left)
        return;
    if (!p->kind->has_paper_left) {
        printer_violate(p, "an unknown GS command");
        return;
    }
    int n = snprintf(text, sizeof(text), "%lldcm",
                     p->roll_rows < 0 ? 5000 : (long long)p->roll_rows / 80);
    printer_answer(p, text, (size_t)n);
}
