#include "firmware/ctl/catalogue.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "firmware/base/bytes.h"
#include "firmware/base/json.h"
#include "firmware/catalogue/check.h"
#include "firmware/ctl/catalogue_inside.h"
#include "firmware/seal/agent_mark.h"

static const char usage[] = "catalogue check FILE | list FILE | show FILE CODE | diff OLD NEW | "
                            "point FILE POINT | practice FILE EXERCISES | "
                            "agent SALT < PERSON";

void ctl_today(char out[9])
{
    time_t now = time(NULL);
    struct tm t;
    if (!localtime_r(&now, &t) || !strftime(out, 9, "%Y%m%d", &t))
        out[0] = 0;
}

/* ---- check ---------------------------------------------------------------------------- */

static void print_finding(void *context, const struct finding *f)
{
    const char *weight = f->weight == FINDING_MISTAKE ? "mistake" : "note";
    json_t *list = context;
    if (list) {
        json_array_append_new(list, json_pack("{ssssssss}", "weight", weight, "item", f->item,
                                              "field", f->field, "sentence", f->sentence));
        return;
    }
    printf("%-7s %-5s %s%s%s\n", weight, *f->item ? f->item : "-", f->field, *f->field ? ": " : "",
           f->sentence);
}

static int check(const struct ctl *c, char **argv)
{
    struct bytes text AUTO_BYTES = { 0 };
    struct finding_count count;
    char complaint[CATALOGUE_COMPLAINT], today[9] = "";
    json_t *list = c->is_json ? json_array() : NULL;
    ctl_today(today);
    if (catalogue_read_file(&text, argv[0], complaint)) {
        json_decref(list);
        return ctl_fail("%s", complaint);
    }
    int r = catalogue_check(text.data ? (const void *)text.data : "", text.length,
                            *today ? today : NULL, print_finding, list, &count);
    if (r == -ENOMEM) {
        json_decref(list);
        return ctl_fail("not enough memory to check it");
    }
    if (list)
        ctl_print_json(json_pack("{sIsIso}", "mistakes", (json_int_t)count.mistakes, "notes",
                                 (json_int_t)count.notes, "findings", list));
    else if (!count.mistakes && !count.notes)
        puts("nothing to mend");
    else
        printf("%zu mistakes, %zu notes\n", count.mistakes, count.notes);
    return count.mistakes ? 1 : 0;
}

/* ---- diff ----------------------------------------------------------------------------- */

static void print_change(void *context, const char *line)
{
    json_t *list = context;
    if (list)
        json_array_append_new(list, json_string(line));
    else
        puts(line);
}

static int diff(const struct ctl *c, char **argv)
{
    AUTO(catalogue_free) struct catalogue *old = NULL;
    AUTO(catalogue_free) struct catalogue *fresh = NULL;
    if (ctl_load(&old, argv[0]) || ctl_load(&fresh, argv[1]))
        return 1;
    json_t *list = c->is_json ? json_array() : NULL;
    size_t changes = catalogue_diff(old, fresh, print_change, list);
    const char *fault = changes ? catalogue_succession_fault(old, fresh) : NULL;
    if (list)
        ctl_print_json(json_pack("{soss}", "changes", list, "version", fault ? fault : "rises"));
    else if (fault)
        printf("a kiosk would not take it: %s\n", fault);
    return changes ? 1 : 0;
}

/* ---- agent ---------------------------------------------------------------------------- */

enum { PERSON_MAX = 16 * 1024 };

/* The card from standard input, never from the command line, which others can read. */
static int read_card(char number[19], char valid_from[9])
{
    char text[PERSON_MAX], complaint[JSON_COMPLAINT];
    size_t length = fread(text, 1, sizeof(text), stdin);
    AUTO(json_release) json_t *card = json_parse(text, length, complaint);
    const char *n = json_string_value(json_object_get(card, "number")),
               *from = json_string_value(json_object_get(card, "valid_from"));
    bool is_card = n && from && strlen(n) == 18 && strlen(from) == 8;
    if (is_card) {
        memcpy(number, n, 19);
        memcpy(valid_from, from, 9);
    }
    explicit_bzero(text, sizeof(text));
    return is_card ? 0 : ctl_fail("standard input is no card: number and valid_from are needed");
}

/* The tag under which an agent stands in a point's list (FORMAT.md). */
static int agent(const struct ctl *c, char **argv)
{
    uint8_t salt[AGENT_MARK_SALT];
    char number[19], valid_from[9], tag[2 * AGENT_MARK_TAG + 1];
    struct agent_mark mark;
    if (hex_decode(salt, sizeof(salt), argv[0]))
        return ctl_fail("the salt must be 32 hexadecimal digits, as in the list");
    if (read_card(number, valid_from))
        return 1;
    int r = agent_mark(&mark, salt, number, valid_from);
    explicit_bzero(number, sizeof(number));
    if (r)
        return ctl_fail("not enough memory");
    hex_encode(tag, mark.tag, sizeof(mark.tag));
    explicit_bzero(&mark, sizeof(mark));
    if (c->is_json)
        ctl_print_json(json_pack("{ss}", "tag", tag));
    else
        puts(tag);
    return 0;
}

int ctl_catalogue(const struct ctl *c, int argc, char **argv)
{
    static const struct {
        const char *word;
        int arguments;
        int (*run)(const struct ctl *c, char **argv);
    } commands[] = {
        { "check", 1, check },
        { "list", 1, ctl_catalogue_list },
        { "show", 2, ctl_catalogue_show },
        { "diff", 2, diff },
        { "point", 2, ctl_catalogue_point },
        { "practice", 2, ctl_catalogue_practice },
        { "agent", 1, agent },
    };
    for (size_t i = 0; argc && i < sizeof(commands) / sizeof(commands[0]); i++)
        if (!strcmp(argv[0], commands[i].word) && argc - 1 == commands[i].arguments)
            return commands[i].run(c, argv + 1);
    ctl_fail("%s", usage);
    return 2;
}
