/* Sentences that somebody has recorded (assets/speech/prompts.tsv). One thread. */
#pragma once

#include <stdint.h>

#include "firmware/base/fault.h"
#include "ui/speech/request.h"

struct prompts; /* body in prompts.c */

/* Reads <folder>/prompts.tsv: name, tab, Chinese, tab, English. Rows of another form are left out;
 * without the file there are none. 0 or -ENOMEM. */
NODISCARD int prompts_open(struct prompts **out, const char *folder);
void prompts_close(struct prompts *p);
AUTO_DEFINE(struct prompts, prompts_close)
/* Samples of a recording by its name; the caller frees them. 0, -ENOENT, -EINVAL. */
NODISCARD int prompts_read(const struct prompts *p, enum say_language language, const char *name,
                           int16_t **samples, size_t *count);
/* The same by the sentence, `length` bytes of it without blanks around. */
NODISCARD int prompts_find(const struct prompts *p, enum say_language language,
                           const char *sentence, size_t length, int16_t **samples, size_t *count);
/* Bytes up to the end of the first sentence of `text`, its mark included. */
size_t prompts_sentence(const char *text);
