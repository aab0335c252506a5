import { FREE, price } from '../api/monitoring.ts';

export const dollars = (amount: number): string =>
  `$${amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** The transitions of this month beside those AWS gives away, and what it would ask. */
export function Month({ transitions, whose }: { transitions: number; whose: string }) {
  const share = Math.min(1, transitions / FREE);
  const beyond = Math.max(0, transitions - FREE);
  return (
    <section className="panel padded month" aria-label="This month">
      <h3>This month on AWS</h3>
      <div className="month-numbers">
        <b>{transitions.toLocaleString('en')}</b> billed transitions {whose}
      </div>
      <div
        className="meter"
        role="meter"
        aria-label="Of the free transitions"
        aria-valuemin={0}
        aria-valuemax={FREE}
        aria-valuenow={Math.min(FREE, transitions)}
      >
        <i className={beyond ? 'over' : ''} style={{ width: `${share * 100}%` }} />
      </div>
      <div className="quiet">
        {beyond
          ? `${FREE.toLocaleString('en')} are free; AWS would ask ${dollars(price(transitions))} for the other ${beyond.toLocaleString('en')}.`
          : `${FREE.toLocaleString('en')} are free for an account: AWS would ask nothing.`}{' '}
        Standard executions only, by UTC, at $0.025 for 1,000 as in us-east-1. Here they cost
        nothing.
      </div>
    </section>
  );
}
