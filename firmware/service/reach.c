#include "firmware/service/reach.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

/* ---- reading ---------------------------------------------------------------------------- */

void reach_read(struct reach_facts *out, const json_t *status)
{
    json_int_t quality = json_integer_value(json_object_get(status, "clock_quality"));
    *out = (struct reach_facts){
        .tries = json_integer_value(json_object_get(status, "tries")),
        .is_joined = json_is_true(json_object_get(status, "enrolled")),
        .clock_quality = quality > CLOCK_UNSET && quality <= CLOCK_NTP ? (enum clock_quality)quality
                                                                       : CLOCK_UNSET,
    };
    text_copy(out->cable, sizeof(out->cable), json_text_at(status, "cable"));
    text_copy(out->address, sizeof(out->address), json_text_at(status, "address"));
    text_copy(out->county, sizeof(out->county), json_text_at(status, "county"));
    text_copy(out->trouble, sizeof(out->trouble), json_text_at(status, "trouble"));
}

/* ---- judging ---------------------------------------------------------------------------- */

/* Somebody answered, if only to say no: the way as far as there is sound. */
static bool is_answered(const struct reach_facts *f)
{
    static const char *const words[] = { "", "turned-away", "sick", "dates" };
    for (size_t i = 0; f->tries && i < sizeof(words) / sizeof(words[0]); i++)
        if (!strcmp(words[i], f->trouble))
            return true;
    return false;
}

static struct reach_line judge_cable(const struct reach_facts *f)
{
    if (!strcmp(f->cable, "in"))
        return (struct reach_line){ REACH_WELL, "网线插好了，对面有设备。",
                                    "The cable is in, and somebody is at its other end." };
    if (!strcmp(f->cable, "out"))
        return (struct reach_line){ REACH_FAILED,
                                    "网线没有插好，或者对面没有通电。请看网线、墙上的口和交换机。",
                                    "Nothing is at the other end. Look at the cable, the socket in "
                                    "the wall and the switch." };
    if (is_answered(f))
        return (struct reach_line){ REACH_WELL, "网络是通的。", "The network carries." };
    return (struct reach_line){ REACH_FAILED, "没有找到网卡，请报修。",
                                "No network card was found. Call for repair." };
}

static struct reach_line judge_address(const struct reach_facts *f, const struct reach_line *cable)
{
    if (*f->address)
        return (struct reach_line){ REACH_WELL, "本机有地址。", "The kiosk has an address." };
    if (is_answered(f))
        return (struct reach_line){ REACH_WELL, "不需要别的地址。", "No other address is needed." };
    if (cable->state != REACH_WELL)
        return (struct reach_line){ REACH_UNKNOWN, "先接好网线。", "The cable comes first." };
    return (struct reach_line){ REACH_FAILED,
                                "没有得到地址。如果网络不自动给地址，请在“设置网络”里填固定地址。",
                                "The network gave no address. If it gives none by itself, type one "
                                "under \"Set up the network\"." };
}

static struct reach_line judge_name(const struct reach_facts *f, const struct reach_line *address)
{
    bool is_number = *f->county && strspn(f->county, "0123456789.:[]") == strlen(f->county);
    if (is_number)
        return (struct reach_line){ REACH_WELL, "县平台用数字地址，不用查。",
                                    "The county is set up by number: nothing to look up." };
    if (address->state != REACH_WELL)
        return (struct reach_line){ REACH_UNKNOWN, "先要有地址。", "The address comes first." };
    if (!f->tries)
        return (struct reach_line){ REACH_UNKNOWN, "还没有试过。", "Not tried yet." };
    if (!strcmp(f->trouble, "name"))
        return (struct reach_line){ REACH_FAILED,
                                    "查不到县平台在哪里。请看域名服务器的地址，或问网络管理员。",
                                    "Nobody says where the county is. Look at the name server's "
                                    "address, or ask whoever runs the network." };
    return (struct reach_line){ REACH_WELL, "查到了县平台的地址。",
                                "It is known where the county is." };
}

static const struct {
    const char *trouble;
    struct reach_line line;
} answers[] = {
    { "", { REACH_WELL, "县平台有应答。", "The county answers." } },
    { "name", { REACH_UNKNOWN, "先要查到地址。", "Its address comes first." } },
    { "silent",
      { REACH_FAILED, "县平台没有应答。网关或防火墙可能不通，请问网络管理员。",
        "The county does not answer. The gateway or a firewall may be in the way: ask whoever runs "
        "the network." } },
    { "stranger",
      { REACH_FAILED, "应答的不是县平台，证书不对。什么都没有发出去，请告诉县里。",
        "Somebody else answers: the certificate is not the county's. Nothing was sent. Tell the "
        "county." } },
    { "dates",
      { REACH_FAILED, "证书的日期和本机时间对不上。请看下面的时间。",
        "The certificate does not fit this kiosk's clock. Look at the clock below." } },
    { "login",
      { REACH_FAILED, "网络要求先登录。请问网络管理员。",
        "The network asks for a login first. Ask whoever runs it." } },
    { "turned-away",
      { REACH_FAILED, "县平台不认这台机器了。请告诉县里。",
        "The county does not know this kiosk any more. Tell the county." } },
    { "sick",
      { REACH_LOOK, "县平台暂时不能服务，过一会儿会再试。",
        "The county is there and cannot serve at the moment. It is tried again." } },
};

static struct reach_line judge_county(const struct reach_facts *f, const struct reach_line *address)
{
    if (address->state != REACH_WELL)
        return (struct reach_line){ REACH_UNKNOWN, "先要有地址。", "The address comes first." };
    for (size_t i = 0; f->tries && i < sizeof(answers) / sizeof(answers[0]); i++)
        if (!strcmp(answers[i].trouble, f->trouble))
            return answers[i].line;
    return (struct reach_line){ REACH_UNKNOWN, "还没有试过。", "Not tried yet." };
}

static struct reach_line judge_clock(const struct reach_facts *f)
{
    if (f->clock_quality >= CLOCK_HTTP_DATE)
        return (struct reach_line){ REACH_WELL, "时间已经校准。", "The clock was set by others." };
    if (f->clock_quality == CLOCK_UNSET)
        return (struct reach_line){ REACH_FAILED, "时间没有校准。连上县平台后会自动校准。",
                                    "The clock is not set. It sets itself once the county "
                                    "answers." };
    return (struct reach_line){ REACH_LOOK, "用的是本机自己的时间。连上县平台后会自动校准。",
                                "It goes by its own clock, which sets itself once the county "
                                "answers." };
}

void reach_judge(struct reach *out, const struct reach_facts *f)
{
    struct reach_line *l = out->lines;
    l[REACH_CABLE] = judge_cable(f);
    l[REACH_ADDRESS] = judge_address(f, &l[REACH_CABLE]);
    l[REACH_NAME] = judge_name(f, &l[REACH_ADDRESS]);
    l[REACH_COUNTY] = judge_county(f, &l[REACH_ADDRESS]);
    l[REACH_CLOCK] = judge_clock(f);
    out->is_well = true;
    for (int i = 0; i < REACH_PARTS; i++)
        out->is_well &= l[i].state == REACH_WELL || l[i].state == REACH_LOOK;
}

const char *reach_part_word(enum reach_part part)
{
    static const char *const words[REACH_PARTS] = { "cable", "address", "name", "county", "clock" };
    return (size_t)part < REACH_PARTS ? words[part] : "";
}
