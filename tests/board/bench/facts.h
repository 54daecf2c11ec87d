/* One line: "written=BYTES in-use=KIB address=10.0.2.15 kiosk=KIB kiosk-syncd=KIB": bytes written to the data partition since the start,
 * memory of the whole system that cannot be given back, the board's address, resident memory of each program of ours. */
#pragma once

#include <stddef.h>

void facts_tell(char *out, size_t size);
/* What a program of that name may, as /proc says: "Uid=65534 CapPrm=0000000000000000 NoNewPrivs=1 Seccomp=2"; "none" when none runs. */
void facts_rights(char *out, size_t size, const char *program);
