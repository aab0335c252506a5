import { RANGES, type RangeId } from '../api/monitoring.ts';
import { setQuery, useAddress } from '../router.ts';

const FIRST: RangeId = '1d';

/** Which time figures are of; the address holds it. */
export function useRange(): RangeId {
  const asked = useAddress().query.get('range');
  return RANGES.find((r) => r.id === asked)?.id ?? FIRST;
}

export function RangePicker({ range }: { range: RangeId }) {
  return (
    <div className="range" role="group" aria-label="Time">
      {RANGES.map(({ id, text }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === range}
          onClick={() => setQuery({ range: id === FIRST ? undefined : id })}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
