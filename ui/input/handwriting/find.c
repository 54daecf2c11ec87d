/* Where the model is, seen from the program that runs. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ui/input/handwriting/handwriting.h"

#define NAME "handwriting.model"

/* From the program's folder: build/, a build folder below it, an installation; else from where we
 * are. */
static const char *const places[] = { "../assets/handwriting/" NAME,
                                      "../../assets/handwriting/" NAME, "../share/onetrip/" NAME,
                                      "../lib/onetrip/" NAME };

bool handwriting_find_model(char *path, size_t capacity)
{
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
    program[length > 0 ? length : 0] = 0;
    char *slash = strrchr(program, '/');
    for (size_t i = 0; slash && i < sizeof(places) / sizeof(places[0]); i++) {
        int n = snprintf(path, capacity, "%.*s/%s", (int)(slash - program), program, places[i]);
        if (n > 0 && (size_t)n < capacity && !access(path, R_OK))
            return true;
    }
    int n = snprintf(path, capacity, "assets/handwriting/" NAME);
    return n > 0 && (size_t)n < capacity && !access(path, R_OK);
}
