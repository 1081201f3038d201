/* Short spoken sentences, each cutting off the one before; silent where the phone has no voice. */

const WAIT_FOR_VOICES_MS = 1000;

const primary = (lang) => lang.toLowerCase().replace("_", "-").split("-")[0];

/** Whether this phone has a voice for the language; some load their voices late. */
export async function hasVoice(lang) {
  const voices = globalThis.speechSynthesis;
  if (!voices) return false;
  if (!voices.getVoices().length) await loaded(voices);
  return voices.getVoices().some((voice) => primary(voice.lang) === primary(lang));
}

function loaded(voices) {
  return new Promise((resolve) => {
    voices.addEventListener("voiceschanged", resolve, { once: true });
    setTimeout(resolve, WAIT_FOR_VOICES_MS);
  });
}

/** Say a sentence now; false where there is nothing to say it with. */
export function speak(sentence, lang) {
  const voices = globalThis.speechSynthesis;
  if (!voices || !sentence) return false;
  hush();
  const utterance = new SpeechSynthesisUtterance(sentence.replaceAll("\u00ad", "")); // some voices trip
  utterance.lang = lang;
  utterance.voice = best(voices.getVoices(), lang);
  voices.speak(utterance);
  return true;
}

/** A phone that is offline cannot use a voice from the network: the phone's own goes first. */
function best(all, lang) {
  const fitting = all.filter((voice) => primary(voice.lang) === primary(lang));
  return fitting.find((voice) => voice.localService && voice.default)
    ?? fitting.find((voice) => voice.localService)
    ?? fitting[0]
    ?? null;
}

/** On a tap, without a sound: phones let a page speak later only when it first spoke on a tap. */
export function unlockVoice() {
  if (!globalThis.speechSynthesis) return;
  const nothing = new SpeechSynthesisUtterance(" ");
  nothing.volume = 0;
  globalThis.speechSynthesis.speak(nothing);
}

export function hush() {
  const voices = globalThis.speechSynthesis;
  // Cancelling while nothing is said swallows the next sentence in some browsers.
  if (voices?.speaking || voices?.pending) voices.cancel();
}
