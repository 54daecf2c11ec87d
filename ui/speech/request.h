/* What kiosk asks of the speech program, and what that answers: one datagram each on a socket pair
 * (AF_UNIX, SOCK_SEQPACKET).
 *
 *   say <serial> <zh|en|voice> <private|public> <volume> <rate> <prompt or ->\n<text in UTF-8>
 *   stop <serial>\n
 *
 *   ready\n             it can be asked now
 *   begin <serial>\n    the first sound is made
 *   end <serial>\n      all of it was said
 *   stopped <serial>\n  it was cut off, and nothing of it is waiting any more
 *   mute\n              there is no sound device; everything is taken and nothing heard
 *
 * Pure; any thread. */
#pragma once

#include <stdint.h>

#include "ui/speech/utterance.h"

enum {
    SPEECH_VOLUME_MAX = 10,
    SPEECH_RATE_MIN = 80, /* words a minute, as the engine counts */
    SPEECH_RATE_MAX = 300,
    SPEECH_REQUEST_MAX = UTTERANCE_MAX + 128,
};

enum speech_verb { SPEECH_SAY, SPEECH_STOP };

struct speech_request {
    enum speech_verb verb;
    uint32_t serial;
    enum say_language language;
    char voice[SAY_VOICE]; /* another one of the engine's: small letters and dashes; "" none */
    bool is_private;
    int volume, rate;
    char prompt[PROMPT_MAX]; /* small letters, digits, dashes: never a path */
    char text[UTTERANCE_MAX];
};

/* Length written, without a NUL; 0: it does not fit. */
size_t speech_request_write(char out[SPEECH_REQUEST_MAX], const struct speech_request *r);
/* 0, or -EBADMSG: not a request. */
NODISCARD int speech_request_read(struct speech_request *out, const char *data, size_t length);

enum speech_answer_kind {
    SPEECH_READY,
    SPEECH_BEGIN,
    SPEECH_END,
    SPEECH_STOPPED,
    SPEECH_MUTE,
    SPEECH_ANSWERS
};
enum { SPEECH_ANSWER_MAX = 32 };
struct speech_answer {
    enum speech_answer_kind kind;
    uint32_t serial;
};
size_t speech_answer_write(char out[SPEECH_ANSWER_MAX], const struct speech_answer *a);
NODISCARD int speech_answer_read(struct speech_answer *out, const char *data, size_t length);
