"use strict";
// Words of the page that do not come from the catalogue: Chinese first, English under it.
const STATES = {
  received: ["已收件", "Received"],
  correction_requested: ["待补正", "Correction asked"],
  accepted: ["已受理", "Accepted"],
  accepted_gap: ["容缺受理", "Accepted, papers to follow"],
  not_accepted: ["不予受理", "Not accepted"],
  revoked: ["撤销受理", "Acceptance revoked"],
  in_review: ["办理中", "In review"],
  suspended: ["暂停计时", "Clock stopped"],
  granted: ["准予", "Granted"],
  denied: ["不予", "Denied"],
  delivered: ["已送达", "Delivered"],
  rated: ["已评价", "Rated"],
  annulled: ["撤销决定", "Decision revoked"],
  withdrawn: ["已撤回", "Withdrawn"],
  terminated: ["终止", "Ended"],
};
// Steps of the statute's table, and what a day brings by itself.
const STEPS = {
  received: ["收件", "Received"],
  accept: ["受理", "Accept"],
  accept_gap: ["容缺受理", "Accept, papers follow"],
  notify: ["一次性告知", "One-time notice"],
  corrected: ["补齐，受理", "Corrected: accept"],
  gap_closed: ["后补材料已到", "An owed paper came"],
  grant: ["准予", "Grant"],
  deny: ["不予", "Deny"],
  set_out: ["放到窗口待取", "Set out for pickup"],
  deliver: ["送达", "Deliver"],
  pause: ["特别程序，暂停计时", "Stop the clock"],
  resume: ["恢复计时", "Go on"],
  refuse: ["不予受理", "Refuse"],
  unlawful: ["补正后仍不合法，不予受理", "Still not lawful: refuse"],
  gap_failed: ["撤销受理", "Revoke acceptance"],
  end: ["终止", "End"],
  withdraw: ["群众撤回", "Withdrawn by the resident"],
  rate: ["评价", "Rated"],
  revisit: ["差评回访", "Called back"],
  phoned: ["电话联系", "Telephoned"],
  phoned_in_vain: ["电话没打通", "Could not be reached by telephone"],
  parcel_collected: ["快递已取件", "Collected by the carrier"],
  parcel_under_way: ["包裹在路上", "Parcel under way"],
  parcel_delivered: ["包裹已送到", "Parcel arrived"],
  parcel_returned: ["包裹退回", "Parcel came back"],
  waive: ["证明替代", "Other evidence accepted"],
  hand_over: ["移交", "Handed over"],
  forward: ["转外县", "Forwarded"],
  arrived: ["外县已收到", "The other county has it"],
  check_soon: ["承诺核查将到期", "Check due soon"],
  check_late: ["承诺核查超期", "Check overdue"],
  promise_kept: ["承诺核查：属实", "Promise kept"],
  promise_demand: ["承诺不实：限期整改", "Not kept: put right"],
  promise_reminded: ["提醒：整改将到期", "Reminder: put right"],
  promise_lapsed: ["整改逾期", "Demand ran out"],
  annul: ["撤销决定", "Decision revoked"],
  alarm: ["警报：第二次告知", "Alarm: a second notice"],
  reminded_soon: ["提醒：三个工作日后到期", "Reminder: due in three working days"],
  reminded_today: ["提醒：今天到期", "Reminder: due today"],
  revoked: ["逾期未补，撤销受理", "Not handed in: revoked"],
  deemed_accepted: ["逾期未告知，视为受理", "No word in time: deemed accepted"],
  lapsed: ["逾期未补正，视为撤回", "Not corrected: counts as withdrawn"],
  late: ["超过承诺时限", "Later than promised"],
  late_by_law: ["超过法定时限", "Later than the law allows"],
};
const LANES = { front: "前台 front", departments: "后台 departments", "hand-out": "出件 hand-out" };
const DELIVERIES = {
  post: ["邮寄", "By post"],
  pickup: ["窗口自取", "Pickup"],
  electronic: ["电子证照", "Electronic"],
  account: ["打入账户", "To the account"],
};
const KINDS = {
  application: ["申请", "Application"],
  rating: ["好差评", "Rating"],
  complaint: ["投诉建议", "Complaint"],
  appointment: ["预约", "Appointment"],
  ticket: ["取号", "Ticket"],
  escalation: ["办不成事", "Could not be done"],
  mismatch: ["指南不符", "Guide differs"],
  repeat: ["又跑一趟", "Here again"],
  withdrawal: ["撤回申请", "Withdrawal"],
};
// Where things go wrong, and why: of issues and of the report.
const SOURCES = {
  unsettled: ["办不成", "Could not be done"],
  guide: ["指南与实际不符", "Guide differs"],
  again: ["又跑一趟", "A second trip"],
  rating: ["差评", "Bad rating"],
  late: ["办件超期", "Case overdue"],
  left: ["填到一半离开", "Form left unfinished"],
  fault: ["终端故障", "Kiosk fault"],
};
const CAUSES = {
  unsettled: { papers: ["材料不齐", "papers missing"], conditions: ["条件不符", "conditions not met"], offices: ["几个部门说法不一", "offices disagree"],
    system: ["机器或系统办不了", "machine or system"], rules: ["没有规定", "no rule for it"], other: ["其他", "other"] },
  guide: { days: ["天数不对", "days"], papers: ["材料不对", "papers"], fee: ["收费不对", "fee"], place: ["地点不对", "place"], other: ["其他", "other"] },
  again: { papers: ["少带材料", "papers missing"], "sent-elsewhere": ["被叫去别处", "sent elsewhere"], "no-answer": ["没有等到答复", "no answer"], other: ["其他", "other"] },
  rating: { slow: ["慢", "slow"], unclear: ["说不清楚", "unclear"], trips: ["跑了多次", "several trips"], "hard-to-use": ["不好用", "hard to use"],
    attitude: ["态度", "attitude"], other: ["没有说原因", "no reason given"] },
  late: { promise: ["超过承诺时限", "later than promised"], law: ["超过法定时限", "later than the law allows"] },
  left: { guide: ["看指南时", "at the guide"], papers: ["核对材料时", "at the papers"], review: ["核对时", "at the review"] },
  fault: { reader: ["读卡器", "card reader"], printer: ["打印机", "printer"], paper: ["缺纸", "out of paper"], network: ["断网", "network"] },
};
function causeWords(source, cause) {
  const page = /^page-(\d+)$/.exec(cause);
  if (page) return [`第 ${page[1]} 页`, `page ${page[1]}`];
  return (CAUSES[source] || {})[cause] || [cause];
}
const ISSUE_STATES = { open: ["待整改", "Open"], mending: ["整改中", "Being mended"], mended: ["已整改", "Mended"] };
const ISSUE_LEVELS = [["一级", "Level 1"], ["二级", "Level 2"], ["三级", "Level 3"], ["四级", "Level 4"]];
const WAYS = {
  alone: ["自己办", "alone"],
  guide: ["引办", "guided"],
  assist: ["协办", "assisted"],
  do: ["帮办", "done for"],
  act: ["代办", "agent"],
  visit: ["上门办", "home visit"],
  all: ["合计", "all"],
};
const SERVICES = {
  form: ["表格填写", "filling in forms"],
  online: ["网上申报", "filing online"],
  phone: ["手机注册", "signing up by phone"],
  upload: ["材料上传", "handing in papers"],
  whole: ["全程网办", "the whole matter"],
};
const FILTERS = {
  todo: { words: ["待处理", "To do"], states: ["received", "correction_requested"] },
  open: { words: ["办理中、待送达", "Under way, to deliver"], states: ["accepted", "accepted_gap", "in_review", "suspended", "granted", "denied"] },
  ended: { words: ["已办结", "Ended"], states: ["delivered", "rated", "not_accepted", "revoked", "withdrawn", "terminated", "annulled"] },
  all: { words: ["全部", "All"], states: null },
};
const RESIDENT = {
  name: ["姓名", "Name"],
  english_name: ["英文姓名", "English name"],
  number: ["证件号码", "ID number"],
  sex: ["性别", "Sex"],
  birth: ["出生日期", "Born"],
  address: ["住址", "Address"],
};
const SEXES = { 1: "男 · male", 2: "女 · female" };
const HOW = {
  fetched: ["部门查询", "Looked up"],
  "to-show": ["现场出示", "Shown at the counter"],
  later: ["容缺后补", "May follow"],
};
const BASES = {
  boot: "",
  wall: "按终端时钟 · by the kiosk's clock",
  arrival: "按收到时间 · when it came in",
};
