import type { Figures } from '../api/monitoring.ts';
import { duration, took } from '../format.ts';
import { Chart } from './Chart.tsx';
import { Facts } from './Facts.tsx';

const COLOURS = ['tone1', 'tone2', 'tone3', 'tone4', 'tone5', 'tone6'];

/** What happened in a time: in numbers, and over the time. */
export function FigureCharts({ of }: { of: Figures }) {
  const { series, total } = of;
  const place = { from: of.from, stepSeconds: of.stepSeconds };
  const worst = of.integrations.filter((i) => i.failed > 0).sort((a, b) => b.failed - a.failed);
  const [shown, rest] = [worst.slice(0, COLOURS.length - 1), worst.slice(COLOURS.length - 1)];
  const others = series.started.map((_, i) => rest.reduce((sum, r) => sum + r.failures[i]!, 0));
  return (
    <>
      <Facts
        facts={[
          ['Running now', of.running.toLocaleString('en')],
          ['Started', total.started.toLocaleString('en')],
          ['Succeeded', total.succeeded.toLocaleString('en')],
          ['Failed', total.failed.toLocaleString('en')],
          ['Timed out', total.timedOut.toLocaleString('en')],
          ['Aborted', total.aborted.toLocaleString('en')],
          ['Redriven', total.redriven.toLocaleString('en')],
          ['Half took up to', took(total.p50)],
          ['95 % up to', took(total.p95)],
          ['99 % up to', took(total.p99)],
          ['Transitions', total.transitions.toLocaleString('en')],
        ]}
      />
      <div className="chart-grid-of">
        <Chart
          {...place}
          title="Executions started"
          kind="bars"
          lines={[{ name: 'Started', look: 'running', values: series.started }]}
        />
        <Chart
          {...place}
          title="Executions ended"
          kind="bars"
          lines={[
            { name: 'Succeeded', look: 'succeeded', values: series.succeeded },
            { name: 'Failed', look: 'failed', values: series.failed },
            { name: 'Timed out', look: 'caught', values: series.timedOut },
            { name: 'Aborted', look: 'aborted', values: series.aborted },
          ]}
        />
        <Chart
          {...place}
          title="How long executions took"
          kind="lines"
          show={(value) => duration(value / 1_000)}
          lines={[
            { name: 'p50', look: 'succeeded', values: series.p50 },
            { name: 'p95', look: 'caught', values: series.p95 },
            { name: 'p99', look: 'failed', values: series.p99 },
          ]}
        />
        <Chart
          {...place}
          title="Transitions"
          kind="bars"
          lines={[{ name: 'Transitions', look: 'running', values: series.transitions }]}
        />
        <Chart
          {...place}
          title={
            worst.length === 1 ? `Task errors: ${worst[0]!.name}` : 'Task errors by integration'
          }
          kind="bars"
          empty="No task failed in this time"
          lines={[
            ...shown.map((i, n) => ({ name: i.name, look: COLOURS[n]!, values: i.failures })),
            ...(rest.length > 0 ? [{ name: 'others', look: COLOURS.at(-1)!, values: others }] : []),
            ...(worst.length === 0
              ? [{ name: 'Errors', look: 'failed', values: series.started.map(() => 0) }]
              : []),
          ]}
        />
        <Integrations of={of} />
      </div>
    </>
  );
}

function Integrations({ of }: { of: Figures }) {
  const rows = of.integrations.slice().sort((a, b) => b.failed - a.failed);
  return (
    <section className="panel padded chart" aria-label="Tasks by integration">
      <h3>Tasks by integration</h3>
      {rows.length === 0 ? (
        <p className="chart-empty quiet">No task ended in this time</p>
      ) : (
        <div className="table-host" tabIndex={0} role="group" aria-label="Tasks by integration">
          <table className="numbers">
            <thead>
              <tr>
                <th>Integration</th>
                <th>Succeeded</th>
                <th>Failed</th>
                <th>Share</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <td title={row.name}>{row.name}</td>
                  <td>{row.succeeded.toLocaleString('en')}</td>
                  <td className={row.failed ? 'bad' : ''}>{row.failed.toLocaleString('en')}</td>
                  <td>{((100 * row.failed) / (row.failed + row.succeeded)).toFixed(1)} %</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
