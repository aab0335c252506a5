import { useId, useRef, type ReactNode } from 'react';

interface Props {
  label: string;
  tabs: readonly { id: string; label: string }[];
  active: string;
  onChange: (id: string) => void;
  className?: string;
  children: ReactNode;
}

/** Tabs over what belongs to the active one; arrows go from tab to tab. */
export function Tabs({ label, tabs, active, onChange, className, children }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const keys = (e: React.KeyboardEvent) => {
    const at = tabs.findIndex((t) => t.id === active);
    const to = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[e.key];
    if (to !== undefined) {
      e.preventDefault();
      onChange(tabs[to]!.id);
      list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
    }
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={keys}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}${tab.id}`}
            aria-controls={`${id}panel`}
            aria-selected={tab.id === active}
            tabIndex={tab.id === active ? 0 : -1}
            onClick={() => onChange(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        tabIndex={0}
        id={`${id}panel`}
        aria-labelledby={`${id}${active}`}
        className={className}
      >
        {children}
      </div>
    </>
  );
}
