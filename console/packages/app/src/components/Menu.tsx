import { useEffect, useRef, useState } from 'react';

export interface MenuItem {
  id: string;
  text: string;
  disabled?: boolean;
  act: () => void | Promise<void>;
}

const SAID_MILLIS = 3_000;

/** A button that opens a list of things to do; Escape closes it, arrows go through it. */
export function Menu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const [said, setSaid] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) {
      // From when it is said, however long that took, and however short before something else was.
      const timer = setTimeout(() => setSaid(''), SAID_MILLIS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [said]);
  useEffect(() => {
    if (!isOpen) {
      return;
    }
    box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = (e: Event) => !box.current?.contains(e.target as Node) && setIsOpen(false);
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [isOpen]);
  const keys = (e: React.KeyboardEvent) => {
    const all = [...box.current!.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (e.key === 'Escape' && isOpen) {
      e.stopPropagation();
      setIsOpen(false);
      box.current!.querySelector<HTMLElement>('button')?.focus();
    } else if (step && isOpen) {
      e.preventDefault();
      all[(at + step + all.length) % all.length]?.focus();
    }
  };
  return (
    <div className="menu" ref={box} onKeyDown={keys}>
      <button
        type="button"
        className="menu-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {said || label} <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <div className="menu-list" role="menu" aria-label={label}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              role="menuitem"
              disabled={item.disabled}
              onClick={() => {
                setIsOpen(false);
                Promise.resolve(item.act()).then(
                  () => item.text.startsWith('Copy') && setSaid('Copied'),
                  (e: Error) => setSaid(e.message),
                );
              }}
            >
              {item.text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
