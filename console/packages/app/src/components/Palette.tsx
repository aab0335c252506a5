import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { pages } from '../api/client.ts';
import type { Machine } from '../api/types.ts';
import { pageCommands, type Command } from '../commands.ts';
import { BLUEPRINTS } from '../editor/blueprints.ts';
import { arnName } from '../format.ts';
import { navigate, paths } from '../router.ts';

interface Entry extends Command {
  group: string;
}

const SHOWN_MAX = 60;

/** Goes anywhere and does anything by its name. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const [machines, setMachines] = useState<Machine[]>([]);
  const [own] = useState(pageCommands);
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
    const gone = new AbortController();
    pages<Machine>(
      'ListStateMachines',
      { maxResults: 1_000 },
      (page) => page['stateMachines']!,
      gone.signal,
    ).then(setMachines, () => undefined);
    return () => gone.abort();
  }, []);
  const entries = useMemo(() => {
    const go = (group: string, text: string, to: string): Entry => ({
      group,
      text,
      act: () => navigate(to),
    });
    return [
      ...own.map((c): Entry => ({ ...c, group: 'This page' })),
      go('Go to', 'State machines', paths.machines()),
      go('Go to', 'Monitoring', paths.monitoring()),
      go('Go to', 'Activities and approvals', paths.activities()),
      go('Go to', 'Test a state', paths.testState()),
      go('Create', 'Create a state machine', paths.create()),
      ...BLUEPRINTS.map((b) =>
        go('Create', `Create from blueprint: ${b.name}`, paths.create({ blueprint: b.id })),
      ),
      ...machines.flatMap((m) => [
        go('State machine', m.name, paths.machine(m.stateMachineArn)),
        go('Start', `Start ${m.name}`, `${paths.machine(m.stateMachineArn)}?start=yes`),
        go('Edit', `Edit ${m.name}`, paths.edit(m.stateMachineArn)),
      ]),
    ];
  }, [own, machines]);
  const found = useMemo(() => {
    const text = words.trim();
    const byArn = arnEntry(text);
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = entries.filter((e) =>
      wanted.every((word) => `${e.group} ${e.text}`.toLowerCase().includes(word)),
    );
    return [...(byArn ? [byArn] : []), ...fitting].slice(0, SHOWN_MAX);
  }, [entries, words]);
  const current = Math.min(at, found.length - 1);
  useEffect(() => {
    document.getElementById(`${id}${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const choose = (entry: Entry | undefined) => {
    if (entry) {
      onClose();
      void entry.act();
    }
  };
  return (
    <dialog
      className="palette"
      ref={box}
      aria-label="Commands"
      onClose={onClose}
      onClick={(e) => e.target === box.current && onClose()}
    >
      <input
        role="combobox"
        autoFocus
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={current >= 0 ? `${id}${current}` : undefined}
        aria-label="Find a command, a page, a state machine or an ARN"
        placeholder="A command, a page, a state machine, an ARN"
        spellCheck={false}
        value={words}
        onChange={(e) => {
          setWords(e.target.value);
          setAt(0);
        }}
        onKeyDown={(e) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
          if (step && found.length) {
            e.preventDefault();
            setAt((current + step + found.length) % found.length);
          } else if (e.key === 'Enter') {
            e.preventDefault();
            choose(found[current]);
          }
        }}
      />
      <div role="listbox" id={`${id}list`} aria-label="What was found">
        {found.map((entry, i) => (
          <div
            key={`${entry.group} ${entry.text} ${i}`}
            id={`${id}${i}`}
            role="option"
            aria-selected={i === current}
            onPointerMove={() => setAt(i)}
            onClick={() => choose(entry)}
          >
            <span>{entry.text}</span>
            <span className="quiet">{entry.group}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="quiet">Nothing is called so.</p>}
    </dialog>
  );
}

/** An ARN leads to the page of what it names. */
function arnEntry(text: string): Entry | undefined {
  const kind = /^arn:[^:]*:states:[^:]*:[^:]*:(stateMachine|execution|activity|mapRun):./.exec(
    text,
  )?.[1];
  const to = {
    stateMachine: paths.machine,
    execution: paths.execution,
    activity: paths.activity,
    mapRun: paths.mapRun,
  }[kind ?? ''];
  return to && { group: 'Open', text: `Open ${arnName(text)}`, act: () => navigate(to(text)) };
}
