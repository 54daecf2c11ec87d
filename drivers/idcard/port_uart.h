/* SDT over a serial line (id-reader document, 1.4): 8N1, no flow control, the same frames. The speed is found by asking for
 * the reader's status at each one, from 115200 downward. One thread. */
#pragma once

#include "drivers/idcard/command.h"

enum { SDT_UART_RATES = 5, SDT_UART_ASK_MS = 500 };
extern const int sdt_uart_rates[SDT_UART_RATES]; /* bits a second, in the order they are tried */

struct sdt_uart {
    int fd; /* -1: closed */
    int rate;
};

/* Open the line for this program alone and find the speed. Blocks for at most SDT_UART_RATES x SDT_UART_ASK_MS.
 * 0, -ETIMEDOUT (no reader answers at any speed), -ENOTTY (the path is no serial line), -ENOENT, -EACCES, -EBUSY or another
 * fault. None of them leaves a trace line: a line without a reader is ordinary. */
NODISCARD int sdt_uart_open(struct sdt_uart *out, const char *path, const struct clock *clock);
void sdt_uart_close(struct sdt_uart *u); /* closing twice is fine */
struct sdt_port sdt_uart_port(struct sdt_uart *u);
