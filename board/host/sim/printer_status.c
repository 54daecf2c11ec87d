/* What the printer says: status bytes, answers, and the commands that act on reception. */
#include "board/host/sim/printer_inside.h"

#include <string.h>

/* ---- status -------------------------------------------------------------------------- */

bool printer_is_offline(const struct sim_printer *p)
{
    return p->is_cover_open || p->paper == SIM_PAPER_END || p->is_jammed || p->is_dead || p->is_hot;
}

static uint8_t status_byte(const struct sim_printer *p, uint8_t n)
{
    bool is_end = p->paper == SIM_PAPER_END, is_error = p->is_jammed || p->is_dead || p->is_hot;
    switch (n) {
    case 1:
        return (uint8_t)(0x12 | (printer_is_offline(p) ? 0x08 : 0));
    case 2:
        return (uint8_t)(0x12 | (p->is_cover_open ? 0x04 : 0) | (is_end ? 0x20 : 0) |
                         (is_error ? 0x40 : 0));
    case 3:
        return (uint8_t)(0x12 | (p->is_jammed ? 0x08 : 0) | (p->is_dead ? 0x20 : 0) |
                         (p->is_hot ? 0x40 : 0));
    default:
        return (uint8_t)(0x12 | (p->paper != SIM_PAPER_OK ? 0x0c : 0) | (is_end ? 0x60 : 0));
    }
}

static void status_four(const struct sim_printer *p, uint8_t out[4])
{
    out[0] = (uint8_t)(0x10 | (printer_is_offline(p) ? 0x08 : 0) | (p->is_cover_open ? 0x20 : 0));
    out[1] =
        (uint8_t)((p->is_jammed ? 0x08 : 0) | (p->is_dead ? 0x20 : 0) | (p->is_hot ? 0x40 : 0));
    out[2] =
        (uint8_t)((p->paper != SIM_PAPER_OK ? 0x03 : 0) | (p->paper == SIM_PAPER_END ? 0x0c : 0));
    out[3] = 0x0f;
}

void printer_answer(struct sim_printer *p, const void *data, size_t length)
{
    if (p->is_mute || !p->device.is_plugged || p->answer_used + length > PRINTER_ANSWERS)
        return;
    memcpy(p->answers + p->answer_used, data, length);
    p->answer_used += length;
}

void printer_tell_changes(struct sim_printer *p)
{
    uint8_t now[4];
    status_four(p, now);
    if (!p->watch || !memcmp(now, p->told, sizeof(now)))
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
