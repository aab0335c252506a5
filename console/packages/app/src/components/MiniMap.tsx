import { memo, useRef, type RefObject } from 'react';
import type { Layout, Status, View } from '@stepwise/graph';

const [WIDTH, HEIGHT] = [132, 100];

interface Props {
  layout: Layout;
  view: View | undefined;
  /** What is in sight; moved by the graph. */
  sight: RefObject<SVGRectElement | null>;
  /** Brings a place into the middle. */
  onLook: (x: number, y: number) => void;
}

/** The whole graph, small, with a frame around what is in sight: for the mouse. */
export const MiniMap = memo(function MiniMap({ layout, view, sight, onLook }: Props) {
  const isHeld = useRef(false);
  const scale = Math.min(WIDTH / layout.width, HEIGHT / layout.height);
  const look = (e: React.PointerEvent) => {
    const { left, top } = e.currentTarget.getBoundingClientRect();
    onLook((e.clientX - left) / scale, (e.clientY - top) / scale);
  };
  const paths = new Map<Status | 'box', string>();
  for (const node of layout.nodes) {
    const look = node.isContainer ? 'box' : (view?.status.get(node.id) ?? 'none');
    const drawn = `M${node.x} ${node.y}h${node.width}v${node.height}h${-node.width}z`;
    paths.set(look, (paths.get(look) ?? '') + drawn);
  }
  return (
    <svg
      className="minimap"
      aria-hidden="true"
      width={layout.width * scale}
      height={layout.height * scale}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      onPointerDown={(e) => {
        e.stopPropagation();
        isHeld.current = true;
        e.currentTarget.setPointerCapture(e.pointerId);
        look(e);
      }}
      onPointerMove={(e) => isHeld.current && look(e)}
      onPointerUp={() => {
        isHeld.current = false;
      }}
    >
      {[...paths]
        .sort(([a], [b]) => Number(b === 'box') - Number(a === 'box'))
        .map(([look, d]) => (
          <path
            key={look}
            className={`minimap-${look === 'box' ? 'box' : 'state'} ${look}`}
            d={d}
          />
        ))}
      <rect className="minimap-sight" ref={sight} />
    </svg>
  );
});
