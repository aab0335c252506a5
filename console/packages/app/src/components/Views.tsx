import { lazy, Suspense, useState } from 'react';
import { Menu } from './Menu.tsx';
import { views } from '../views.ts';

const ViewDialog = lazy(() => import('./ViewDialog.tsx'));

/** Filters under names: chosen here, saved, forgotten. */
export function Views({
  query,
  onChoose,
}: {
  /** The filters that are set, as the address holds them; empty where there are none. */
  query: string;
  onChoose: (query: string) => void;
}) {
  const [known, setKnown] = useState(views);
  const [dialog, setDialog] = useState<'save' | 'forget'>();
  const current = known.find((view) => view.query === query);
  return (
    <>
      <Menu
        label={current ? `View: ${current.name}` : 'Views'}
        items={[
          ...known.map((view) => ({
            id: view.name,
            text: view.name,
            act: () => onChoose(view.query),
          })),
          {
            id: '\nsave',
            text: 'Save these filters …',
            disabled: query === '',
            act: () => setDialog('save'),
          },
          {
            id: '\nforget',
            text: 'Forget a view …',
            disabled: known.length === 0,
            act: () => setDialog('forget'),
          },
        ]}
      />
      {dialog && (
        <Suspense>
          <ViewDialog
            kind={dialog}
            query={query}
            known={known}
            onChange={setKnown}
            onClose={() => setDialog(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
