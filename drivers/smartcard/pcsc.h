/* Smart card readers through pcscd (PC/SC; id-reader document, 5.2). Built with WITH_PCSC; without it every call says
 * SMARTCARD_E_NO_SERVICE, so that images without pcscd still run. One thread. */
#pragma once

#include "drivers/smartcard/smartcard.h"

struct pcsc; /* body in pcsc.c */

/* Was it built with it? */
bool pcsc_is_built(void);
/* Connects to nothing yet: the service may come and go. 0 or -ENOMEM. */
NODISCARD int pcsc_new(struct pcsc **out);
void pcsc_free(struct pcsc *p); /* NULL is fine */
AUTO_DEFINE(struct pcsc, pcsc_free)
struct smartcard_port pcsc_port(struct pcsc *p);
