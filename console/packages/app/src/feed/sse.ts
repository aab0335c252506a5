/** A message of an event stream. */
export interface Message {
  id: string | undefined;
  event: string;
  data: string;
}

/** Takes an event stream apart as it comes. Source: WHATWG HTML, Server-sent events. */
export class StreamReader {
  private rest = '';
  private event = '';
  private data: string[] = [];
  private id: string | undefined;
  private last: string | undefined;

  /** The last id that came, with a message or without one. */
  get lastId(): string | undefined {
    return this.last;
  }

  /** The messages that a piece completes; ids stay until there is another. */
  push(piece: string): Message[] {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop()!;
    return lines.flatMap((line) => this.take(line) ?? []);
  }

  private take(line: string): Message | undefined {
    if (line === '') {
      this.last = this.id;
      const message: Message | undefined = this.data.length
        ? { id: this.id, event: this.event || 'message', data: this.data.join('\n') }
        : undefined;
      this.event = '';
      this.data = [];
      return message;
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? [];
    if (field === 'data') {
      this.data.push(value);
    } else if (field === 'event') {
      this.event = value;
    } else if (field === 'id' && !value.includes('\0')) {
      this.id = value;
    }
    return undefined;
  }
}
