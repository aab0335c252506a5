import { keep, kept } from './kept.ts';

const look = (timeZone: string | undefined) =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
const [LOCAL, UTC] = [look(undefined), look('UTC')];
const KEY = 'stepwise.utc';

let isUtc = kept(KEY, []).length > 0;
const listeners = new Set<() => void>();

/** Which times are shown: those of this place, or UTC. */
export const timeZone = {
  isUtc: () => isUtc,
  toggle: () => {
    isUtc = !isUtc;
    keep(KEY, isUtc ? ['yes'] : []);
    listeners.forEach((changed) => changed());
  },
  onChange: (changed: () => void) => {
    listeners.add(changed);
    return () => void listeners.delete(changed);
  },
};

/** Date and time with milliseconds. Units: seconds since 1970. */
export function time(seconds: number): string {
  const millis = Math.round(seconds * 1_000);
  const text = (isUtc ? UTC : LOCAL).format(millis);
  return `${text}.${String(millis % 1_000).padStart(3, '0')}${isUtc ? 'Z' : ''}`;
}

/** A length of time in two units. Units: seconds. */
export function duration(seconds: number): string {
  const millis = Math.max(0, Math.round(seconds * 1_000));
  if (millis < 1_000) {
    return `${millis} ms`;
  }
  if (millis < 60_000) {
    return `${(millis / 1_000).toFixed(millis < 10_000 ? 2 : 1)} s`;
  }
  const minutes = Math.floor(millis / 60_000);
  if (minutes < 60) {
    return `${minutes} min ${Math.floor((millis % 60_000) / 1_000)} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? `${hours} h ${minutes % 60} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A length of time that was measured; a dash where none was. Units: milliseconds. */
export const took = (millis: number | null): string =>
  millis === null ? '–' : duration(millis / 1_000);

/** The last part of an ARN. */
export const arnName = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
