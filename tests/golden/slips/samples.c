#include "tests/golden/slips/samples.h"

#define NUMBER "K0012-000042-7"
#define PAYLOAD "https://county.example/case/K0012-000042-7"

static const struct slip_words matter = { "重度残疾人护理补贴申领",
                                          "Care subsidy for people with a severe disability" };
static const struct slip_who who = { "*秀英", "3****************5" };

static const struct slip_item not_needed[] = {
    { .what = { "残疾人证", "Disability certificate" } },
    { .what = { "户籍信息", "Household register" } },
    { .what = { "低保、特困等救助信息", "Records of social assistance" } },
};
static const struct slip_item shown[] = { { .what = { "居民身份证", "Resident ID card" } } };
static const struct slip_item later[] = {
    { .what = { "市民卡（社会保障卡）银行账户", "Bank account of the citizen card" },
      .due = "2026-12-10" },
};
static const struct slip_item missing[] = {
    { .what = { "银行卡复印件", "Copy of the bank card" },
      .note = { "正面即可，写清开户行。", "The front is enough; write down the branch." } },
    { .what = { "监护人身份证", "ID card of the guardian" },
      .note = { "原件，当场核对后退还。", "The original; it is checked and given back at once." } },
    { .what = { "村（居）委会出具的照料情况说明", "Statement of care by the village committee" } },
};
static const struct slip_item steps[] = {
    { .what = { "在任意一台自助机申请", "Apply at any kiosk" } },
    { .what = { "街道核对，区残联、区民政局审定", "Township checks, county decides" } },
    { .what = { "按月发放到市民卡", "Paid to the citizen card every month" } },
};

#define LIST(items)                               \
    {                                             \
        sizeof(items) / sizeof((items)[0]), items \
    }

static int receipt(struct slip **out, const struct slip_head *head)
{
    const struct slip_receipt_text t = {
        .number = NUMBER,
        .payload = PAYLOAD,
        .matter = matter,
        .promised = { "10 个工作日", "10 working days" },
        .fee = { "不收费", "Free of charge" },
        .next = { "街道先核对，再由区残联、区民政局审定。通过的，从您申请的这个月起按月发放。结果按"
                  "您选的方式告诉您，材料齐的不用再来。",
                  "The township checks first, then the county decides. Once approved it is paid "
                  "every "
                  "month, from the month you applied. You will be told the way you chose; there is "
                  "no "
                  "need to come again." },
        .who = &who,
        .submitted = "2026-11-26 21:22",
        .not_needed = LIST(not_needed),
        .shown = LIST(shown),
        .later = LIST(later),
        .was_offline = true,
    };
    return slip_build_receipt(out, head, &t);
}

static int guest(struct slip **out, const struct slip_head *head)
{
    const struct slip_receipt_text t = {
        .number = NUMBER,
        .payload = PAYLOAD,
        .matter = { "12345 咨询投诉", "Question or complaint to 12345" },
        .promised = { "5 个工作日内答复", "An answer within 5 working days" },
        .fee = { "不收费", "Free of charge" },
        .next = { "由县 12345 平台转给主管部门，答复可在任意一台自助机上查看。",
                  "The county's 12345 desk passes it on. The answer can be read at any kiosk." },
        .submitted = "2026-11-26 21:22",
        .claim = "CODE-9WDVSQ5ZMMZ0N-2",
    };
    return slip_build_receipt(out, head, &t);
}

static int gap(struct slip **out, const struct slip_head *head)
{
    const struct slip_gap_text t = {
        .number = NUMBER,
        .payload = PAYLOAD,
        .accepted = "2026-11-26 21:22",
        .matter = matter,
        .who = &who,
        .hand_in = { "带到任意一台自助机或便民服务中心，也可以请代办员上门取。",
                     "Bring it to any kiosk or to the service centre, or ask the village agent to "
                     "fetch it." },
        .if_late = { "受理撤销，会书面告诉您原因；以后可以重新申请。",
                     "The acceptance is revoked, with the reason in writing. You may apply "
                     "again." },
        .owed = LIST(later),
    };
    return slip_build_gap(out, head, &t);
}

static int notice(struct slip **out, const struct slip_head *head)
{
    const struct slip_notice_text t = {
        .number = NUMBER,
        .payload = PAYLOAD,
        .deadline = "2026-12-10",
        .matter = matter,
        .who = &who,
        .where = { "福全街道便民服务中心一楼 3 号窗口", "Fuquan service centre, window 3" },
        .hours = { "周一至周五 8:30–17:00", "Mon–Fri 8:30–17:00" },
        .basis = { "《浙江省保障“最多跑一次”改革规定》第十一条",
                   "Zhejiang \"one trip\" regulation, article 11" },
        .missing = LIST(missing),
    };
    return slip_build_notice(out, head, &t);
}

