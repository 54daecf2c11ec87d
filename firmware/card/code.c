/* Code tables: nations (GB 3304-91, with 97 and 98 as cards use them) and sexes (GB/T 2261.1-2003).
 */
#include <stdlib.h>
#include <string.h>

#include "firmware/card/person.h"

static const char *const nations[][2] = {
    [1] = { "汉", "Han" },
    [2] = { "蒙古", "Mongol" },
    [3] = { "回", "Hui" },
    [4] = { "藏", "Tibetan" },
    [5] = { "维吾尔", "Uygur" },
    [6] = { "苗", "Miao" },
    [7] = { "彝", "Yi" },
    [8] = { "壮", "Zhuang" },
    [9] = { "布依", "Bouyei" },
    [10] = { "朝鲜", "Korean" },
    [11] = { "满", "Manchu" },
    [12] = { "侗", "Dong" },
    [13] = { "瑶", "Yao" },
    [14] = { "白", "Bai" },
    [15] = { "土家", "Tujia" },
    [16] = { "哈尼", "Hani" },
    [17] = { "哈萨克", "Kazak" },
    [18] = { "傣", "Dai" },
    [19] = { "黎", "Li" },
    [20] = { "傈僳", "Lisu" },
    [21] = { "佤", "Va" },
    [22] = { "畲", "She" },
    [23] = { "高山", "Gaoshan" },
    [24] = { "拉祜", "Lahu" },
    [25] = { "水", "Sui" },
    [26] = { "东乡", "Dongxiang" },
    [27] = { "纳西", "Naxi" },
    [28] = { "景颇", "Jingpo" },
    [29] = { "柯尔克孜", "Kirgiz" },
    [30] = { "土", "Tu" },
    [31] = { "达斡尔", "Daur" },
    [32] = { "仫佬", "Mulao" },
    [33] = { "羌", "Qiang" },
    [34] = { "布朗", "Blang" },
    [35] = { "撒拉", "Salar" },
    [36] = { "毛南", "Maonan" },
    [37] = { "仡佬", "Gelao" },
    [38] = { "锡伯", "Xibe" },
    [39] = { "阿昌", "Achang" },
    [40] = { "普米", "Pumi" },
    [41] = { "塔吉克", "Tajik" },
    [42] = { "怒", "Nu" },
    [43] = { "乌孜别克", "Uzbek" },
    [44] = { "俄罗斯", "Russian" },
    [45] = { "鄂温克", "Ewenki" },
    [46] = { "德昂", "Deang" },
    [47] = { "保安", "Bonan" },
    [48] = { "裕固", "Yugur" },
    [49] = { "京", "Gin" },
    [50] = { "塔塔尔", "Tatar" },
    [51] = { "独龙", "Derung" },
    [52] = { "鄂伦春", "Oroqen" },
    [53] = { "赫哲", "Hezhen" },
    [54] = { "门巴", "Monba" },
    [55] = { "珞巴", "Lhoba" },
    [56] = { "基诺", "Jino" },
    [97] = { "其他", "Other" },
    [98] = { "外国血统中国籍人士", "Chinese citizen of foreign descent" },
};

const char *nation_name(const char *code, bool english)
{
    if (strlen(code) != 2 || strspn(code, "0123456789") != 2)
        return code;
    size_t n = (size_t)(code[0] - '0') * 10 + (size_t)(code[1] - '0');
    bool is_known = n < sizeof(nations) / sizeof(nations[0]) && nations[n][0];
    return is_known ? nations[n][english] : code;
}

const char *sex_name(char code, bool english)
{
    switch (code) {
    case 0: /* no card said anything */
        return "";
    case '1':
        return english ? "Male" : "男";
    case '2':
        return english ? "Female" : "女";
    case '9':
        return english ? "Not stated" : "未说明";
    default:
        return english ? "Unknown" : "未知";
    }
}
