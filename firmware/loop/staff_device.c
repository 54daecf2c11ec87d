/* Devices as their workers know them, in words for staff. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/loop/kiosk.h"
#include "ui/text/text.h"

static const char *const printer_zh[PRINTER_CAUSE_COUNT] = {
    [PRINTER_CAUSE_NONE] = "",
    [PRINTER_CAUSE_OFF] = "没有找到打印机，请检查电源和接线。",
    [PRINTER_CAUSE_PERMISSION] = "找到了打印机，但程序无权打开，请报修。",
    [PRINTER_CAUSE_KERNEL_DRIVER] = "打印机被系统占用，请重启本机，再不行请报修。",
    [PRINTER_CAUSE_BUSY] = "打印机被别的程序占用，请重启本机，再不行请报修。",
    [PRINTER_CAUSE_NO_PAPER] = "没有纸了，请换一卷纸。",
    [PRINTER_CAUSE_PAPER_SHORT] = "纸快用完了，请备一卷纸。",
    [PRINTER_CAUSE_COVER_OPEN] = "打印机的盖子没有关好，请关好。",
    [PRINTER_CAUSE_HOT] = "打印头太热，请等几分钟。",
    [PRINTER_CAUSE_CUTTER] = "切刀卡住了，请取出卡住的纸，再开关一次电源。",
    [PRINTER_CAUSE_BROKEN] = "打印机出故障，请开关一次电源，再不行请报修。",
    [PRINTER_CAUSE_SILENT] = "打印机没有应答，请检查接线，再开关一次电源。",
    [PRINTER_CAUSE_SLIP_WAITING] = "出纸口有一张凭条没有取走，请取走。",
};

static const char *const reader_zh[READER_CAUSES] = {
    [READER_WORKS] = "",
    [READER_NOT_FOUND] = "没有找到读卡器，请检查接线。",
    [READER_PERMISSION] = "找到了读卡器，但程序无权打开，请报修。",
    [READER_KERNEL_DRIVER] = "读卡器被系统占用，请重启本机，再不行请报修。",
    [READER_BUSY] = "读卡器被别的程序占用，请重启本机。",
    [READER_WRONG_STYLE] = "这种读卡器的接口不认识，请换一台支持的。",
    [READER_WRONG_PORT] = "串口上有设备，但不是读卡器，请检查接线。",
    [READER_ENVELOPE] = "这种读卡器的协议还不支持，请换一台支持的。",
    [READER_UNCONFIRMED] = "不能确定这是读卡器，请换一台支持的。",
    [READER_BOOTLOADER] = "读卡器在等待升级，请拔插一次，再不行请报修。",
    [READER_SAM_SICK] = "读卡器里的安全模块自检不通过，请更换读卡器。",
    [READER_SAM_UNAUTHORISED] = "读卡器里的安全模块没有授权，请联系供应商。",
    [READER_SILENT] = "读卡器没有应答，请拔插一次。",
    [READER_GONE] = "读卡器被拔出，请插好。",
    [READER_BROKEN] = "读卡器出故障，请拔插一次，再不行请报修。",
};

/* One that this kiosk was built without is not missed. */
static bool is_fitted(const struct kiosk *k, const char *device)
{
    const char *list = k->options.not_fitted;
    size_t length = strlen(device);
    for (const char *at = list ? strstr(list, device) : NULL; at; at = strstr(at + 1, device))
        if ((at == list || at[-1] == ',') && (!at[length] || at[length] == ','))
            return false;
    return true;
}

static enum ready_device device_of(const struct kiosk *k, const char *name, bool is_there)
{
    return !is_fitted(k, name) ? DEVICE_NOT_FITTED : is_there ? DEVICE_WELL : DEVICE_ABSENT;
}

static void look_at_reader(const struct kiosk *k, struct shift_devices *out)
{
    struct reader_facts f;
    reader_tell_facts(k->reader, &f);
    out->reader = f.cause == READER_WORKS       ? DEVICE_WELL
                  : f.cause == READER_NOT_FOUND ? DEVICE_ABSENT
                                                : DEVICE_TROUBLE;
    out->reader_zh = reader_zh[f.cause];
    out->reader_en = f.cause == READER_WORKS ? "" : reader_cause_sentence(f.cause);
    snprintf(out->security_module, sizeof(out->security_module), "%.39s",
             f.cause == READER_WORKS ? f.security_module : "");
}

/* Paper that is short, a slip that waits and a warm head stop nothing. */
static enum ready_device printer_of(enum printer_cause cause)
{
    switch (cause) {
    case PRINTER_CAUSE_NONE:
    case PRINTER_CAUSE_PAPER_SHORT:
    case PRINTER_CAUSE_SLIP_WAITING:
    case PRINTER_CAUSE_HOT:
        return DEVICE_WELL;
    case PRINTER_CAUSE_OFF:
        return DEVICE_ABSENT;
    default:
        return DEVICE_TROUBLE;
    }
}

static void look_at_printer(const struct kiosk *k, struct shift_devices *out)
{
    struct paper_figures f;
    paper_figures(k->paper, &f);
    out->printer = is_fitted(k, "printer") ? printer_of(f.cause) : DEVICE_NOT_FITTED;
    out->printer_zh = printer_zh[f.cause];
    out->printer_en = printer_cause_sentence(f.cause);
    out->paper_left_mm = f.cause == PRINTER_CAUSE_NO_PAPER ? 0 : f.left_mm;
    out->paper_used_mm = f.used_mm;
    out->paper_total_mm = f.total_mm;
    out->is_left_measured = f.is_left_measured;
    snprintf(out->printer_name, sizeof(out->printer_name), "%.63s", f.profile);
}

void staff_look_quietly(struct kiosk *k, struct shift_devices *out)
{
    look_at_reader(k, out);
    look_at_printer(k, out);
    out->screen =
        DEVICE_WELL; /* whoever asks has just touched it; SHIFT_TOUCH looks at every part */
    out->keypad = device_of(k, "keypad", k->staff.has_keypad);
    out->scanner = device_of(k, "scanner", k->staff.has_scanner);
}

/* Characters that the residents' names and every page need; and of next year's holidays, known from November, in December. */
static void look_at_assets(struct kiosk *k, struct shift_devices *out)
{
    enum { COMMON = 0x529e /* 办 */, RARE = 0x2cb4e /* 𬭎, in extension E */ };
    char today[24];
    int64_t offset = (int64_t)this_board.utc_offset_minutes * 60000;
    clock_format_utc(today, k->clock.base.wall_ms(&k->clock.base) + offset);
    int year = (int)strtol(today, NULL, 10);
    bool is_december = !strncmp(today + 5, "12", 2);
    const struct type type = { .weight = WEIGHT_REGULAR, .px = 32 };
    out->has_fonts = text_has_glyph(stage_text(k->stage), type, COMMON);
    out->has_rare_fonts = text_has_glyph(stage_text(k->stage), type, RARE);
    out->has_exercises = session_has_exercises(k->session);
    out->has_holidays = calendar_knows(&k->calendar, year);
    out->needs_next_holidays = is_december && !calendar_knows(&k->calendar, year + 1);
}

void staff_look(struct kiosk *k, struct shift_devices *out)
{
    look_at_assets(k, out);
    staff_look_quietly(k, out);
    reading_begin(k);
    out->sound = device_of(k, "sound", reading_can_speak(k));
}
