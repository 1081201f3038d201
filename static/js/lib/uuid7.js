/* A UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance, so that ids sort by time. */

/** `bytes` are 16 random bytes (a Uint8Array), `ms` is the time since 1970. */
export function uuid7(ms, bytes) {
  const id = Uint8Array.from(bytes);
  for (let i = 0; i < 6; i += 1) id[i] = Math.floor(ms / 2 ** (8 * (5 - i))) % 256;
  id[6] = (id[6] & 0x0f) | 0x70;
  id[8] = (id[8] & 0x3f) | 0x80;
  const hex = Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [0, 8, 12, 16, 20].map((at, i, all) => hex.slice(at, all[i + 1])).join("-");
}
