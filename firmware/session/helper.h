/* Who helps, and how (SS-15, SS-42): the four ways of a shop-keeper. Chosen by whoever takes over the screen. */
#pragma once

#include <stdbool.h>

enum help_mode {
    HELP_NONE,
    HELP_GUIDE,  /* 引办: shown the way, the resident fills in */
    HELP_ASSIST, /* 协办: filled in together */
    HELP_ACT, /* 代办: an agent acts, with consent; never chosen, it follows from the agent's card */
    HELP_DO, /* 帮办: staff fill it in for them */
    HELP_MODES
};

/* What was helped with: the five services of a helper (表格填写、网上申报、手机注册、材料上传、全程网办). */
enum help_service {
    HELP_WITH_NONE, /* nobody said */
    HELP_WITH_FORM,
    HELP_WITH_ONLINE,
    HELP_WITH_PHONE,
    HELP_WITH_UPLOAD,
    HELP_WITH_WHOLE,
    HELP_SERVICES
};

struct helper {
    enum help_mode mode; /* of the present draft */
    enum help_service service;
    bool is_helping; /* the screen is in the helper's hands now */
};

/* "guide", "assist", "act", "do"; "" for none. Words of the sealed item. */
const char *help_mode_word(enum help_mode mode);
/* "form", "online", "phone", "upload", "whole"; "" for none. Words of the sealed item. */
const char *help_service_word(enum help_service service);
/* The reverse; HELP_WITH_NONE for anything else. */
enum help_service help_service_named(const char *word);
/* The reverse; HELP_NONE for anything else. */
enum help_mode help_mode_named(const char *word);
