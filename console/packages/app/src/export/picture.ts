import type { Layout, Status, View } from '@stepwise/graph';
import { arrival, GLYPHS, MARKS, path, service, subtitle } from '../components/look.ts';

/** What a picture is made of; a drawing knows no more. */
type Shape =
  | {
      kind: 'path';
      d: string;
      x: number;
      y: number;
      scale: number;
      turn: number;
      stroke: string | undefined;
      fill: string | undefined;
      width: number;
      dash: boolean;
    }
  | {
      kind: 'box';
      x: number;
      y: number;
      w: number;
      h: number;
      r: number;
      stroke: string;
      fill: string;
      dash: boolean;
    }
  | {
      kind: 'text';
      x: number;
      y: number;
      text: string;
      size: number;
      bold: boolean;
      middle: boolean;
      fill: string;
    };

interface Palette {
  colour(name: string): string;
}

const MARGIN = 24;
const FONT = "'Open Sans', 'Noto Sans', system-ui, sans-serif";

const STROKE: Record<Status, string> = {
  none: '--g-line',
  running: '--run',
  succeeded: '--ok',
  failed: '--bad',
  caught: '--caught',
  aborted: '--abort',
};

function shapes(layout: Layout, view: View | undefined, { colour }: Palette): Shape[] {
  const found: Shape[] = [];
  const line = (d: string, stroke: string, width: number, dash = false, x = 0, y = 0, scale = 1) =>
    found.push({ kind: 'path', d, x, y, scale, turn: 0, stroke, fill: undefined, width, dash });
  const status = (id: string) => view?.status.get(id) ?? 'none';
  const fill = (s: Status, otherwise: string) =>
    colour(s === 'none' ? otherwise : `${STROKE[s]}-bg`);
  for (const node of layout.nodes.filter((n) => n.isContainer)) {
    const s = status(node.id);
    found.push({
      kind: 'box',
      x: node.x,
      y: node.y,
      w: node.width,
      h: node.height,
      r: 10,
      stroke: colour(STROKE[s]),
      fill: colour('--g-box'),
      dash: true,
    });
  }
  for (const taken of [false, true]) {
    for (const edge of layout.edges.filter((e) => (view?.taken.has(e.id) ?? false) === taken)) {
      const isCatch = edge.kind === 'catch';
      const stroke = colour(taken ? (isCatch ? '--caught' : '--g-line-taken') : '--g-line');
      line(path(edge.points), stroke, taken ? 2 : 1.5, isCatch && !taken);
      const [x, y] = edge.points.at(-1)!;
      found.push({
        kind: 'path',
        d: 'M0 0l-8-4.5v9z',
        x,
        y,
        scale: 1,
        turn: arrival(edge),
        stroke: undefined,
        fill: stroke,
        width: 0,
        dash: false,
      });
    }
  }
  for (const { label } of layout.edges) {
    if (label) {
      const w = label.text.length * 6.2 + 10;
      found.push({
        kind: 'box',
        x: label.x - w / 2,
        y: label.y - 9,
        w,
        h: 18,
        r: 5,
        stroke: 'none',
        fill: colour('--g-bg'),
        dash: false,
      });
      found.push({
        kind: 'text',
        x: label.x,
        y: label.y + 4,
        text: label.text,
        size: 11,
        bold: false,
        middle: true,
        fill: colour('--g-quiet'),
      });
    }
  }
  for (const node of layout.nodes) {
    const s = status(node.id);
    const isRound = node.type === 'Start' || node.type === 'End';
    if (isRound) {
      found.push({
        kind: 'box',
        x: node.x,
        y: node.y,
        w: node.width,
        h: node.height,
        r: node.width / 2,
        stroke: colour(STROKE[s]),
        fill: fill(s, '--g-card'),
        dash: false,
      });
      found.push({
        kind: 'text',
        x: node.x + node.width / 2,
        y: node.y + node.height / 2 + 4,
        text: node.name,
        size: 11,
        bold: false,
        middle: true,
        fill: colour('--g-quiet'),
      });
      continue;
    }
    if (!node.isContainer) {
      found.push({
        kind: 'box',
        x: node.x,
        y: node.y,
        w: node.width,
        h: node.height,
        r: 10,
        stroke: colour(STROKE[s]),
        fill: fill(s, '--g-card'),
        dash: false,
      });
    }
    line(
      GLYPHS[service(node)] ?? GLYPHS[node.type]!,
      colour(s === 'none' ? '--g-quiet' : STROKE[s]),
      1.4,
      false,
      node.x + 15,
      node.y + 15,
      1.3,
    );
    const room = (node.width - (s === 'none' ? 58 : 82)) / 7.4;
    found.push({
      kind: 'text',
      x: node.x + 48,
      y: node.y + 23,
      text: cut(node.name, room),
      size: 13,
      bold: true,
      middle: false,
      fill: colour('--g-text'),
    });
    found.push({
      kind: 'text',
      x: node.x + 48,
      y: node.y + 38,
      text: cut(subtitle(node), room * 1.2),
      size: 11,
      bold: false,
      middle: false,
      fill: colour('--g-quiet'),
    });
    if (s !== 'none') {
      found.push({
        kind: 'box',
        x: node.x + node.width - 26,
        y: node.y + 18,
        w: 16,
        h: 16,
        r: 8,
        stroke: 'none',
        fill: colour(STROKE[s]),
        dash: false,
      });
      line(MARKS[s], colour('--g-card'), 1.8, false, node.x + node.width - 26, node.y + 18);
    }
  }
  return found;
}

