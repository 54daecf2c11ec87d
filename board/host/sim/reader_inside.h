/* The state of the simulated ID reader, shared by its two files: the device (descriptors, pipes, plate) and its answers. */
#pragma once

#include "board/host/sim/reader_model.h"

enum { READER_FRAME_MAX = 2400, READER_PIPES = 2, HID_REPORT = 64 };

enum sim_reader_fault {
    READER_NONE,
    READER_SILENCE,
    READER_CHECKSUM,
    READER_TRUNCATED,
    READER_TOO_LONG,
    READER_TOO_SHORT,
    READER_STALE,
    READER_JUNK_BEFORE,
    READER_JUNK_BEHIND,
    READER_STALL,
    READER_INNER_LIE,
    READER_AUTH,
    READER_READ,
    READER_WRONG_CARD,
    READER_SAM_SICK,
    READER_SAM_FAILED,
};

/* Bytes on their way to the host. */
struct sim_pipe {
    uint8_t data[READER_FRAME_MAX];
    size_t used, sent;
    bool is_halted;
};

struct sim_reader {
    struct sim_device device;
    enum sim_reader_style style;
    bool has_card, was_read, is_selected, is_bytewise, finds_again;
    bool lacks_presence, mutes_presence; /* 30 03 is answered with 21, or not at all */
    uint8_t text[SIM_CARD_TEXT];
    enum sim_reader_fault fault;
    unsigned fault_left; /* 0: until "none" */
    unsigned reads;
    uint8_t request[64];
    size_t requested;
    struct sim_pipe pipes[READER_PIPES];
};

/* Answers what stands in `request`, once it is whole; what cannot become a request is dropped. True: it was one. */
bool sim_reader_take_request(struct sim_reader *r);
/* Show the descriptors of this style. */
void sim_reader_describe(struct sim_reader *r, enum sim_reader_style style);
