import { useMemo } from 'react';
import { drawable, layout } from '@stepwise/graph';
import { GLYPHS, path, service } from './look.ts';

/** A small picture of a definition; what it shows is said beside it. */
export function MiniGraph({ definition }: { definition: unknown }) {
  const drawing = useMemo(() => {
    const scope = drawable(definition);
    return scope && layout(scope);
  }, [definition]);
  if (!drawing) {
    return null;
  }
  const box = `-8 -8 ${drawing.width + 16} ${drawing.height + 16}`;
  return (
    <svg className="mini" viewBox={box} aria-hidden="true">
      {drawing.nodes
        .filter((n) => n.isContainer)
        .map((n) => (
          <rect
            key={n.id}
            className="mini-box"
            x={n.x}
            y={n.y}
            width={n.width}
            height={n.height}
            rx={12}
          />
        ))}
      {drawing.edges.map((e) => (
        <path key={e.id} className={`edge ${e.kind}`} d={path(e.points)} />
      ))}
      {drawing.nodes
        .filter((n) => !n.isContainer)
        .map((n) =>
          n.type === 'Start' || n.type === 'End' ? (
            <circle key={n.id} className="mini-end" cx={n.x + 21} cy={n.y + 21} r={14} />
          ) : (
            <g key={n.id} transform={`translate(${n.x} ${n.y})`}>
              <rect className="mini-state" width={n.width} height={n.height} rx={10} />
              <path
                className="mini-glyph"
                transform="translate(12 14) scale(1.5)"
                d={GLYPHS[service(n)] ?? GLYPHS[n.type]!}
              />
              <text x={48} y={32}>
                {n.name.length > 18 ? `${n.name.slice(0, 17)}…` : n.name}
              </text>
            </g>
          ),
        )}
    </svg>
  );
}
