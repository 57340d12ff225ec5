/** A text box that explains a pasted answer of a cloud, or an error code. */
import { explain } from 'image-preflight/full';
import { useId, useMemo, useState } from 'react';
import { useWords } from './words.ts';

export function Explain() {
  const [words, locale] = useWords();
  const [answer, setAnswer] = useState('');
  const id = useId();
  const refusal = useMemo(() => (answer.trim() === '' ? undefined : explain(answer, { locale })), [answer, locale]);
  const retry = { no: words.retryNo, later: words.retryLater, 'after-fix': words.retryAfter };
  return (
    <section aria-labelledby="refusal" className="explain">
      <h2 id="refusal">{words.refusal}</h2>
      <div className="field">
        <label htmlFor={id}>{words.refusalLabel}</label>
        <textarea id={id} rows={3} spellCheck={false} aria-describedby={`${id}hint`} value={answer} onChange={({ target }) => setAnswer(target.value)} />
        <p className="hint" id={`${id}hint`}>
          {words.refusalHint}
        </p>
      </div>
      <div aria-live="polite">
        {refusal && (
          <div className={`said ${refusal.understood && refusal.refusal ? 'warning' : 'advice'}`}>
            <p>
              {refusal.code && <strong>{refusal.code} </strong>}
              {refusal.meaning}
            </p>
            {refusal.retry && <p>{retry[refusal.retry]}</p>}
            {refusal.rules.length > 0 && <p className="source">{refusal.rules.join(' · ')}</p>}
            {refusal.verbatim && <pre>{refusal.verbatim}</pre>}
          </div>
        )}
      </div>
    </section>
  );
}
