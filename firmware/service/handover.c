#include "firmware/service/handover.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

static const struct {
    const char *word, *zh, *en;
} sentences[] = {
    { "paper-low", "纸快用完了，请备好新纸卷。",
      "The paper is running low: have a new roll at hand." },
    { "paper-jam", "今天卡过纸，请多留意。", "The paper jammed today: keep an eye on it." },
    { "reader-slow", "读卡不灵，卡要重新放几次。",
      "The reader is unwilling: cards have to be laid down again." },
    { "network-down", "今天断过网。", "The network was down today." },
    { "power-out", "今天停过电。", "The power failed today." },
    { "repair-called", "已经报修，等人来修。", "Repair has been called and will come." },
    { "slips-open", "有回执还没核对，请看“存疑回执”。",
      "Slips are still uncertain: please settle them." },
    { "carry-today", "网络不通，请用服务盘摆渡一次。",
      "No network: please carry the queue by stick." },
    { "clean", "屏幕和读卡区要擦一擦。", "Screen and card reader want cleaning." },
    { "many-calls", "今天叫人的多，请常到机旁看看。",
      "Many asked for help today: please look in often." },
    { "counter-closed", "有窗口临时停办，请提醒群众。",
      "A counter is closed for now: please tell people." },
    { "inspection", "近日有检查，请先看设备和纸。",
      "An inspection is due: look at devices and paper first." },
};

size_t handover_count(void)
{
    return sizeof(sentences) / sizeof(sentences[0]);
}

const char *handover_word(size_t i)
{
    return i < handover_count() ? sentences[i].word : "";
}

static size_t find(const char *word)
{
    size_t i = 0;
    while (i < handover_count() && strcmp(sentences[i].word, word) != 0)
        i++;
    return i;
}

const char *handover_zh(const char *word)
{
    size_t i = find(word);
    return i < handover_count() ? sentences[i].zh : "";
}

const char *handover_en(const char *word)
{
    size_t i = find(word);
    return i < handover_count() ? sentences[i].en : "";
}

size_t handover_read(struct handover *out, size_t max, const json_t *reply)
{
    const json_t *list = json_object_get(reply, "notes");
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(list) && count < max; i++) {
        const json_t *o = json_array_get(list, i);
        struct handover *h = &out[count];
        json_int_t n = json_integer_value(json_object_get(o, "n")),
                   at = json_integer_value(json_object_get(o, "at_ms"));
        *h = (struct handover){ .n = n, .at_ms = at > 0 ? at : 0 };
        text_copy(h->what, sizeof(h->what), json_text_at(o, "what"));
        text_copy(h->serial, sizeof(h->serial), json_text_at(o, "serial"));
        count += n > 0 && find(h->what) < handover_count();
    }
    return count;
}
