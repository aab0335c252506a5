import { useEffect, useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { eventDetails, type HistoryEvent, type Run } from '@stepwise/graph';
import Input from '@cloudscape-design/components/input';
import { duration, time } from '../format.ts';
import { jsonProblem } from '../json/problem.ts';
import { Json } from './Json.tsx';

interface Props {
  events: readonly HistoryEvent[];
  run: Run;
  /** The step whose events are marked. */
  selected: number | undefined;
  open: number | undefined;
  onOpen: (event: HistoryEvent | undefined) => void;
}

const ROW = 30;

// Where there is none of them, as in Safari, it is done at once.
const whenIdle: typeof requestIdleCallback =
  globalThis.requestIdleCallback ??
  ((call) => setTimeout(() => call({ didTimeout: false, timeRemaining: () => 2 }), 50));
const neverMind = globalThis.cancelIdleCallback ?? clearTimeout;

/** All events of an execution; only those in sight are drawn. */
export function EventTable({ events, run, selected, open, onOpen }: Props) {
  const [search, setSearch] = useState('');
  const texts = useRef(new Map<number, string>());
  const start = events[0]?.timestamp ?? 0;
  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) {
      return events;
    }
    return events.filter((event) => {
      const text = textOf(event, run, texts.current);
      return words.every((word) => text.includes(word));
    });
  }, [events, search, run]);
  useEffect(() => {
    // What will be searched is put into words while nothing else is to be done.
    let at = 0;
    let idle = whenIdle(function some(deadline) {
      while (at < events.length && deadline.timeRemaining() > 1) {
        textOf(events[at++]!, run, texts.current);
      }
      if (at < events.length) {
        idle = whenIdle(some);
      }
    });
    return () => neverMind(idle);
  }, [events, run]);
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: found.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    getItemKey: (i) => found[i]!.id,
    overscan: 12,
    scrollPaddingStart: ROW,
    scrollMargin: ROW,
  });
  useEffect(() => {
    const target = open ?? run.byId.get(selected ?? -1)?.id;
    const index = target === undefined ? -1 : found.findIndex((e) => e.id === target);
    if (index >= 0) {
      rows.scrollToIndex(index, { align: 'auto' });
    }
    // Once for each selection, not for each event that comes.
  }, [selected]);
  const keys = (e: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const row = (e.target as Element).closest('[data-index]');
    if (step !== undefined && row) {
      e.preventDefault();
      const index = Number(row.getAttribute('data-index')) + step;
      if (index >= 0 && index < found.length) {
        rows.scrollToIndex(index, { align: 'auto' });
        requestAnimationFrame(() =>
          box.current?.querySelector<HTMLElement>(`[data-index="${index}"] > .event-row`)?.focus(),
        );
      }
    }
  };
  return (
    <div className="events">
      <div className="events-filter">
        <Input
          type="search"
          value={search}
          placeholder="Find events by type, step or content"
          ariaLabel="Find events"
          onChange={({ detail }) => setSearch(detail.value)}
        />
        <span className="quiet" aria-live="polite">
          {search ? `${found.length} of ${events.length}` : `${events.length}`} events
        </span>
      </div>
      <div className="events-box" ref={box} onKeyDown={keys}>
        <div className="event-row event-head" aria-hidden="true">
          <span>ID</span>
          <span>Type</span>
          <span>Step</span>
          <span className="number">After</span>
          <span className="number">Time</span>
        </div>
        <div className="events-all" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const event = found[row.index]!;
            const step = run.stepOfEvent.get(event.id);
            const isOpen = event.id === open;
            return (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className="event"
                style={{ transform: `translateY(${row.start - ROW}px)` }}
              >
                <button
                  type="button"
                  className={`event-row ${tone(event.type)}${step && step.id === selected ? ' marked' : ''}`}
                  aria-expanded={isOpen}
                  onClick={() => onOpen(isOpen ? undefined : event)}
                >
                  <span>{event.id}</span>
                  <span className="event-type">{event.type}</span>
                  <span className="cut">{step?.name ?? '–'}</span>
                  <span className="number">{duration(event.timestamp - start)}</span>
                  <span className="number">{time(event.timestamp)}</span>
                </button>
                {isOpen && (
                  <div className="event-details">
                    <Json
                      label={`Event ${event.id}, caused by ${event.previousEventId ?? 0}`}
                      text={opened(event)}
                    />
                  </div>
                )}
              </div>
            );
          })}
        </div>
        {found.length === 0 && <p className="quiet centred">No event has these words.</p>}
      </div>
    </div>
  );
}

/** What an event is found by, in small letters. */
function textOf(event: HistoryEvent, run: Run, known: Map<number, string>): string {
  let text = known.get(event.id);
  if (text === undefined) {
    const step = run.stepOfEvent.get(event.id)?.name ?? '';
    text = `${event.id} ${step} ${JSON.stringify(event)}`.toLowerCase();
    known.set(event.id, text);
  }
  return text;
}

const TEXTS = new Set(['input', 'output', 'parameters', 'cause']);

/** The details with the JSON texts in them as what they say, each number as it is. */
function opened(event: HistoryEvent): string {
  const parts = Object.entries(eventDetails(event) ?? {}).map(([key, value]) => {
    const isJson = TEXTS.has(key) && typeof value === 'string' && /^\s*[[{]/.test(value);
    const text = isJson && jsonProblem(value) === undefined ? value : JSON.stringify(value);
    return `${JSON.stringify(key)}:${text}`;
  });
  return `{${parts.join(',')}}`;
}

function tone(type: string): string {
  if (/(Failed|TimedOut)$/.test(type)) {
    return 'failed';
  }
  if (/Aborted$/.test(type)) {
    return 'aborted';
  }
  return /Succeeded$/.test(type) ? 'succeeded' : '';
}
