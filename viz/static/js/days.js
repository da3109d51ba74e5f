// Days as numbers, in writing and in words, and the rule for what holds on one.

// Day 1 is 0001-01-01, as in graph/when.py.
const EPOCH = 719163;
const MS = 86400000;

function dayOf(iso) {
  const match = /^(-?\d{4,6})-(\d\d)-(\d\d)$/.exec(iso);
  if (!match) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const day = Math.floor(date.getTime() / MS) + EPOCH;
  return isoOf(day) === iso ? day : null;
}

function isoOf(day) {
  const date = new Date((day - EPOCH) * MS);
  const year = date.getUTCFullYear();
  const text = String(Math.abs(year)).padStart(4, "0");
  const two = (n) => String(n).padStart(2, "0");
  return `${year < 0 ? "-" : ""}${text}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

const MONTHS = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

function inWords(day) {
  const date = new Date((day - EPOCH) * MS);
  const year = date.getUTCFullYear();
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${year > 0 ? year : `${1 - year} BCE`}`;
}

// The same rule as When.holds: closed bounds, three answers.
function held(time, day) {
  if (day < time[0] || day > time[3]) return "no";
  return day >= time[1] && day <= time[2] ? "certain" : "possible";
}