static int ticket(struct slip **out, const struct slip_head *head)
{
    const struct slip_ticket_text t = {
        .ticket = "A012",
        .theme = { "社会保障", "Social security" },
        .window = { "2、3 号窗口", "Windows 2 and 3" },
        .priority = { "老年人优先", "Elder citizens first" },
        .ahead = 3,
        .minutes = 12,
        .taken = "2026-11-26 09:05",
        .bring = LIST(shown),
    };
    return slip_build_ticket(out, head, &t);
}

static int handoff(struct slip **out, const struct slip_head *head)
{
    return slip_build_handoff(
        out, head,
        &(struct slip_handoff_text){ .code = "1234 5678 9012 3450",
                                     .payload = "https://county.example/phone#1234567890123450",
                                     .until = "2026-11-27 10:05",
                                     .matter = matter,
                                     .has_owner = true });
}

static int booking(struct slip **out, const struct slip_head *head)
{
    const struct slip_booking_text t = {
        .number = NUMBER,
        .payload = PAYLOAD,
        .submitted = "2026-11-26 09:05",
        .matter = { "窗口办事预约", "Book a time at the counter" },
        .half = { "2026-11-27 下午", "2026-11-27 afternoon" },
        .where = { "区政务服务中心", "District Service Centre" },
        .who = &who,
        .bring = LIST(shown),
    };
    return slip_build_booking(out, head, &t);
}

static int escalation(struct slip **out, const struct slip_head *head)
{
    const struct slip_escalation_text t = {
        .number = "K0012-000043-5",
        .payload = "https://county.example/case/K0012-000043-5",
        .opened = "2026-11-26",
        .answer_by = "2026-11-27",
        .done_by = "2026-12-03",
        .owner = "综合窗口 章师傅",
        .owner_phone = "0575-85550100",
        .reason = { "材料缺：土地证一直没有发下来。", "A paper is missing: the land certificate "
                                                      "was never issued." },
    };
    return slip_build_escalation(out, head, &t);
}

static int withdrawal(struct slip **out, const struct slip_head *head)
{
    const struct slip_withdrawal_text t = {
        .number = "K0012-000043-5",
        .payload = "https://county.example/case/K0012-000043-5",
        .about = NUMBER,
        .submitted = "2026-11-26 09:05",
        .who = &who,
        .next = { "县里核对身份证与申请后停止办理，并予以确认。您随时可以重新申请。",
                  "The county compares your card with the application, stops the work and confirms "
                  "it. You can apply again at any time." },
    };
    return slip_build_withdrawal(out, head, &t);
}

/* A bundle of which some came to something and some did not. */
static int parts(struct slip **out, const struct slip_head *head)
{
    static const struct slip_item each[] = {
        { { "1  出生登记（报户口）", "1  Household registration" },
          { "办好了，已经送出 · 公安局 · 邮寄，快递单号 EX123456789CN",
            "It is done and handed over · Police · By post, number EX123456789CN" },
          NULL },
        { { "2  社会保障卡", "2  Social security card" },
          { "办好了 · 人社局", "It is done · Social security" },
          NULL },
        { { "3  生育医疗费用报销", "3  Childbirth costs" },
          { "没有批准 · 医保局", "Not approved · Healthcare" },
          NULL },
    };
    static const struct slip_words reasons[] = {
        { "", "" },
        { "取件码 004211，到 3 号窗口 领取", "Pickup code 004211, at: Window 3" },
        { "理由：已经由单位的职工医保支付，不能再报一次。",
          "The reason: 已经由单位的职工医保支付，不能再报一次。" },
    };
    const struct slip_status_text t = {
        .number = NUMBER,
        .payload = PAYLOAD,
        .state = { "部分办成", "Partly done" },
        .since = "2026-11-26 10:12",
        .as_of = "2026-11-26 21:20",
        .parts = LIST(each),
        .reasons = reasons,
        .remedy = { "不服的，可以在 60 天内申请行政复议，或在 6 个月内向法院起诉。怎么办理可以打 "
                    "12345 问。",
                    "If you disagree: ask for a review within 60 days, or go to court within six "
                    "months. 12345 tells you how." },
    };
    return slip_build_status(out, head, &t);
}

static int readiness(struct slip **out, const struct slip_head *head)
{
    static const struct slip_check checks[] = {
        { { "读卡器", "Card reader" }, { "正常", "ready" }, true },
        { { "打印机", "Printer" }, { "纸快用完，请备好纸卷", "paper near its end" }, false },
        { { "触摸屏", "Touch screen" }, { "正常", "ready" }, true },
        { { "网络", "Network" }, { "正常", "ready" }, true },
        { { "时钟", "Clock" }, { "已校准", "set" }, true },
    },
                                   counters[] = {
                                       { { "待上传办件", "Cases not sent yet" }, { "2", "2" }, true },
                                       { { "昨日凭条", "Slips yesterday" }, { "37", "37" }, true },
                                   };
    return slip_build_readiness(out, head,
                                &(struct slip_readiness_text){
                                    .check_count = 5,
                                    .checks = checks,
                                    .paper_mm = 12340,
                                    .counter_count = 2,
                                    .counters = counters,
                                });
}

