#include "ui/text/qr.h"

#include <qrencode.h>
#include <string.h>

int qr_encode(struct qr *out, const char *payload)
{
    if (!*payload)
        return -EINVAL;
    for (const char *p = payload; *p; p++)
        if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7e)
            return -EINVAL;
    QRcode *code =
        QRcode_encodeData((int)strlen(payload), (const unsigned char *)payload, 0, QR_ECLEVEL_M);
    if (!code)
        return errno == ERANGE ? -EMSGSIZE : fault_raise(-ENOMEM);
    int r = code->width > QR_SIDE_MAX ? -EMSGSIZE : 0;
    memset(out, 0, sizeof(*out));
    out->side = r ? 0 : code->width;
    for (int y = 0; y < out->side; y++)
        for (int x = 0; x < out->side; x++)
            out->module[y][x] = code->data[y * code->width + x] & 1;
    QRcode_free(code);
    return r;
}
