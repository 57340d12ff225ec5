/**
 * The rules of one validation of a form, for libraries that have rules for each item and none for the form. What belongs to no item has
 * to be shown at one, or a denied request would pass.
 */
import type { FormIssue } from './types.js';

/** A validation: the items whose rules have run in it. An item that the form does not have any more is not among them. */
interface Round {
  readonly ran: Set<string>;
  /** The rules of the form errors that are shown. */
  hasTold: boolean;
  /** Whether an item has rejected, so that the form does not pass. */
  hasFailed: boolean;
  active: number;
  /** The items whose rules have ended. */
  readonly ended: Set<string>;
  /** Whether rules run side by side, so that this is no library that goes from item to item. */
  isTogether: boolean;
}

/** The sentence that an item shows, beside its own error, when the form is submitted. */
export type Foreign = (name: string, check: () => Promise<readonly FormIssue[]>, rendered?: () => readonly string[]) => Promise<string | undefined>;

/**
 * Returns a function that every item's rule for a submit calls. It answers with a sentence if the item has to show an error of another
 * place: one that belongs to no field, or to a field whose rules have not run. Most libraries run the rules of a form in one go: then the
 * last item without an error of its own shows it. Element Plus waits for each item before it goes on with the next one: then the first one
 * does, since nobody knows whether there is a next, unless the form says which items it has (`rendered`).
 */
export function createRounds(): Foreign {
  let round: Round | undefined;
  return async (name, check, rendered) => {
    if (round === undefined || round.ran.has(name)) {
      round = { ran: new Set(), hasTold: false, hasFailed: false, active: 0, ended: new Set(), isTogether: false };
    }
    const mine = round;
    mine.ran.add(name);
    mine.active += 1;
    if (mine.active > 1 && !mine.isTogether) {
      // What has ended already was another validation, of one item.
      mine.isTogether = true;
      mine.ended.forEach((other) => mine.ran.delete(other));
      mine.hasTold = false;
      mine.hasFailed = false;
    }
    try {
      const issues = await check();
      if (issues.length > 0) {
        // Whatever runs in one go with this rule has begun by then, even where a library begins with each item in a task of its own.
        await new Promise((resolve) => setTimeout(resolve));
      }
      return foreignTo(name, issues, mine, rendered?.() ?? []);
    } finally {
      mine.active -= 1;
      mine.ended.add(name);
      const end = (): void => {
        if (mine.active === 0 && round === mine) {
          round = undefined;
        }
      };
      if (mine.isTogether) {
        end();
      } else {
        // A library that goes from item to item begins with the next one before a timer runs. A page that validates another item so soon
        // after it was refused is taken for one, which is why `submit` of the preflight has the last word.
        setTimeout(end);
      }
    }
  };
}

function foreignTo(name: string, issues: readonly FormIssue[], round: Round, rendered: readonly string[]): string | undefined {
  const wrong = new Set(issues.map(({ path }) => path[0]));
  if (wrong.has(name)) {
    round.hasFailed = true; // By its other rule.
    return undefined;
  }
  if ([...round.ran].filter((other) => !wrong.has(other)).pop() !== name) {
    return undefined;
  }
  const others = issues.filter(({ path: [field] }) => field === undefined || !(round.ran.has(String(field)) || rendered.includes(String(field))));
  // Those of no field are told together, at one place: each at an item of its own would read as an error of that item.
  const ofForm = round.hasTold ? [] : others.filter(({ path }) => path.length === 0);
  const shown = ofForm.length > 0 ? ofForm : round.hasFailed ? [] : others.slice(0, 1);
  if (shown.length > 0) {
    round.hasTold ||= ofForm.length > 0;
    round.hasFailed = true;
  }
  return shown.length === 0 ? undefined : sentencesOf(shown);
}

/** One after another. What names a field of the form does so by its label; the rest is in the words for people. */
function sentencesOf(issues: readonly FormIssue[]): string {
  const all = issues.map(({ label, message, summary }) => (label === undefined ? message : summary));
  return [...new Set(all)].join(' ').replace(/([。！？]) /g, '$1');
}

/** Rejects a rule's promise with a message, if there is one. */
export function reject(message: string | undefined): void {
  if (message !== undefined) {
    throw new Error(message);
  }
}
