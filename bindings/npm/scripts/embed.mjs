// A module as text in a script. Base64 hides from gzip what repeats at another offset; a third is lost.

/** The first two characters begin a pair. None of them needs an escape in any kind of string, nor in HTML. */
const PREFIXES = 2;

/** The bytes as text, with the alphabet, and the bytes in the order of their places. */
export function asText(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) {
    counts[byte] += 1;
  }
  const order = Array.from(counts.keys()).sort((one, other) => counts[other] - counts[one] || one - other);
  const alphabet = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter((char) => !'\\\'"`$<&'.includes(char));
  const singles = alphabet.length - PREFIXES;
  const pair = (place) => alphabet[Math.floor(place / alphabet.length)] + alphabet[place % alphabet.length];
  const texts = new Array(256);
  order.forEach((byte, place) => {
    texts[byte] = place < singles ? alphabet[place + PREFIXES] : pair(place - singles);
  });
  const hex = order.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { bytes: Array.from(bytes, (byte) => texts[byte]).join(''), alphabet: alphabet.join(''), order: hex };
}
