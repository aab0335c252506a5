/** A day of hours, small: how many began, and how many of them went wrong. */
export function Sparkline({ started, failed }: { started: number[]; failed: number[] }) {
  const most = Math.max(1, ...started, ...failed);
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
  const words = `Last day: ${sum(started)} started, ${sum(failed)} ended badly`;
  const height = (value: number) => (value ? Math.max(1.5, (value / most) * 20) : 0);
  return (
    <svg className="sparkline" width="96" height="22" role="img" aria-label={words}>
      <title>{words}</title>
      <line x1="0" x2="96" y1="21.5" y2="21.5" />
      {started.map((value, i) => (
        <rect key={i} x={i * 4} y={21 - height(value)} width={3} height={height(value)} />
      ))}
      {failed.map((value, i) => (
        <rect
          key={i}
          className="bad"
          x={i * 4}
          y={21 - height(value)}
          width={3}
          height={height(value)}
        />
      ))}
    </svg>
  );
}
