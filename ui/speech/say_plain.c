#include <string.h>

#include "ui/speech/say.h"

int say_plain(struct said *out, const char *text)
{
    said_clear(out);
    size_t length = strnlen(text, SAY_TEXT_MAX);
    out->pieces[0] = (struct said_piece){ SAY_EN, 0 };
    out->count = 1;
    int r = bytes_append(&out->text, text, length);
    if (!r)
        r = bytes_append(&out->text, "", 1);
    for (size_t i = 0; !r && i < length; i++)
        if (out->text.data[i] == '*')
            out->text.data[i] = ' ';
    if (r)
        said_clear(out);
    return r;
}
