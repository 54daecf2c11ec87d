/* find-needles: where in a file any of many byte strings stands. Needles on standard input, a line each: hex digits, a blank, a label
 * without newline. Prints "OFFSET LABEL" for each place. For whole disks: one pass, whatever the number of needles. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE = 8192, HEAD = 3, HEADS = 1 << 24 };

struct needle {
    uint32_t head; /* its first three bytes */
    size_t length;
    uint8_t *bytes;
    char *label;
};

struct needles {
    struct needle *list; /* sorted by head */
    size_t count, room;
    uint8_t *has_head; /* a bit for each */
};

static uint32_t head_of(const uint8_t *p)
{
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static bool add(struct needles *n, const char *line)
{
    struct needle new = { 0 };
    size_t digits = strspn(line, "0123456789abcdef");
    if (digits < HEAD * 2 || digits % 2 || line[digits] != ' ')
        return false;
    if (n->count == n->room) {
        n->room = n->room ? n->room * 2 : 1024;
        n->list = reallocarray(n->list, n->room, sizeof(*n->list));
    }
    new.length = digits / 2;
    new.bytes = calloc(new.length + HEAD, 1);
    new.label = strdup(line + digits + 1);
    if (!n->list || !new.bytes || !new.label)
        return false;
    for (size_t i = 0; i < new.length; i++) {
        const char pair[3] = { line[2 * i], line[2 * i + 1], 0 };
        new.bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    new.head = head_of(new.bytes);
    n->has_head[new.head / 8] |= (uint8_t)(1 << new.head % 8);
    n->list[n->count++] = new;
    return true;
}

static int by_head(const void *a, const void *b)
{
    const struct needle *x = a, *y = b;
    return (x->head > y->head) - (x->head < y->head);
}

static bool read_needles(struct needles *n)
{
    char line[LINE];
    n->has_head = calloc(HEADS / 8, 1);
    while (n->has_head && fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (!add(n, line))
            return false;
    }
    if (n->count)
        qsort(n->list, n->count, sizeof(*n->list), by_head);
    return n->count > 0;
}

static size_t first_with(const struct needles *n, uint32_t head)
{
    size_t low = 0, high = n->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (n->list[middle].head < head)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void search(const struct needles *n, const uint8_t *data, size_t size)
{
    for (size_t at = 0; at + HEAD <= size; at++) {
        uint32_t head = head_of(data + at);
        if (!(n->has_head[head / 8] & 1 << head % 8))
            continue;
        for (size_t i = first_with(n, head); i < n->count && n->list[i].head == head; i++)
            if (n->list[i].length <= size - at &&
                !memcmp(data + at, n->list[i].bytes, n->list[i].length))
                printf("%zu %s\n", at, n->list[i].label);
    }
}

int main(int argc, char **argv)
{
    struct needles n = { 0 };
    struct stat s;
    int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
    if (argc != 2 || !read_needles(&n)) {
        fputs("usage: find-needles FILE < NEEDLES\n", stderr);
        return 2;
    }
    void *data = fd < 0 || fstat(fd, &s) || !s.st_size
                     ? MAP_FAILED
                     : mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) {
        fprintf(stderr, "find-needles: %s: %s\n", argv[1], strerror(errno));
        return 2;
    }
    (void)madvise(data, (size_t)s.st_size, MADV_SEQUENTIAL);
    search(&n, data, (size_t)s.st_size);
    return 0;
}
