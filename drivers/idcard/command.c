#include "drivers/idcard/command.h"

#include <string.h>

enum { PIECE = 512, OVERHEAD = 4 /* SW1 SW2 SW3 CHK */, QUIET_MS = 20 };

/* `end`: the moment of line->clock when it has to be there. */
static int receive(struct sdt_line *line, const struct sdt_command *c, int64_t end,
                   struct sdt_reply *out)
{
    uint8_t piece[PIECE];
    /* Failures of every command are as short as a reply can be, so `most` needs no more room. */
    sdt_parser_start(&line->parser, c->most + OVERHEAD);
    int r = SDT_E_MORE;
    while (r == SDT_E_MORE) {
        int64_t left = end - line->clock->boot_ms(line->clock);
        size_t got = 0, taken;
        int w = left > 0
                    ? line->port.read(line->port.context, piece, sizeof(piece), (int)left, &got)
                    : SDT_E_TIMEOUT;
        if (w == SDT_E_TIMEOUT)
            r = sdt_parser_silence(&line->parser);
        else if (w)
            r = w;
        else
            r = sdt_parser_feed(&line->parser, piece, got, &taken, out);
    }
    explicit_bzero(piece, sizeof(piece));
    sdt_parser_wipe(&line->parser);
    return r;
}

/* The deadlines of the document are the reader's; a slow line needs its own time for the bytes (1.7). */
static int deadline_ms(const struct sdt_line *line, const struct sdt_command *c)
{
    unsigned speed = line->port.bytes_a_second;
    return c->deadline_ms + (speed ? (int)((c->most + SDT_REQUEST_MAX) * 1000u / speed) : 0);
}

static int once(struct sdt_line *line, enum sdt_command_id id, struct sdt_reply *out)
{
    const struct sdt_command *c = sdt_command(id);
    uint8_t request[SDT_REQUEST_MAX];
    size_t length = sdt_request(request, c->command, c->parameter, NULL, 0);
    sdt_reply_wipe(out);
    /* The rest of a refused frame may still be on its way; it must not pair with the next header. A reader in step is not
     * waited with. */
    line->port.drain(line->port.context, line->is_in_step ? 0 : QUIET_MS);
    int64_t end = line->clock->boot_ms(line->clock) + deadline_ms(line, c);
    int r = line->port.write(line->port.context, request, length, deadline_ms(line, c));
    if (!r)
        r = receive(line, c, end, out);
    if (!r)
        r = sdt_judge(id, out);
    line->is_in_step = r == 0 || r == SDT_E_STATUS;
    return r;
}

/* What another try may mend: noise on the wire, not a reader's honest answer, not silence. */
static bool is_worth_repeating(int r, const struct sdt_reply *reply)
{
    if (r == SDT_E_STATUS)
        return reply->sw3 == SDT_BAD_CHECKSUM || reply->sw3 == SDT_BAD_LENGTH;
    return r == SDT_E_CHECKSUM || r == SDT_E_UNEXPECTED || r == SDT_E_TIMEOUT ||
           r == SDT_E_PREAMBLE;
}

int sdt_carry_out(struct sdt_line *line, enum sdt_command_id id, struct sdt_reply *out)
{
    int r = once(line, id, out);
    if (is_worth_repeating(r, out))
        r = once(line, id, out);
    if (r && r != SDT_E_STATUS)
        sdt_reply_wipe(out);
    return r;
}
