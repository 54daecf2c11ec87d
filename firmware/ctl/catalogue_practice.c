/* Do the exercises for practice fit a catalogue? */
#include <stdio.h>

#include "firmware/base/json.h"
#include "firmware/ctl/catalogue_inside.h"
#include "firmware/practice/exercise.h"

int ctl_catalogue_practice(const struct ctl *c, char **argv)
{
    char complaint[EXERCISE_COMPLAINT], today[9];
    AUTO(catalogue_free) struct catalogue *catalogue = NULL;
    AUTO(exercises_free) struct exercises *all = NULL;
    if (ctl_load(&catalogue, argv[0]))
        return 1;
    if (exercises_load_file(&all, argv[1], complaint))
        return ctl_fail("%s: %s", argv[1], complaint);
    json_t *list = c->is_json ? json_array() : NULL;
    size_t wrong = 0;
    ctl_today(today);
    for (size_t i = 0; i < all->count; i++) {
        if (exercise_fits(&all->list[i], catalogue, *today ? today : NULL, complaint))
            continue;
        wrong++;
        if (list)
            json_array_append_new(list, json_string(complaint));
        else
            puts(complaint);
    }
    if (list)
        ctl_print_json(json_pack("{sIso}", "exercises", (json_int_t)all->count, "findings", list));
    else if (!wrong)
        printf("%zu exercises fit\n", all->count);
    return wrong ? 1 : 0;
}
