"use strict";
// Words of the page that do not come from the catalogue: Chinese first, English under it.
const STATES = {
  received: ["已收件", "Received"],
  correction_requested: ["待补正", "Correction asked"],
  accepted: ["已受理", "Accepted"],
  accepted_gap: ["容缺受理", "Accepted, papers to follow"],
  not_accepted: ["不予受理", "Not accepted"],
  in_review: ["办理中", "In review"],
  suspended: ["挂起", "Suspended"],
  granted: ["准予", "Granted"],
  denied: ["不予", "Denied"],
  withdrawn: ["已撤回", "Withdrawn"],
  terminated: ["终止", "Ended"],
};
// What the button says that leads to a state, in the order in which buttons stand.
const STEPS = {
  accepted: ["受理", "Accept"],
  accepted_gap: ["容缺受理", "Accept, papers follow"],
  correction_requested: ["要求补正", "Ask for correction"],
  in_review: ["转办理", "Take up"],
  granted: ["准予", "Grant"],
  denied: ["不予", "Deny"],
  not_accepted: ["不予受理", "Do not accept"],
  suspended: ["挂起", "Suspend"],
  withdrawn: ["群众撤回", "Withdrawn"],
  terminated: ["终止", "End"],
};
const KINDS = {
  application: ["申请", "Application"],
  rating: ["好差评", "Rating"],
  complaint: ["投诉建议", "Complaint"],
  appointment: ["预约", "Appointment"],
  ticket: ["取号", "Ticket"],
};
const FILTERS = {
  todo: { words: ["待处理", "To do"], states: ["received", "correction_requested"] },
  open: { words: ["办理中", "Under way"], states: ["accepted", "accepted_gap", "in_review", "suspended"] },
  ended: { words: ["已办结", "Ended"], states: ["granted", "denied", "not_accepted", "withdrawn", "terminated"] },
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
  fetched: ["已查询", "Looked up"],
  "to-show": ["现场出示", "Shown at the counter"],
  later: ["容缺后补", "May follow"],
};
const BASES = {
  boot: "",
  wall: "按终端时钟 · by the kiosk's clock",
  arrival: "按收到时间 · when it came in",
};
