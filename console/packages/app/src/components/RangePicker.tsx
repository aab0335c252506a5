import SegmentedControl from '@cloudscape-design/components/segmented-control';
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
    <div className="range">
      <SegmentedControl
        label="Time"
        selectedId={range}
        options={RANGES.map(({ id, text }) => ({ id, text }))}
        onChange={({ detail }) =>
          setQuery({ range: detail.selectedId === FIRST ? undefined : detail.selectedId })
        }
      />
    </div>
  );
}
