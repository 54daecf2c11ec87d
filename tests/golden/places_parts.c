#include "tests/golden/places_parts.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/ident.h"
#include "firmware/base/json.h"

/* What clerks write is in one language; a picture of another page of words shows it in that page's. */
static const char *clerk(const struct visits *v, const char *zh, const char *en)
{
    return session_view(v->session)->language == LANGUAGE_ZH ? zh : en;
}

void place_told(struct visits *v, const char *state, const char *form, const char *first,
                const char *second)
{
    char timeline[4096];
    const char *words[] = { first, second };
    size_t used = 0, next = 0;
    for (; *form && used < sizeof(timeline) - 200; form++)
        used += (size_t)(*form == '@' ? snprintf(timeline + used, 200, "%s", words[next++ % 2])
                                      : snprintf(timeline + used, 2, "%c", *form));
    struct case_view c = { .where = CASE_COUNTY,
                           .server_ref = "330603-2026-000318",
                           .changed_ms = v->clock.wall - 86400000,
                           .as_of_ms = v->clock.wall - 3600000 };
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(timeline, strlen(timeline), complaint);
    timeline_read(&c.timeline, o);
    snprintf(c.state, sizeof(c.state), "%s", state);
    receipt_format(c.receipt, "K0012", 42);
    visits_event(v, EV_OPEN_PROGRESS, "", "");
    visits_event(v, EV_CLEAR, "", "");
    visits_event(v, EV_TYPE, "", c.receipt);
    visits_event(v, EV_NEXT, "", "");
    session_handle(v->session, &(struct event){ .kind = EV_CASE, .answer = &c });
}

#define OFFICE(zh, en) "\"office\":{\"zh\":\"" zh "\",\"en\":\"" en "\"}"
#define NAME(no, zh, en) "{\"no\":" #no ",\"name\":{\"zh\":\"" zh "\",\"en\":\"" en "\"},"
#define HOUSEHOLD NAME(1, "出生登记（报户口）", "Household registration") OFFICE("公安局", "Police")
#define INSURANCE NAME(2, "居民医保参保", "Medical insurance") OFFICE("医保局", "Healthcare")
#define CARD NAME(3, "社会保障卡", "Social security card") OFFICE("人社局", "Social security")
#define VACCINATION NAME(4, "预防接种档案", "Vaccination file") OFFICE("卫健局", "Health")
#define PENSION NAME(1, "社会保险参保登记", "Social insurance registration") HR
#define FLEXIBLE NAME(2, "灵活就业登记", "Flexible employment registration") HR
#define SUBSIDY NAME(3, "就业补贴", "Employment subsidy") HR
#define RENT NAME(4, "租房补贴", "Rent subsidy") OFFICE("建设局", "Housing")
#define SETTLING \
    NAME(5, "落户或居住登记", "Settling or residence registration") OFFICE("公安局", "Police")
#define PAPERS NAME(6, "档案接收", "Personnel file") HR
#define LEAGUE                                                  \
    NAME(7, "党团关系提示", "Party and League membership note") \
    OFFICE("组织部、团委", "Party and Youth League")
#define HR OFFICE("人社局", "Social security")
#define COSTS NAME(5, "生育医疗费用报销", "Childbirth costs") OFFICE("医保局", "Healthcare")

void place_parts_open(struct visits *v)
{
    place_told(v, "accepted",
               "{\"promised_by\":\"2026-12-03\",\"days_left\":4,\"parts\":[" HOUSEHOLD
               ",\"state\":\"accepted\",\"promised_by\":\"2026-12-01\",\"days_left\":2}," INSURANCE
               ",\"state\":\"accepted\",\"waits_for\":[1]}," CARD
               ",\"state\":\"received\",\"waits_for\":[1]}," VACCINATION
               ",\"state\":\"granted\",\"delivery\":{\"kind\":\"electronic\"}}," COSTS
               ",\"state\":\"accepted\",\"promised_by\":\"2026-11-24\",\"days_left\":-1}]}",
               "", "");
}

void place_parts_partial(struct visits *v)
{
    place_told(
        v, "granted",
        "{\"reason\":\"r\",\"parts\":[" HOUSEHOLD
        ",\"state\":\"delivered\",\"delivery\":{\"kind\":\"post\",\"tracking\":\"EX123456789CN\"}"
        "}," INSURANCE ",\"state\":\"granted\"}," CARD
        ",\"state\":\"granted\",\"delivery\":{\"kind\":\"pickup\",\"code\":\"004211\","
        "\"counter\":\"@\"}}," VACCINATION ",\"state\":\"granted\"}," COSTS
        ",\"state\":\"denied\",\"reason\":"
        "\"@\"}]}",
        clerk(v, "福全街道便民服务中心 3 号窗口", "Fuquan Service Centre, window 3"),
        clerk(v, "生育医疗费用已经由单位的职工医保支付，不能再报一次。",
              "The insurance of the employer has paid these costs already."));
    visits_event(v, EV_PRINT_CASE, "", "");
}

void place_waived(struct visits *v)
{
    place_told(
        v, "accepted",
        "{\"promised_by\":\"2026-12-09\",\"days_left\":10,\"waived\":[{\"paper\":\"guardian-"
        "proof\","
        "\"evidence\":\"@\"}],\"steps\":[{\"what\":\"received\",\"day\":\"2026-"
        "11-24\","
        "\"lane\":\"front\"},{\"what\":\"waive\",\"day\":\"2026-11-25\",\"lane\":\"front\"}]}",
        clerk(v, "村委会监护情况证明", "letter of the villagers' committee"), "");
}

/* Every way a part can stand, in one bundle as long as they come. */
void place_parts_many(struct visits *v)
{
    place_told(
        v, "correction_requested",
        "{\"owed\":[{\"material\":\"lease\",\"due\":\"2026-12-09\"}],\"parts\":[" PENSION
        ",\"state\":\"granted\"}," FLEXIBLE
        ",\"state\":\"suspended\",\"days_left\":4,\"paused_since\":\"2026-11-24\"}," SUBSIDY
        ",\"state\":\"correction_requested\"}," RENT
        ",\"state\":\"accepted_gap\",\"promised_by\":\"2026-12-07\",\"days_left\":6}," SETTLING
        ",\"state\":\"not_accepted\",\"reason\":\"@\"}"
        "," PAPERS ",\"state\":\"received\"}," LEAGUE ",\"state\":\"withdrawn\"}]}",
        clerk(v, "这件事归落户地的派出所管，请到那里去办。",
              "The police station of the new home does this."),
        "");
}
