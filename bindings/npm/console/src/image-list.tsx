/** The images and their actions; a disabled action says why. */
import { type CapabilityId, type Report, capabilities, imageFacts } from 'image-preflight/full';
import { useId, useMemo, useState } from 'react';
import { CopyDialog, type CopyOperation } from './copy-dialog.tsx';
import { type Image, IMAGES, REGION, factsOf } from './images.ts';
import { Rich } from './rich.tsx';
import { useWords } from './words.ts';

export function ImageList() {
  const [words] = useWords();
  const [open, setOpen] = useState<{ image: Image; operation: CopyOperation }>();
  return (
    <section aria-labelledby="images">
      <div className="heading">
        <h2 id="images">{words.images}</h2>
        <span className="chip">
          {words.labelled(words.region, REGION)}
        </span>
      </div>
      <table className="images">
        <thead>
          <tr>
            <th scope="col">{words.image}</th>
            <th scope="col">{words.system}</th>
            <th scope="col">{words.size}</th>
            <th scope="col">{words.status}</th>
            <th scope="col">{words.actions}</th>
          </tr>
        </thead>
        <tbody>
          {IMAGES.map((image) => (
            <Row key={image.id} image={image} open={(operation) => setOpen({ image, operation })} />
          ))}
        </tbody>
      </table>
      {open && (
        <CopyDialog
          key={open.image.id + open.operation}
          image={open.image}
          operation={open.operation}
          change={(operation) => setOpen({ image: open.image, operation })}
          close={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}

function Row({ image, open }: { image: Image; open: (operation: CopyOperation) => void }) {
  const [words, locale] = useWords();
  const { facts } = useMemo(() => imageFacts(image), [image]);
  const reports = useMemo(() => capabilities(factsOf(image), { locale }), [image, locale]);
  // If a copy to another region is denied, and another operation is the documented alternative and not denied.
  const [across, within] = reports;
  const leadsWithin = ({ fixes }: Report['findings'][number]) => fixes.some(({ operation }) => operation === within?.operation);
  const wayOut = across?.verdict === 'denied' && within?.verdict !== 'denied' && across.findings.some(leadsWithin);
  const tags = [facts.encrypted && words.encrypted, facts.iso && words.iso, facts.fullEcs && words.fullEcs].filter(Boolean);
  const labels: Partial<Record<CapabilityId, string>> = {
    'ims.cross-region-copy': words.copyAcross,
    'ims.in-region-copy': words.copyWithin,
    'image.export': words.export,
    'image.share': words.share,
  };
  return (
    <tr>
      <th scope="row">
        <span className="name">{image.name}</span>
        <span className="tags">
          {tags.map((tag) => (
            <span key={String(tag)} className="tag">
              {tag}
            </span>
          ))}
        </span>
      </th>
      <td data-label={words.system}>{image.__os_version}</td>
      <td data-label={words.size}>{facts.sizeBytes ? `${facts.sizeBytes / 2 ** 30} GiB` : words.unknownSize}</td>
      <td data-label={words.status}>
        <span className={`status ${image.status}`}>{words.statuses[image.status] ?? image.status}</span>
      </td>
      <td>
        <div className="actions">
        {reports.map((report) => (
          <Action
            key={report.operation}
            report={report}
            label={labels[report.operation as CapabilityId] ?? ''}
            of={image.name}
            act={() => {
              if (report.operation === 'ims.cross-region-copy' || report.operation === 'ims.in-region-copy') {
                open(report.operation);
              }
            }}
          />
        ))}
        {wayOut && (
          <button type="button" className="way-out" aria-label={words.labelled(words.wayOut, image.name)} onClick={() => open('ims.in-region-copy')}>
            {words.wayOut}
          </button>
        )}
        </div>
      </td>
    </tr>
  );
}

/** A button that, if disabled, says why on hover and on focus. */
function Action({ report, label, of, act }: { report: Report; label: string; of: string; act: () => void }) {
  const [words] = useWords();
  const id = useId();
  const reasons = report.findings.filter(({ outcome, severity }) => outcome === 'violated' && severity === 'error');
  const isDenied = report.verdict === 'denied' || report.verdict === 'invalid';
  return (
    <span className="action">
      <button
        type="button"
        aria-label={words.labelled(label, of)}
        aria-disabled={isDenied}
        aria-describedby={isDenied ? id : undefined}
        onClick={() => !isDenied && act()}
      >
        {label}
      </button>
      {isDenied && (
        <span role="tooltip" id={id} className="why">
          <strong>{words.whyNot}</strong>
          {reasons.map(({ rule, message, fixes }) => (
            <span key={rule}>
              <Rich text={`${message} ${fixes[0]?.title ?? ''}`} />
            </span>
          ))}
        </span>
      )}
    </span>
  );
}
