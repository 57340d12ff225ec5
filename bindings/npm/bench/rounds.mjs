// Bundled with each contender: its programs over a workload, a round when the host asks for one.

/**
 * The number of cases timed at once: less than a millisecond, so that few chunks are interrupted. The median of a chunk's rounds
 * leaves out garbage collection, which favours those that allocate most: the peers, from text.
 */
const CHUNK = 100;

/** `programs` by name, each of which checks a whole workload. */
export function rounds(programs) {
  let chunks;
  return {
    /** Loads cases, `[operation, allowed, text]` each, runs each program once and returns their names. Throws on a wrong verdict. */
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
    /** Returns the nanoseconds per case of one program, for each chunk. */
    round(name) {
      return chunks.map((chunk) => {
        const began = performance.now();
        programs[name](chunk);
        return ((performance.now() - began) / chunk.texts.length) * 1e6;
      });
    },
  };
}
