import type { ReactNode } from 'react';

export type Fact = [label: string, value: ReactNode];

/** What is known of a resource, in a row; its ARN takes what room is left. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label} className={label === 'ARN' ? 'wide' : ''}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
