/* The driver of the ID reader with a simulated reader behind its port, and time that passes only in waits. One at a time.
 * A test that uses it links drivers/idcard, firmware/card and board/host/sim. */
#pragma once

#include "board/host/sim/reader_model.h"
#include "drivers/idcard/idcard.h"

extern struct rig {
    struct fake_clock clock;
    struct sim_reader *model;
    struct idcard *card;
    struct person person;
    bool is_pulled;
    int wait_ms;
    unsigned
        odd_request; /* command and parameter that are answered not by the model but by odd_sw3 alone; 0: none */
    uint8_t odd_sw3, odd_reply[11];
    size_t odd_left;
} rig;

/* For every test: a fresh reader, not asked anything yet. */
int rig_setup(void **state);
int rig_teardown(void **state);
#define RIG(name) cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

/* A mainland card of the test person with this number. */
void rig_lay(const char *number);
void rig_lay_test_person(void);
/* From now on this request (command, parameter) is answered with nothing but this SW3; 0: no more. */
void rig_answer_oddly(unsigned request, uint8_t sw3);
/* Steps until something happens, at most `limit_ms` of the rig's time; the person is in rig.person. */
enum idcard_event rig_next(int limit_ms);
/* Until it is ready. */
void rig_begin(void);