const cut = (text: string, room: number): string =>
  text.length > room ? `${text.slice(0, Math.max(1, Math.floor(room) - 1))}…` : text;

/** The colours that the page has now. */
export function pagePalette(): Palette {
  const style = getComputedStyle(document.body);
  return { colour: (name) => (name === 'none' ? name : style.getPropertyValue(name).trim()) };
}

const SIGNS: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
/** XML has no signs for most control characters, not even written as references. */
const escape = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[<>&"]/g, (sign) => SIGNS[sign]!);

/** A graph as an SVG file that needs nothing else. */
export function graphSvg(layout: Layout, view: View | undefined, palette: Palette): string {
  const [w, h] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const parts = shapes(layout, view, palette).map((s) => {
    switch (s.kind) {
      case 'path': {
        const turn = s.turn ? ` rotate(${s.turn})` : '';
        return `<path transform="translate(${s.x} ${s.y})${turn} scale(${s.scale})" d="${s.d}" fill="${s.fill ?? 'none'}" stroke="${s.stroke ?? 'none'}" stroke-width="${s.width}" stroke-linecap="round" stroke-linejoin="round"${s.dash ? ' stroke-dasharray="5 4"' : ''}/>`;
      }
      case 'box':
        return `<rect x="${s.x}" y="${s.y}" width="${s.w}" height="${s.h}" rx="${s.r}" fill="${s.fill}" stroke="${s.stroke}" stroke-width="1.5"${s.dash ? ' stroke-dasharray="5 4"' : ''}/>`;
      case 'text':
        return `<text x="${s.x}" y="${s.y}" font-size="${s.size}" fill="${s.fill}"${s.bold ? ' font-weight="700"' : ''}${s.middle ? ' text-anchor="middle"' : ''}>${escape(s.text)}</text>`;
    }
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${-MARGIN} ${-MARGIN} ${w} ${h}" font-family="${escape(FONT)}"><rect x="${-MARGIN}" y="${-MARGIN}" width="${w}" height="${h}" fill="${palette.colour('--g-bg')}"/>${parts.join('')}</svg>\n`;
}

/** Browsers draw no larger pictures. Units: pixels. */
const SIDE_MAX = 16_000;
const AREA_MAX = 120_000_000;

/**
 * A graph as a PNG file. It is drawn shape by shape: the page's policy lets no image come from the
 * memory, so an SVG can't be drawn as one.
 */
export async function graphPng(
  layout: Layout,
  view: View | undefined,
  palette: Palette,
): Promise<Blob> {
  const [w, h] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const scale = Math.min(2, SIDE_MAX / w, SIDE_MAX / h, Math.sqrt(AREA_MAX / (w * h)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(w * scale);
  canvas.height = Math.ceil(h * scale);
  const c = canvas.getContext('2d')!;
  c.fillStyle = palette.colour('--g-bg');
  c.fillRect(0, 0, canvas.width, canvas.height);
  c.scale(scale, scale);
  c.translate(MARGIN, MARGIN);
  c.lineCap = 'round';
  c.lineJoin = 'round';
  for (const s of shapes(layout, view, palette)) {
    c.save();
    if (s.kind === 'text') {
      c.font = `${s.bold ? '700 ' : ''}${s.size}px ${FONT}`;
      c.textAlign = s.middle ? 'center' : 'left';
      c.fillStyle = s.fill;
      c.fillText(s.text, s.x, s.y);
    } else {
      const shape = new Path2D(s.kind === 'path' ? s.d : undefined);
      if (s.kind === 'path') {
        c.translate(s.x, s.y);
        c.rotate((s.turn * Math.PI) / 180);
        c.scale(s.scale, s.scale);
        c.lineWidth = s.width;
      } else {
        shape.roundRect(s.x, s.y, s.w, s.h, s.r);
        c.lineWidth = 1.5;
      }
      if (s.dash) {
        c.setLineDash([5, 4]);
      }
      if (s.fill && s.fill !== 'none') {
        c.fillStyle = s.fill;
        c.fill(shape);
      }
      if (s.stroke && s.stroke !== 'none') {
        c.strokeStyle = s.stroke;
        c.stroke(shape);
      }
    }
    c.restore();
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) =>
      blob ? resolve(blob) : reject(new Error('The picture is too large.')),
    ),
  );
}

/** Lets the browser save something as a file. */
export function save(name: string, content: string | Blob, type = 'text/plain'): void {
  const url = URL.createObjectURL(
    typeof content === 'string' ? new Blob([content], { type }) : content,
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[^\w.-]+/g, '_').slice(0, 120);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
