/* Kernel modules of the initramfs. */
#pragma once

/* Load the files that a list names, a line each, in its order, and take them away: the initramfs stays in memory
 * otherwise. One that the board does not need fails, is told on the console and missed by nobody. */
void module_list_load(const char *list);
