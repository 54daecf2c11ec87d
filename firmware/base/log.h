/* Log lines on stderr, one each, safe from any thread: `<priority>area: words`, the form that the
 * journal of systemd understands (sd-daemon(3)). Never pass person data: no names, numbers, phones,
 * addresses or form values; say lengths, kinds and states. Control bytes are shown as '?'. */
#pragma once

#include "firmware/base/fault.h"

enum log_level { LOG_ERROR = 3, LOG_WARNING = 4, LOG_NOTICE = 5, LOG_INFO = 6, LOG_DEBUG = 7 };

/* Lines less urgent than `level` are dropped. Default LOG_NOTICE; ONETRIP_LOG=debug|info|notice in
 * the environment changes it at the first line. */
void log_set_level(enum log_level level);
void log_line(enum log_level level, const char *area, const char *format, ...) PRINTF_LIKE(3, 4);
