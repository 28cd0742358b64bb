import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A dated step forward of a schema. There is no way back: a mistake is mended by the next migration, because a `down` that
 * drops a column loses what people wrote.
 */
export function migration(date: string, name: string, ...statements: readonly string[]): new () => MigrationInterface {
  const at = new Date(date).getTime();
  if (Number.isNaN(at)) throw new Error(`Migration ${name} has no valid date: "${date}".`);
  return class implements MigrationInterface {
    readonly name = `${name}${at}`;

    async up(runner: QueryRunner): Promise<void> {
      for (const text of statements) await runner.query(text);
    }

    async down(): Promise<void> {
      throw new Error(`${name} cannot be taken back; write a new migration that moves forward.`);
    }
  };
}
