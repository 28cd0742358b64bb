import type { Logger } from 'typeorm';

/** Counts the statements a database is sent, so that tests can promise how many an operation takes. */
export class StatementCounter implements Logger {
  private readonly listeners = new Set<(text: string) => void>();
  total = 0;

  count(text: string): void {
    this.total += 1;
    for (const listener of this.listeners) listener(text);
  }

  /** Calls back for every statement until the returned function is called. */
  listen(listener: (text: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  logQuery(query: string): void {
    this.count(query);
  }

  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
