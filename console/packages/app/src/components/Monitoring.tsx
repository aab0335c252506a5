import { figures } from '../api/monitoring.ts';
import { useChanges, useLoaded } from '../api/hooks.ts';
import type { MachineDetails } from '../api/types.ts';
import { useSometimes } from '../hooks/useSometimes.ts';
import { FigureCharts } from './FigureCharts.tsx';
import { HeatMap } from './HeatMap.tsx';
import { Month } from './Month.tsx';
import { Problem } from './Problem.tsx';
import { RangePicker, useRange } from './RangePicker.tsx';

/** How a state machine is doing: what happened in the last days, and which states are to blame. */
export default function Monitoring({ machine }: { machine: MachineDetails }) {
  const range = useRange();
  const arn = machine.stateMachineArn;
  const isExpress = machine.type === 'EXPRESS';
  const loaded = useLoaded(`${arn} ${range}`, (signal) => figures(range, arn, signal));
  const sometimes = useSometimes(loaded.reload);
  useChanges({ stateMachineArn: arn }, sometimes);
  if (loaded.error) {
    return <Problem error={loaded.error} retry={loaded.reload} />;
  }
  return (
    <div className="monitoring">
      <RangePicker range={range} />
      {loaded.value && <FigureCharts of={loaded.value} />}
      {loaded.value && !isExpress && (
        <Month transitions={loaded.value.billedThisMonth} whose="of this state machine" />
      )}
      {isExpress ? (
        <p className="quiet">
          Express executions have no histories, so what their states took is not known. Their
          figures are drawn anew when this page is opened.
        </p>
      ) : (
        <HeatMap machine={machine} />
      )}
    </div>
  );
}
