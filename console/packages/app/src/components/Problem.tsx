import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { ApiError } from '../api/client.ts';

/** What went wrong, in the server's words, and a way to try again. */
export function Problem({ error, retry }: { error: Error; retry?: () => void }) {
  return (
    <Alert
      type="error"
      header={error instanceof ApiError ? error.code : 'No answer'}
      {...(retry ? { action: <Button onClick={retry}>Try again</Button> } : {})}
    >
      {error.message}
      {error instanceof ApiError && error.requestId ? (
        <div className="quiet">Request {error.requestId}</div>
      ) : null}
    </Alert>
  );
}
