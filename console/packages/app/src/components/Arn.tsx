import { Copy } from './Copy.tsx';

/** A resource's name, cut where there is no room, with a button that copies it. */
export function Arn({ arn }: { arn: string }) {
  return (
    <span className="arn">
      <span className="arn-text" title={arn}>
        {arn}
      </span>
      <Copy text={arn} what="the ARN" />
    </span>
  );
}
