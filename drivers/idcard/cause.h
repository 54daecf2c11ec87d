/* Why a reader does not work: one value for each thing somebody can do about it. */
#pragma once

#include "drivers/idcard/models.h"
#include "drivers/usb/usb.h"

enum reader_cause {
    READER_WORKS,
    READER_NOT_FOUND,        /* nothing on the bus or the serial line looks like one */
    READER_PERMISSION,       /* the device file may not be opened */
    READER_KERNEL_DRIVER,    /* a driver of the kernel holds the interface */
    READER_BUSY,             /* another program holds it */
    READER_WRONG_STYLE,      /* its interface speaks none of the styles known */
    READER_WRONG_PORT,       /* something is on the serial line, but no reader answers there */
    READER_ENVELOPE,         /* a model whose envelope this firmware does not speak */
    READER_UNCONFIRMED,      /* perhaps a reader: nobody knows what it speaks */
    READER_BOOTLOADER,       /* waits for firmware */
    READER_SAM_SICK,         /* its security module failed the self-test (status 60) */
    READER_SAM_UNAUTHORISED, /* its security module is not authorised for use (status 66) */
    READER_SILENT,           /* opened, but no valid answer comes */
    READER_GONE,             /* was pulled out while it was asked */
    READER_BROKEN,           /* the system reports an error nobody planned for */
    READER_CAUSES,
};

/* Sentence id, "reader.permission": for translations and for machines. Static storage. */
const char *reader_cause_id(enum reader_cause cause);
/* One English sentence that says what is wrong and what to do. Static storage. */
const char *reader_cause_sentence(enum reader_cause cause);
/* What a result of sdt_connect(), sdt_usb_open() or usb_open() means. */
enum reader_cause reader_cause_of_open(int result);
/* What the ids alone say: READER_WORKS (worth opening), READER_NOT_FOUND (no reader at all), or why it is left alone. */
enum reader_cause reader_cause_of_model(const struct usb_info *info);
