#include "drivers/smartcard/pcsc.h"

#include <stdlib.h>
#include <string.h>

#ifdef WITH_PCSC
#include <winscard.h>

enum { READERS_TEXT = 2048 };

struct pcsc {
    SCARDCONTEXT context;
    SCARDHANDLE card;
    DWORD protocol;
    bool has_context, has_card;
};

/* The one place that turns PC/SC's codes into ours. */
static int outcome_of(LONG code)
{
    switch ((uint32_t)code) {
    case (uint32_t)SCARD_S_SUCCESS:
        return 0;
    case (uint32_t)SCARD_E_NO_SERVICE:
    case (uint32_t)SCARD_E_SERVICE_STOPPED:
        return SMARTCARD_E_NO_SERVICE;
    case (uint32_t)SCARD_E_NO_READERS_AVAILABLE:
    case (uint32_t)SCARD_E_READER_UNAVAILABLE:
    case (uint32_t)SCARD_E_UNKNOWN_READER:
        return SMARTCARD_E_NO_READER;
    case (uint32_t)SCARD_E_NO_SMARTCARD:
        return SMARTCARD_E_NO_CARD;
    case (uint32_t)SCARD_W_UNRESPONSIVE_CARD:
    case (uint32_t)SCARD_W_UNPOWERED_CARD:
    case (uint32_t)SCARD_W_UNSUPPORTED_CARD:
    case (uint32_t)SCARD_E_PROTO_MISMATCH:
        return SMARTCARD_E_MUTE;
    case (uint32_t)SCARD_E_SHARING_VIOLATION:
        return SMARTCARD_E_BUSY;
    case (uint32_t)SCARD_W_REMOVED_CARD:
    case (uint32_t)SCARD_W_RESET_CARD:
        return SMARTCARD_E_REMOVED;
    case (uint32_t)SCARD_E_NO_MEMORY:
        return fault_raise(-ENOMEM);
    default:
        return SMARTCARD_E_BROKEN;
    }
}

static void disconnect(void *context)
{
    struct pcsc *p = context;
    if (p->has_card)
        (void)SCardDisconnect(p->card, SCARD_UNPOWER_CARD);
    p->has_card = false;
}

/* Contexts die when a reader is replugged or the service restarts: everything is made anew. */
static void forget_service(struct pcsc *p)
{
    disconnect(p);
    if (p->has_context)
        (void)SCardReleaseContext(p->context);
    p->has_context = false;
}

static int connect_reader(struct pcsc *p, const char *reader, uint8_t *atr, size_t *atr_length)
{
    DWORD length = ATR_MAX, state = 0, name_length = 0;
    int r = outcome_of(SCardConnect(p->context, reader, SCARD_SHARE_SHARED,
                                    SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &p->card, &p->protocol));
    p->has_card = !r;
    if (!r)
        r = outcome_of(SCardStatus(p->card, NULL, &name_length, &state, NULL, atr, &length));
    *atr_length = r || length > ATR_MAX ? 0 : length;
    return r;
}

/* The first reader with a card in it; otherwise what the last one said. */
static int connect_any(struct pcsc *p, const char *names, uint8_t *atr, size_t *atr_length,
                       char reader[SMARTCARD_READER_NAME])
{
    int r = SMARTCARD_E_NO_READER;
    for (const char *name = names; *name; name += strlen(name) + 1) {
        r = connect_reader(p, name, atr, atr_length);
        if (!r) {
            size_t length = strnlen(name, SMARTCARD_READER_NAME - 1);
            memcpy(reader, name, length);
            reader[length] = 0;
            return 0;
        }
        disconnect(p);
    }
    return r;
}

static int connect_card(void *context, uint8_t *atr, size_t *atr_length,
                        char reader[SMARTCARD_READER_NAME])
{
    struct pcsc *p = context;
    char names[READERS_TEXT + 2] = { 0 }; /* ends in two NULs, whatever the service writes */
    DWORD length = READERS_TEXT;
    int r = 0;
    disconnect(p);
    if (!p->has_context)
        r = outcome_of(SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &p->context));
    p->has_context = !r;
    if (!r)
        r = outcome_of(SCardListReaders(p->context, NULL, names, &length));
    if (!r)
        r = connect_any(p, names, atr, atr_length, reader);
    if (r == SMARTCARD_E_NO_SERVICE || r == SMARTCARD_E_BROKEN || r < 0)
        forget_service(p);
    return r;
}

static int transmit(void *context, const uint8_t *command, size_t length, uint8_t *reply,
                    size_t size, size_t *reply_length)
{
    struct pcsc *p = context;
    DWORD got = size;
    *reply_length = 0;
    if (!p->has_card)
        return SMARTCARD_E_REMOVED;
    const SCARD_IO_REQUEST *how = p->protocol == SCARD_PROTOCOL_T1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
    int r = outcome_of(SCardTransmit(p->card, how, command, length, NULL, reply, &got));
    if (!r)
        *reply_length = got;
    if (r)
        disconnect(p);
    return r;
}

void pcsc_free(struct pcsc *p)
{
    if (!p)
        return;
    forget_service(p);
    free(p);
}

#else /* built without pcscd */

struct pcsc {
    int nothing;
};

static int connect_card(void *context, uint8_t *atr, size_t *atr_length,
                        char reader[SMARTCARD_READER_NAME])
{
    (void)context, (void)atr;
    *atr_length = 0;
    reader[0] = 0;
    return SMARTCARD_E_NO_SERVICE;
}

static int transmit(void *context, const uint8_t *command, size_t length, uint8_t *reply,
                    size_t size, size_t *reply_length)
{
    (void)context, (void)command, (void)length, (void)reply, (void)size;
    *reply_length = 0;
    return SMARTCARD_E_NO_SERVICE;
}

static void disconnect(void *context)
{
    (void)context;
}

void pcsc_free(struct pcsc *p)
{
    free(p);
}

#endif

bool pcsc_is_built(void)
{
#ifdef WITH_PCSC
    return true;
#else
    return false;
#endif
}

int pcsc_new(struct pcsc **out)
{
    struct pcsc *p = calloc(1, sizeof(*p));
    if (!p)
        return fault_raise(-ENOMEM);
    *out = p;
    return 0;
}

struct smartcard_port pcsc_port(struct pcsc *p)
{
    return (struct smartcard_port){ p, connect_card, transmit, disconnect };
}
