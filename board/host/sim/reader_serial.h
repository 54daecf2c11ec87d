/* The simulated ID reader on a serial line: a pseudo terminal, whose other end a program opens like /dev/ttyUSB0. At a speed
 * that is not the reader's, each side hears noise. One thread, no waiting: the caller polls. */
#pragma once

#include <poll.h>

#include "board/host/sim/reader_model.h"

struct sim_serial; /* body in reader_serial.c */

enum { SIM_SERIAL_POLLS = 1 };

/* `r` is borrowed. `rate`: bits a second, one of 115200, 57600, 38400, 19200, 9600 (-EINVAL for any other). 0 or a fault. */
NODISCARD int sim_serial_new(struct sim_serial **out, struct sim_reader *r, int rate);
/* Pulls the cable: whoever has the line open is told by the system. NULL is fine. */
void sim_serial_free(struct sim_serial *s);
AUTO_DEFINE(struct sim_serial, sim_serial_free)
/* The device file. Lives as long as the line. */
const char *sim_serial_path(const struct sim_serial *s);
size_t sim_serial_polls(const struct sim_serial *s, struct pollfd polls[SIM_SERIAL_POLLS]);
/* Hear what was sent and answer it. Returns how many bytes went to the host. */
size_t sim_serial_turn(struct sim_serial *s);
