// The camera reads a receipt's code into the field and sends the form. It is on only while its
// window is open. Where the browser has no reader of its own, jsqr is loaded when it opens.

const button = document.getElementById("open-camera");
const dialog = document.getElementById("camera");
const video = dialog.querySelector("video");
const form = document.getElementById("scan");
const WIDEST = 1024; // pixels: enough for the dots of a receipt held at arm's length
const BETWEEN_LOOKS = 120;
const SHORTEST_RECEIPT = 100;

button.hidden = !(navigator.mediaDevices?.getUserMedia && dialog.showModal);
button.addEventListener("click", open);
dialog.querySelector("button").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", stop);
window.addEventListener("pagehide", stop);
document.addEventListener("visibilitychange", () => document.hidden && dialog.close());

async function open() {
  say("دوربین باز می‌شود…");
  dialog.showModal();
  try {
    await start();
    say("کد رسید را جلوی دوربین بگیرید.");
    const number = await look(await reader());
    if (!number) return; // closed by hand
    dialog.close();
    form.elements.code.value = number;
    form.requestSubmit();
  } catch (problem) {
    stop();
    say(WORDS[problem.name] ?? NOT_OPENED);
  }
}

async function start() {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  video.srcObject = stream;
  video.hidden = false;
  if (!dialog.open) return stop(); // closed while the device was asking
  await video.play();
}

function stop() {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  video.hidden = true;
}

async function look(read) {
  while (dialog.open && video.srcObject) {
    const text = await read();
    if (/^\d+$/.test(text ?? "") && text.length > SHORTEST_RECEIPT) return text;
    if (text) say("این کد رسید نوبت نیست. کد رسید را جلوی دوربین بگیرید.");
    await new Promise((go) => setTimeout(go, BETWEEN_LOOKS));
  }
}

async function reader() {
  const formats = (await window.BarcodeDetector?.getSupportedFormats()) ?? [];
  if (!formats.includes("qr_code")) return readerOfOurs();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async () => (await detector.detect(video))[0]?.rawValue;
}

async function readerOfOurs() {
  await import(dialog.dataset.jsqr).catch(() => {
    throw new DOMException("not loaded", "NetworkError");
  });
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async () => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
  };
}

function say(what) {
  dialog.querySelector("[role=status]").textContent = what;
}

const TYPE_INSTEAD = "کد رهگیری یا کد ملی را بنویسید.";
const WORDS = {
  NotAllowedError: `اجازهٔ دوربین داده نشد. اجازه را در تنظیمات مرورگر بدهید، یا ${TYPE_INSTEAD}`,
  NotFoundError: `این دستگاه دوربین ندارد. ${TYPE_INSTEAD}`,
  NotReadableError: `دوربین در دست برنامهٔ دیگری است. آن را ببندید، یا ${TYPE_INSTEAD}`,
  NetworkError: `خواندن با دوربین در این دستگاه اینترنت می‌خواهد. ${TYPE_INSTEAD}`,
};
const NOT_OPENED = `دوربین باز نشد. ${TYPE_INSTEAD}`;
