import Modal from '@cloudscape-design/components/modal';

const KEYS: [keys: string, does: string][] = [
  ['Ctrl K or ⌘ K', 'commands, pages, state machines, ARNs'],
  ['/', 'goes to the search of the page'],
  ['?', 'shows this'],
  ['g then m, o, a, t', 'goes to state machines, monitoring, activities, test state'],
  ['1 2 3 4', 'on an execution: graph, timeline, table, events'],
  ['Tab, Enter', 'goes from state to state on a graph, selects one'],
  ['↑ ↓', 'goes from row to row in events and tables'],
  ['+ − 0', 'on a graph: zooms in, out, shows all'],
  ['Esc', 'closes a dialog; on an execution lets the state go'],
  ['Ctrl Space, Ctrl F', 'in the editor: suggests, finds'],
  ['Esc then Tab', 'leaves the editor'],
];

/** What the keys do. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  return (
    <Modal visible onDismiss={onClose} closeAriaLabel="Close" header="Keys">
      <dl className="details-list">
        {KEYS.map(([keys, does]) => (
          <div key={keys} className="contents">
            <dt>{keys}</dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
