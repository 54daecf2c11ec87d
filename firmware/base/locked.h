/* Memory for person data: its own pages, locked into RAM, left out of core files, wiped before it
 * goes back. */
#pragma once

#include <stddef.h>

#include "firmware/base/fault.h"

/* Zeroed. NULL without memory; a failed mlock (RLIMIT_MEMLOCK) is logged and the memory used all
 * the same, since a desktop must run: board units set the limit, and the machine has no swap. */
void *locked_new(size_t size);
void locked_free(void *memory, size_t size); /* wipes; NULL is fine */

/* Make every jansson allocation of this process wiped when it is freed. Before any use of jansson.
 */
void locked_json(void);

/* No core files, no ptrace by the same user, and (as far as limits allow) no page of this process
 * on a swap device. */
void locked_process(void);
