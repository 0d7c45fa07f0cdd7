// What a scanned receipt says, read and checked in the page itself: the same number as
// nobat/appointments/receipt.py makes. Also the hours and days it names, by Tehran's clock.

const FORM = "2";
const FORM_WITHOUT_KEY_NAME = "1";
const SIGNATURE_BYTES = 64;
const NAME_BYTES = 4;
const MOST_DIGITS = 800;
// A receipt's number is hundreds of digits long; no other number has more than these.
const LONGEST_NUMBER = 20;
const MINUTE = 60 * 1000;
// Counted by hand: the list of zones of an old device still has Iran's summer time.
const TEHRAN = 3.5 * 60 * MINUTE;

// Latin digits, from any of the three kinds, without what people put between them.
export function plainNumber(text) {
  return text
    .normalize("NFKC")
    .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x06f0)
    .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x0660)
    .replace(/[\s\p{Cf}\p{Pd}\p{Ps}\p{Pe}._/−ـ]/gu, "");
}

export function isShort(number) {
  return number.length <= LONGEST_NUMBER;
}

// null for what is no receipt; isGenuine() is asked apart, as it takes a moment.
export function readReceipt(number) {
  const form = number[0];
  const isOurs = [FORM, FORM_WITHOUT_KEY_NAME].includes(form);
  if (!/^\d+$/.test(number) || number.length > MOST_DIGITS || !isOurs) return null;
  const bytes = bytesOf(BigInt(number.slice(1) || 0));
  if (bytes.length <= SIGNATURE_BYTES) return null;
  const payload = bytes.slice(0, -SIGNATURE_BYTES);
  const signature = bytes.slice(-SIGNATURE_BYTES);
  const said = new TextDecoder().decode(payload).split("|");
  if (form === FORM_WITHOUT_KEY_NAME) return { keyName: "", said, signed: payload, signature };
  const signed = Uint8Array.of(form.charCodeAt(0), ...payload);
  return { keyName: said[0], said: said.slice(1), signed, signature };
}

// By a key of this name, without one by any of them. What was signed in the one form is nothing
// in the other.
export async function isGenuine({ keyName, said, signed, signature }, keys, ed25519) {
  if (!/^\d{10}$/.test(said[0])) return false;
  const named = keys.filter((key) => ["", nameOf(key)].includes(keyName));
  const found = named.map(async (key) => {
    try {
      return await ed25519.verifyAsync(signature, signed, key, { zip215: false });
    } catch {
      return false; // bytes that are no signature at all
    }
  });
  return (await Promise.all(found)).includes(true);
}

export function fieldsOf({ said }) {
  const [reference, office, minutes, , cases, moves, tail, ...name] = said;
  const startsAt = Number(minutes) * MINUTE;
  return { reference, office, startsAt, cases, moves, tail, name: name.join("|") };
}

// «2026-11-23», to compare days with.
export function dayOf(moment) {
  return new Date(moment + TEHRAN).toISOString().slice(0, 10);
}

// «دوشنبه ۲ آذر»
export function dayInWords(moment) {
  const words = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
  return new Intl.DateTimeFormat("fa-IR-u-ca-persian", words).format(new Date(moment + TEHRAN));
}

// «۱۰:۳۰»
export function hourOf(moment) {
  return persian(new Date(moment + TEHRAN).toISOString().slice(11, 16));
}

export function persian(text) {
  return String(text).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
}

function nameOf(key) {
  return Array.from(key.slice(0, NAME_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(number) {
  const hex = number.toString(16);
  const pairs = hex.padStart(hex.length + (hex.length % 2), "0").match(/../g);
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
}
