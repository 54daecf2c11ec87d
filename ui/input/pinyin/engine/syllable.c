#include <string.h>

#include "ui/input/pinyin/engine/fit.h"

/* The syllables of Mandarin by their initial (GB/T 16159, Scheme for the Chinese Phonetic Alphabet), v for ü. */
static const struct {
    const char *initial;
    const char *finals; /* each between blanks */
} table[] = {
    { "b", " a ai an ang ao ei en eng i ian iao ie in ing o u " },
    { "p", " a ai an ang ao ei en eng i ian iao ie in ing o ou u " },
    { "m", " a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u " },
    { "f", " a an ang ei en eng o ou u " },
    { "d", " a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo " },
    { "t", " a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo " },
    { "n", " a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve ue " },
    { "l",
      " a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve ue " },
    { "g", " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo " },
    { "k", " a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo " },
    { "h", " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo " },
    { "j", " i ia ian iang iao ie in ing iong iu u uan ue un " },
    { "q", " i ia ian iang iao ie in ing iong iu u uan ue un " },
    { "x", " i ia ian iang iao ie in ing iong iu u uan ue un " },
    { "zh", " a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo " },
    { "ch", " a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo " },
    { "sh", " a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo " },
    { "r", " an ang ao e en eng i ong ou u uan ui un uo " },
    { "z", " a ai an ang ao e ei en eng i ong ou u uan ui un uo " },
    { "c", " a ai an ang ao e en eng i ong ou u uan ui un uo " },
    { "s", " a ai an ang ao e en eng i ong ou u uan ui un uo " },
    { "y", " a an ang ao e i in ing o ong ou u uan ue un " },
    { "w", " a ai an ang ei en eng o u " },
    { "", " a ai an ang ao e ei en eng er o ou " },
};

enum { LONGEST = 6 };

bool fit_is_syllable(const char *s, size_t n)
{
    if (!n || n > LONGEST)
        return false;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        size_t head = strlen(table[i].initial);
        char final[LONGEST + 3] = " ";
        if (head >= n || strncmp(s, table[i].initial, head))
            continue;
        memcpy(final + 1, s + head, n - head);
        memcpy(final + 1 + n - head, " ", 2);
        if (strstr(table[i].finals, final))
            return true;
    }
    return false;
}

size_t fit_syllables(const char *letters)
{
    enum { MOST = 128 };
    uint8_t least[MOST + 1] = { 0 }; /* syllables up to here plus 1; 0: no way */
    size_t n = strlen(letters);
    if (n > MOST)
        return 0;
    least[0] = 1;
    for (size_t at = 0; at < n; at++) {
        if (!least[at])
            continue;
        if (letters[at] == '\'') {
            if (!least[at + 1] || least[at + 1] > least[at])
                least[at + 1] = least[at];
            continue;
        }
        for (size_t k = 1; k <= LONGEST && at + k <= n; k++) {
            uint8_t next = (uint8_t)(least[at] + 1);
            if (fit_is_syllable(letters + at, k) && (!least[at + k] || least[at + k] > next))
                least[at + k] = next;
        }
    }
    return least[n] ? (size_t)(least[n] - 1) : 0;
}

size_t fit_bounded(const char *letters, unsigned most)
{
    enum { MOST = 128 };
    unsigned parts[MOST + 1]; /* the fewest that are no whole syllables, up to here */
    size_t n = strlen(letters), last = 0;
    if (n > MOST)
        return 0;
    for (size_t i = 0; i <= n; i++)
        parts[i] = i ? (unsigned)MOST : 0;
    for (size_t at = 0; at < n; at++) {
        unsigned one = parts[at] + (letters[at] != '\'');
        if (one < parts[at + 1])
            parts[at + 1] = one;
        for (size_t k = 1; k <= LONGEST && at + k <= n; k++)
            if (parts[at] < parts[at + k] && fit_is_syllable(letters + at, k))
                parts[at + k] = parts[at];
    }
    for (size_t i = 0; i <= n; i++)
        last = parts[i] <= most ? i : last;
    return last;
}
