#include "tests/pcsc/fake_winscard.h"

struct fake_pcsc fake_pcsc;

#if __has_include(<winscard.h>)
#include <string.h>
#include <winscard.h>

static const uint32_t no_card = 0x8010000c;

static LONG code_of(enum fake_call call)
{
    return (LONG)fake_pcsc.fails[call];
}

LONG SCardEstablishContext(DWORD scope, LPCVOID a, LPCVOID b, LPSCARDCONTEXT out)
{
    (void)scope, (void)a, (void)b;
    if (fake_pcsc.fails[FAKE_ESTABLISH])
        return code_of(FAKE_ESTABLISH);
    *out = 1;
    fake_pcsc.contexts++;
    fake_pcsc.established++;
    return SCARD_S_SUCCESS;
}

LONG SCardReleaseContext(SCARDCONTEXT context)
{
    (void)context;
    fake_pcsc.contexts--;
    return SCARD_S_SUCCESS;
}

LONG SCardListReaders(SCARDCONTEXT context, LPCSTR groups, LPSTR names, LPDWORD length)
{
    static const char list[] = "Empty reader 00 00\0Virtual reader 01 00\0";
    (void)context, (void)groups;
    if (fake_pcsc.fails[FAKE_LIST])
        return code_of(FAKE_LIST);
    if (fake_pcsc.has_long_name) { /* not even ended */
        memset(names, 'x', *length);
        return SCARD_S_SUCCESS;
    }
    memcpy(names, list, sizeof(list));
    *length = sizeof(list);
    return SCARD_S_SUCCESS;
}

LONG SCardConnect(SCARDCONTEXT context, LPCSTR reader, DWORD mode, DWORD protocols,
                  LPSCARDHANDLE out, LPDWORD protocol)
{
    (void)context, (void)mode, (void)protocols;
    if (fake_pcsc.fails[FAKE_CONNECT])
        return code_of(FAKE_CONNECT);
    if (*reader == 'E' || fake_pcsc.has_no_card)
        return (LONG)no_card;
    virtual_card_reset(&fake_pcsc.card);
    *out = 7;
    *protocol = fake_pcsc.is_t1 ? SCARD_PROTOCOL_T1 : SCARD_PROTOCOL_T0;
    fake_pcsc.cards++;
    return SCARD_S_SUCCESS;
}

LONG SCardDisconnect(SCARDHANDLE card, DWORD disposition)
{
    (void)card, (void)disposition;
    fake_pcsc.cards--;
    return SCARD_S_SUCCESS;
}

LONG SCardStatus(SCARDHANDLE card, LPSTR name, LPDWORD name_length, LPDWORD state, LPDWORD protocol,
                 LPBYTE atr, LPDWORD atr_length)
{
    (void)card, (void)name, (void)name_length, (void)protocol;
    if (fake_pcsc.fails[FAKE_STATUS])
        return code_of(FAKE_STATUS);
    *state = SCARD_PRESENT;
    memcpy(atr, virtual_atr, VIRTUAL_ATR);
    *atr_length = fake_pcsc.has_long_atr ? 4000 : VIRTUAL_ATR;
    return SCARD_S_SUCCESS;
}

LONG SCardTransmit(SCARDHANDLE card, const SCARD_IO_REQUEST *how, LPCBYTE command, DWORD length,
                   SCARD_IO_REQUEST *how_back, LPBYTE reply, LPDWORD reply_length)
{
    uint8_t answer[258];
    (void)card, (void)how, (void)how_back;
    if (fake_pcsc.fails[FAKE_TRANSMIT])
        return code_of(FAKE_TRANSMIT);
    size_t count = virtual_card_answer(&fake_pcsc.card, command, length, answer);
    count = count < *reply_length ? count : *reply_length;
    memcpy(reply, answer, count);
    *reply_length = count;
    return SCARD_S_SUCCESS;
}
#endif
