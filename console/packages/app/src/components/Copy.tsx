import { useState } from 'react';

/** A button that copies a text. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    if (await write(text)) {
      setDone(true);
      setTimeout(() => setDone(false), 1_500);
    }
  };
  return (
    <button type="button" className="plain" aria-label={`Copy ${what}`} onClick={() => void copy()}>
      {done ? 'Copied' : 'Copy'}
    </button>
  );
}

/** Pages that come neither over TLS nor from this machine have no clipboard but the old one. */
export async function write(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
