#include "firmware/service/words.h"

#include <string.h>

static const struct {
    const char *word, *zh, *en;
} sayings[SAY_END] = {
    [SAY_WELL] = { "well", "一切正常。", "All is well." },
    [SAY_NO_STICK] = { "no-stick", "没有找到服务盘，请插入服务盘。",
                       "There is no service stick. Plug one in." },
    [SAY_NOT_OURS] = { "not-ours", "这个盘里没有服务文件，不是服务盘。",
                       "This stick holds no service files: it is no service stick." },
    [SAY_TWO_STICKS] = { "two-sticks", "插了两个服务盘，请只留一个。",
                         "Two service sticks are plugged in. Leave one." },
    [SAY_FILESYSTEM] = { "filesystem", "盘的格式不认识，请用 FAT32 或 exFAT 格式。",
                         "The stick's file system is not one we read. Use FAT32 or exFAT." },
    [SAY_LINK] = { "link", "盘里有文件指向别处，拒绝读取，请把盘交回县里检查。",
                   "A file on the stick points elsewhere and was not read. Give the stick back to "
                   "the county." },
    [SAY_NO_FILE] = { "no-file", "盘里有不是文件的东西占了文件名，拒绝读取。",
                      "Something on the stick bears a file's name and is no file. It was not "
                      "read." },
    [SAY_TOO_LARGE] = { "too-large", "盘里有文件过大，拒绝读取。",
                        "A file on the stick is too large and was not read." },
    [SAY_CROWDED] = { "crowded", "盘里的文件太多，请只保留服务文件。",
                      "There are too many files on the stick. Keep only the service files." },
    [SAY_TWINS] = { "twins", "盘里有两个只差大小写的同名文件，请把盘交回县里检查。",
                    "Two files on the stick differ only in upper and lower case. Give it back to "
                    "the county." },
    [SAY_PULLED] = { "pulled", "盘被拔出或接触不良，请重新插好再试，不会丢东西。",
                     "The stick was pulled out or has a bad contact. Plug it in again: nothing is "
                     "lost." },
    [SAY_FULL] = { "full", "盘已满，请换一个盘或腾出空间。",
                   "The stick is full. Make room or take another." },
    [SAY_READ_ONLY] = { "read-only", "盘是只读的，请打开写保护开关后再试。",
                        "The stick is read-only. Switch its write protection off." },
    [SAY_ABSENT] = { "absent", "盘里缺少这个文件。", "This file is not on the stick." },
    [SAY_SIGNATURE] = { "signature", "签名不对，内容不可信，请把盘交回县里。",
                        "The signature does not hold, so nothing of it is believed. Give the stick "
                        "back to the county." },
    [SAY_FORMAT] = { "format", "内容看不懂，请在县里重新制作。",
                     "The content is not understood. Have it made anew by the county." },
    [SAY_EXPIRED] = { "expired", "服务盘已过有效期，请到县里更换。如果本机时间不对，请先联网校时。",
                      "The stick has run out. Have it renewed. If this kiosk's clock is wrong, "
                      "connect it first." },
    [SAY_NOT_YET] = { "not-yet", "服务盘还没有到生效时间。", "The stick is not valid yet." },
    [SAY_OTHER_KIOSK] = { "other-kiosk", "这是给别的终端用的。", "This is for another kiosk." },
    [SAY_REVOKED] = { "revoked", "这个服务盘已作废，请交回县里。",
                      "This stick was revoked. Give it back to the county." },
    [SAY_ROLE] = { "role", "这个服务盘的身份不能做这件事。",
                   "The role of this stick does not allow that." },
    [SAY_CLOCK] = { "clock", "本机时间没有校准，只能换纸、用盘带数据和设置网络，请先联网。",
                    "This kiosk does not know the time: only paper, carrying and the network "
                    "are allowed. Connect it first." },
    [SAY_LIST] = { "list",
                   "本机读不出作废服务盘的名单，只能换纸、用盘带数据和设置网络，请先联网或用盘导入"
                   "新设置。",
                   "This kiosk cannot read which sticks are revoked: only paper, carrying and the "
                   "network are allowed. Connect it or carry new settings in first." },
    [SAY_PIN_WRONG] = { "pin-wrong", "口令不对。", "The PIN is wrong." },
    [SAY_PIN_SHAPE] = { "pin-shape", "口令是 6 到 12 位数字。", "A PIN has 6 to 12 digits." },
    [SAY_PIN_WEAK] = { "pin-weak", "口令太容易猜，请不要用重复或连续的数字。",
                       "This PIN is too easy to guess: no repeated digits, no run of digits." },
    [SAY_LOCKED] = { "locked", "口令错误次数过多，请稍后再试。",
                     "Too many wrong PINs. Try again later." },
    [SAY_BLOCKED] = { "blocked", "口令错误次数过多，这个盘在本机已停用，请到县里更换。",
                      "Too many wrong PINs: this stick is blocked here. Have it replaced by the "
                      "county." },
    [SAY_SAME] = { "same", "本机已有同样的内容。", "This kiosk has it already." },
    [SAY_OLDER] = { "older", "盘里的内容比本机的旧，没有使用。",
                    "What the stick brings is older than what is here and was not used." },
    [SAY_OTHER_DOCUMENT] = { "other-document", "文件名和内容不符，没有使用。",
                             "The content is not what its name says and was not used." },
    [SAY_HISTORY] = { "history", "县平台恢复过数据，这份回执是以前的，没有使用。",
                      "The county's platform was restored since: this acknowledgement is of before "
                      "and was not used." },
    [SAY_DAMAGED] = { "damaged", "文件不完整，请重新拷贝。",
                      "The file is not whole. Copy it again." },
    [SAY_NO_UPDATE] = { "no-update", "盘里没有本机软件，请到县里拷贝。",
                        "There is no firmware on this stick. Have it put there by the county." },
    [SAY_NOT_LISTED] = { "not-listed",
                         "县里签名的清单里没有这个文件，或不是给这种机型的，没有使用。",
                         "The county's signed list does not have this very file for this model of "
                         "kiosk. It was not used." },
    [SAY_SAME_FIRMWARE] = { "same-firmware", "本机已经是这个版本，不用更新。",
                            "This version runs here already. Nothing is to be done." },
    [SAY_OLDER_FIRMWARE] = { "older-firmware",
                             "盘里的版本比本机的旧，县里没有签名允许退回，没有使用。",
                             "It is older than what runs here, and the county has not signed a way "
                             "back. It was not used." },
    [SAY_ONE_WAITS] = { "one-waits", "本机已经有一个更新在等待安装，请先等它装好。",
                        "An update waits here already. Let it be installed first." },
    [SAY_NO_ROOM] = { "no-room", "本机空间不够：剩下的地方要留给群众办件。",
                      "There is no room: what is left is kept for applications." },
    [SAY_BROKEN_OFF] = { "broken-off", "拷贝中断了，请再来一次，已拷的不用重拷。",
                         "The copying was broken off. Begin again: what is here already is not "
                         "copied twice." },
    [SAY_OTHER_REQUEST] = { "other-request", "证书是给本机以前的申请的，没有使用。请重新写申请。",
                            "The certificate is for an earlier request of this kiosk and was not "
                            "used. Write a new request." },
    [SAY_JOIN_EXPIRED] = { "join-expired", "证书放得太久，已经过期，没有使用。请到县里重新办。",
                           "The certificate has waited too long and was not used. Have it made "
                           "anew by the county." },
    [SAY_JOINED] = { "joined", "本机已经入网，证书没有使用。",
                     "This kiosk has joined already. The certificate was not used." },
    [SAY_NO_SETTINGS] = { "no-settings", "本机现在记不下设置，请报修。",
                          "This kiosk cannot keep settings now. Call for repair." },
    [SAY_NOT_NOW] = { "not-now", "本机存储有问题，现在不能摆渡，请报修。",
                      "This kiosk's storage has trouble: nothing can be carried now. Call for "
                      "repair." },
    [SAY_SYNCD] = { "syncd", "后台程序没有应答，请稍后再试。",
                    "The queue does not answer. Try again in a moment." },
};

const char *saying_word(enum saying s)
{
    return (size_t)s < SAY_END ? sayings[s].word : "";
}

const char *saying_zh(enum saying s)
{
    return (size_t)s < SAY_END ? sayings[s].zh : "";
}

const char *saying_en(enum saying s)
{
    return (size_t)s < SAY_END ? sayings[s].en : "";
}

enum saying saying_find(const char *word)
{
    for (int i = 0; i < SAY_END; i++)
        if (!strcmp(sayings[i].word, word))
            return (enum saying)i;
    return SAY_END;
}
