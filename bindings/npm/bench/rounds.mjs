// Bundled with each contender: its programs over a workload, a round when the host asks for one.

/**
 * So many cases are timed at once: less than a millisecond, in which the machine seldom does something else. The median of a chunk's
 * rounds leaves out the garbage collector's pauses, which spares those that allocate most: the peers, from text.
 */
const CHUNK = 100;

/** `programs` by name, each of which judges a whole workload. */
export function rounds(programs) {
  let chunks;
  return {
    /** Takes cases, `[operation, allowed, text]` each, and runs each program once; gives their names. A wrong verdict throws. */
    load(cases, isFloor) {
      chunks = [];
      for (let start = 0; start < cases.length; start += CHUNK) {
        const texts = cases.slice(start, start + CHUNK).map(([, , text]) => text);
        chunks.push({ texts, objects: texts.map((text) => JSON.parse(text)), bytes: new TextEncoder().encode(texts.join('\n')) });
      }
      for (const [name, run] of Object.entries(programs)) {
        const verdicts = chunks.flatMap(run);
        const wrong = cases.findIndex(([, allowed], index) => !isFloor && verdicts[index] !== allowed);
        if (wrong >= 0 || verdicts.length !== cases.length) {
          throw new Error(`${name}: ${verdicts.length} verdicts of ${cases.length} cases; wrong about ${cases[wrong]}`);
        }
      }
      return Object.keys(programs);
    },
    /** Gives the nanoseconds a case of one program, of each chunk. */
    round(name) {
      return chunks.map((chunk) => {
        const began = performance.now();
        programs[name](chunk);
        return ((performance.now() - began) / chunk.texts.length) * 1e6;
      });
    },
  };
}
