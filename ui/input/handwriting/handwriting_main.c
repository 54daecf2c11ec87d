/* handwriting: reads drawn characters, one JSON line each, and answers with a line of candidates. The
 * recogniser of the kiosk at the desk of whoever measures it or writes a test. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/input/handwriting/handwriting.h"
#include "ui/input/handwriting/ink_line.h"

enum { LINE_BYTES_MAX = 16 << 20, PATH_BYTES = 4096 };

static int usage(FILE *to)
{
    fprintf(
        to,
        "usage: handwriting [--candidates N] [--model FILE]\n"
        "Reads lines {\"width\":W,\"height\":H,\"strokes\":[[[x,y,ms],...],...]} and answers each\n"
        "with {\"candidates\":[\"...\",...]}, likeliest first. N is 1 to %d, else 10.\n",
        HANDWRITING_CANDIDATES_MAX);
    return to == stdout ? 0 : 2;
}

static json_t *words_of(const struct handwriting *hw, const struct handwriting_point *points,
                        size_t count, size_t wanted)
{
    struct handwriting_candidate found[HANDWRITING_CANDIDATES_MAX];
    size_t n = handwriting_recognise(hw, points, count, found, wanted);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, json_string(found[i].text));
    return list;
}

/* Answer one line. Returns 0 or a fault. */
static int answer(const struct handwriting *hw, const char *line, size_t length, size_t wanted)
{
    char complaint[JSON_COMPLAINT] = "";
    struct handwriting_point *points = NULL;
    size_t count = 0;
    AUTO(json_release) json_t *reply = json_object();
    int r = INK_LINE_E_BAD;
    if (length > LINE_BYTES_MAX)
        snprintf(complaint, sizeof(complaint), "longer than %d bytes", LINE_BYTES_MAX);
    else
        r = ink_line_read(&points, &count, line, length, complaint);
    if (r < 0)
        return r;
    json_object_set_new(reply, "candidates",
                        r ? json_array() : words_of(hw, points, count, wanted));
    free(points);
    if (r)
        json_object_set_new(reply, "error", json_string(complaint));
    char *text = reply ? json_canonical(reply) : NULL;
    if (!text)
        return fault_raise(-ENOMEM);
    bool is_said = puts(text) >= 0 && !fflush(stdout);
    json_text_free(text);
    return is_said ? 0 : -EPIPE;
}

static int answer_all(const struct handwriting *hw, size_t wanted)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    int r = 0;
    while (!r && (length = getline(&line, &room, stdin)) >= 0) {
        size_t bytes = (size_t)length;
        r = answer(hw, line, bytes - (bytes && line[bytes - 1] == '\n'), wanted);
    }
    free(line);
    return r;
}

int main(int argc, char **argv)
{
    static const struct option options[] = { { "candidates", required_argument, NULL, 'c' },
                                             { "model", required_argument, NULL, 'm' },
                                             { "help", no_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };
    char path[PATH_BYTES];
    const char *model = NULL;
    int wanted = 10, option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 'c' && text_to_int(&wanted, optarg) && wanted >= 1 &&
            wanted <= HANDWRITING_CANDIDATES_MAX)
            continue;
        if (option == 'm')
            model = optarg;
        else
            return usage(option == 'h' ? stdout : stderr);
    }
    if (optind != argc)
        return usage(stderr);
    if (!model && handwriting_find_model(path, sizeof(path)))
        model = path;
    AUTO(handwriting_free) struct handwriting *hw = NULL;
    int r = model ? handwriting_open(&hw, model) : HANDWRITING_E_ABSENT;
    if (r) {
        fprintf(stderr, "handwriting: %s: %s\n", model ? model : "the model",
                r == HANDWRITING_E_ABSENT ? "not found" : "cannot be used");
        return 1;
    }
    return answer_all(hw, (size_t)wanted) ? 1 : 0;
}
