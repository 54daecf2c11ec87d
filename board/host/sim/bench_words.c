/* What stands on the bench, in the language of whoever is shown it. */
#include <string.h>

#include "board/host/sim/bench_view.h"

static const struct {
    const char *english, *chinese;
} words[] = {
    { "OneTrip bench", "一次办好 · 演示台" },
    { "simulated devices, synthetic people", "设备是模拟的，人物是虚构的" },
    { "slips", "已出凭条" },
    { "English", "English" },
    { "Everything here is a line of a scenario: click, and it is shown.",
      "点哪里都是一行脚本：点一下，这里就会显示。" },
    /* cards and reader */
    { "Cards", "身份证" },
    { "click one to lay it on the reader", "点一张，放到读卡器上" },
    { "on the reader", "在读卡器上" },
    { "ID reader", "读卡器" },
    { "cards read", "已读卡" },
    { "no card on the plate", "读卡器上没有卡" },
    { "click it to lift it", "点卡片，把它拿走" },
    { "not plugged in", "没有插上" },
    { "Silent", "不应答" },
    { "Read fails", "读卡失败" },
    { "Not an ID card", "不是身份证" },
    { "Halts", "卡住" },
    { "Well", "恢复正常" },
    /* keypad and scanner */
    { "Keypad", "盲人小键盘" },
    { "keys can be held", "按键可以长按" },
    { "Noise", "乱发信号" },
    { "Bounces", "按键抖动" },
    { "no headphones", "没插耳机" },
    { "headphones are in", "耳机已插好" },
    { "Code scanner", "扫码器" },
    { "show it a code", "给它看一个码" },
    { "sending", "正在发送" },
    { "Phone", "手机码" },
    { "Address", "网址" },
    { "Half", "半个码" },
    { "Harmful", "坏码" },
    { "Flood", "发个不停" },
    { "Fine", "正常" },
    /* printer */
    { "Printer", "打印机" },
    { "click the slip to take it", "点凭条，把它取走" },
    { "slips come out here", "凭条从这里出来" },
    { "switched off", "没有通电" },
    { "cover open", "盖子开着" },
    { "out of paper", "没有纸了" },
    { "cutter jammed", "切刀卡住" },
    { "head too hot", "打印头过热" },
    { "broken", "坏了" },
    { "printing", "正在打印" },
    { "ready, roll nearly used", "就绪，纸快用完了" },
    { "ready", "就绪" },
    { "Full", "纸满" },
    { "Low", "纸少" },
    { "Empty", "无纸" },
    { "Open it", "开盖" },
    { "Shut", "关盖" },
    { "Turn off", "断电" },
    { "Turn on", "通电" },
    { "Jam", "卡刀" },
    { "Too hot", "过热" },
    { "Mute", "不回话" },
    { "Hangs", "停收" },
    /* cables */
    { "Cables", "插头" },
    { "click a plug to pull it or push it in", "点插头，拔出或插上" },
    { "Reader", "读卡器" },
    { "Scanner", "扫码器" },
    { "Keyboard", "外来键盘" },
    { "County", "县里" },
};

const char *bench_say(struct bench_view *v, const char *english)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (!strcmp(words[i].english, english))
            return v->world->is_english ? english : words[i].chinese;
    v->unknown_words++;
    return english;
}