static int certificate(struct slip **out, const struct slip_head *head)
{
    static const struct slip_check done[] = {
        { { "坐车不要钱的卡", "The card for free buses" }, { "100 / 100", NULL }, true },
        { { "照片忘在家里", "The photo is at home" }, { "87 / 100", NULL }, true },
        { { "还没到年龄", "Not yet old enough" }, { "100 / 100", NULL }, true },
    };
    return slip_build_certificate(
        out, head,
        &(struct slip_certificate_text){
            .day = "2026-11-26", .pass = "80 / 100", .count = 3, .done = done });
}

static int brief(struct slip **out, const struct slip_head *head)
{
    const struct slip_short_text t = { .number = NUMBER, .payload = PAYLOAD };
    return slip_build_short(out, head, &t);
}

static const struct slip_item conditions[] = {
    { .what = { "要有残疾人证。", "A disability certificate is needed." } },
    { .what = { "残疾等级是一级或二级；智力、精神残疾三级也可以。",
                "Grade 1 or 2; grade 3 counts for an intellectual or mental disability." } },
};

static int route(struct slip **out, const struct slip_head *head)
{
    const struct slip_route_text t = {
        .matter = { "高龄津贴申领", "Advanced-age allowance" },
        .condition = { "满 80 周岁就能领。", "From the age of 80." },
        .refusal = { "身份证上还没满 80 周岁，现在还不能领。60 岁起可以办老年优待证。",
                     "By the ID card the age of 80 has not been reached. From 60 there is the "
                     "elder courtesy card." },
        .basis = { "区县公布的办事指南", "The district's published guide" },
        .instead = { "老年优待证申领", "Elder courtesy card" },
        .here = { .name = { "1 号窗口", "Window 1" },
                  .hours = { "工作日 8:30–17:00", "Working days 8:30–17:00" },
                  .phone = "0575-84120000" },
        .other = { .name = { "峡山村便民服务点", "Xiashan village service point" },
                   .address = { "峡山村文化礼堂东侧", "East of Xiashan culture hall" },
                   .hours = { "每天 7:00–21:00", "Daily 7:00–21:00" },
                   .road = { "1.2 km  沿鉴湖路向西", "1.2 km  west along Jianhu road" },
                   .phone = "0575-84121234" },
    };
    return slip_build_route(out, head, &t);
}

static int guide(struct slip **out, const struct slip_head *head)
{
    const struct slip_guide_text t = {
        .matter = matter,
        .who = { "持有一级、二级残疾人证，需要长期照料的本区户籍居民。",
                 "Residents registered here with a first or second grade disability certificate "
                 "who "
                 "need long-term care." },
        .promised = { "10 个工作日", "10 working days" },
        .by_law = { "20 个工作日", "20 working days" },
        .fee = { "不收费", "Free of charge" },
        .fee_basis = { "本事项没有设收费", "No fee is set for this service" },
        .office = { "区民政局、区残联", "Civil Affairs Bureau, Disabled Persons' Federation" },
        .conditions = LIST(conditions),
        .where = { "任意一台自助机，或福全街道便民服务中心",
                   "Any kiosk, or Fuquan service centre" },
        .hours = { "自助机全天", "Kiosk: day and night" },
        .basis = { "国发〔2015〕52号", "State Council document 52 of 2015" },
        .not_needed = LIST(not_needed),
        .bring = LIST(shown),
        .later = LIST(later),
        .steps = LIST(steps),
        .version = "D01-2026-11",
    };
    return slip_build_guide(out, head, &t);
}

const struct slip_sample slip_samples[] = {
    { "receipt", receipt, 0 },
    { "guest", guest, 0 },
    { "gap", gap, 0 },
    { "notice", notice, 0 },
    { "ticket", ticket, 0 },
    { "escalation", escalation, 0 },
    { "readiness", readiness, 0 },
    { "certificate", certificate, 0 },
    { "short", brief, 0 },
    { "guide", guide, 0 },
    { "parts", parts, 0 },
    { "route", route, 0 },
    { "reprint", receipt, 2 },
    { "booking", booking, 0 },
    { "withdrawal", withdrawal, 0 },
    { "handoff", handoff, 0 },
};
const size_t slip_sample_count = sizeof(slip_samples) / sizeof(slip_samples[0]);

struct slip_head slip_sample_head(enum slip_language language, bool is_double_size, unsigned copy)
{
    return (struct slip_head){
        .language = language,
        .is_double_size = is_double_size,
        .point = { "柯桥区福全街道便民服务中心", "Fuquan Township Service Centre, Keqiao" },
        .phone = "0575-85550123",
        .printed = "2026-11-26 21:23",
        .copy = copy,
    };
}
