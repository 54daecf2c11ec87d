#include "firmware/loop/faults.h"

#include "firmware/loop/kiosk.h"

static void hear_part(struct kiosk *k, bool *works, bool is_well, const char *part)
{
    if (*works && !is_well)
        link_count(k->link, "fault", "", part, 1);
    *works = is_well;
}

void faults_hear(struct kiosk *k, const struct event *event)
{
    struct paper_figures paper;
    if (event->kind == EV_READER)
        hear_part(k, &k->faults.has_reader, event->number != 0, "reader");
    if (event->kind != EV_PRINTER)
        return;
    paper_figures(k->paper, &paper);
    bool is_out = paper.cause == PRINTER_CAUSE_NO_PAPER || paper.cause == PRINTER_CAUSE_PAPER_SHORT;
    hear_part(k, &k->faults.has_printer, event->number != 0, is_out ? "paper" : "printer");
}
